// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/sqlite/detail/values.hpp>
#include <autopack_schema/migrate/sqlite/fingerprint.hpp>
#include <autopack_schema/migrate/sqlite/history.hpp>

#include <string_view>

namespace autopack_schema::migrate::sqlite {

AUTOPACK_SCHEMA_FUNCTION bool has_history(connection& database) { return detail::has_table(database, history_table); }

AUTOPACK_SCHEMA_FUNCTION std::vector<history_entry> read_history(connection& database) {
    std::vector<history_entry> entries;
    if (!has_history(database)) return entries;
    auto rows = database.prepare(
        "SELECT id, name, version, checksum, plan, fingerprint, started_at, finished_at, \"rows\", tool, outcome "
        "FROM main." +
        detail::quote_identifier(history_table) + " ORDER BY id");
    while (rows.step()) {
        const auto text = [&rows](int column) { return std::string(rows.column_text(column)); };
        entries.push_back({rows.column_int64(0), text(1), text(2), text(3), text(4), text(5), text(6), text(7),
                           rows.column_int64(8), text(9), text(10)});
    }
    return entries;
}

AUTOPACK_SCHEMA_FUNCTION void add_history(connection& database, const history_entry& e) {
    if (!has_history(database)) {
        database.execute("CREATE TABLE main." + detail::quote_identifier(history_table) +
                         " (id INTEGER PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, checksum TEXT NOT NULL, "
                         "plan TEXT NOT NULL, "
                         "fingerprint TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT NOT NULL, \"rows\" "
                         "INTEGER NOT NULL, "
                         "tool TEXT NOT NULL, outcome TEXT NOT NULL)");
    }
    database.execute(
        "INSERT INTO main." + detail::quote_identifier(history_table) +
            " (name, version, checksum, plan, fingerprint, started_at, finished_at, \"rows\", tool, outcome) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        e.name, e.version, e.checksum, e.plan, e.fingerprint, e.started_at, e.finished_at, e.rows, e.tool, e.outcome);
}

} // namespace autopack_schema::migrate::sqlite
