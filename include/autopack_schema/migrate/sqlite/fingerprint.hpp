// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/detail/sha256.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>
#include <autopack_schema/model/name.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::migrate::sqlite {

/// The table that remembers which migrations were applied.
inline constexpr std::string_view history_table = "autopack_schema_history";

/// The table that remembers how far a migration in batches is; gone when it is done.
inline constexpr std::string_view batch_table = "autopack_schema_batches";

/// Tells whether a table is our own, and part of no schema.
constexpr bool is_own_table(std::string_view name) {
    return model::same_name(name, history_table) || model::same_name(name, batch_table);
}

/// Hashes the schema of a database as it is stored, byte for byte; our own tables and SQLite's do not count.
/// shape: 64 hexadecimal digits, the same for the same stored statements in whatever order they were made
inline std::string fingerprint(connection& database) {
    auto rows = database.prepare(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM main.sqlite_schema "
        "WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND tbl_name COLLATE NOCASE NOT IN (?1, ?2) ORDER BY type, name");
    rows.bind(1, history_table);
    rows.bind(2, batch_table);
    migrate::detail::sha256 hash;
    while (rows.step()) {
        for (int column = 0; column < 4; ++column) hash.add(rows.column_text(column));
    }
    return hash.hex();
}

} // namespace autopack_schema::migrate::sqlite
