// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/detail/sha256.hpp>
#include <autopack_schema/migrate/sqlite/fingerprint.hpp>

namespace autopack_schema::migrate::sqlite {

AUTOPACK_SCHEMA_FUNCTION std::string fingerprint(connection& database) {
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
