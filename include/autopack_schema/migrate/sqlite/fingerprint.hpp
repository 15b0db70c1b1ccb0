// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/detail/sha256.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::migrate::sqlite {

/// The table that remembers which migrations were applied.
inline constexpr std::string_view history_table = "autopack_schema_history";

/// Hashes the schema of a database as it is stored, byte for byte; the history table and SQLite's own tables do not count.
/// shape: 64 hexadecimal digits, the same for the same stored statements in whatever order they were made
inline std::string fingerprint(connection& database) {
    auto rows = database.prepare(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM main.sqlite_schema "
        "WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND tbl_name <> ?1 COLLATE NOCASE ORDER BY type, name");
    rows.bind(1, history_table);
    migrate::detail::sha256 hash;
    while (rows.step()) {
        for (int column = 0; column < 4; ++column) hash.add(rows.column_text(column));
    }
    return hash.hex();
}

} // namespace autopack_schema::migrate::sqlite
