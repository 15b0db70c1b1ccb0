// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/header_only.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>

#include <cstdint>
#include <string>
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
AUTOPACK_SCHEMA_FUNCTION bool has_history(connection& database);

/// Reads the history, oldest first; nothing where there is none.
AUTOPACK_SCHEMA_FUNCTION std::vector<history_entry> read_history(connection& database);

/// Adds a line; the table is made when it is not there.
/// shape:  inside the transaction of the migration, so that it is there exactly when the migration is
AUTOPACK_SCHEMA_FUNCTION void add_history(connection& database, const history_entry& e);

} // namespace autopack_schema::migrate::sqlite

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/migrate/sqlite/body/history.hpp>
#endif
