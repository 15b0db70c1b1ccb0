// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/sqlite/detail/values.hpp>
#include <autopack_schema/migrate/sqlite/fingerprint.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::migrate::sqlite {

/// One line of the history of a database.
struct history_entry {
    std::int64_t id = 0;
    std::string name{};        ///< of the migration
    std::string version{};     ///< of the schema that it led to
    std::string checksum{};    ///< of the migration as it was defined
    std::string plan{};        ///< checksum of what was done
    std::string fingerprint{}; ///< of the schema after it
    std::string started_at{};  ///< UTC, `2025-12-30 17:28:00`
    std::string finished_at{};
    std::int64_t rows = 0;
    std::string tool{}; ///< which version of this library
    std::string
        outcome{}; ///< "applied", "baseline" or "undone"; of a migration that was undone, `version` is the older one
};

/// Tells whether a database has a history.
inline bool has_history(connection& database) { return detail::has_table(database, history_table); }

/// Reads the history, oldest first; nothing where there is none.
inline std::vector<history_entry> read_history(connection& database) {
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

/// Adds a line; the table is made when it is not there.
/// shape:  inside the transaction of the migration, so that it is there exactly when the migration is
inline void add_history(connection& database, const history_entry& e) {
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
