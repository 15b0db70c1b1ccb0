// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/header_only.hpp>

#include <string>
#include <vector>

namespace autopack_schema::sqlite {

/// What SQLite found wrong in a file.
struct integrity_report {
    std::vector<std::string> damage;     ///< pages, indexes, freelist: the file itself is broken
    std::vector<std::string> violations; ///< rows that break NOT NULL or the type of a STRICT table: data, not damage
    bool is_sound() const { return damage.empty(); }
};

/// Runs PRAGMA integrity_check. CHECK constraints are left out: they are about values, and no expression of a
/// foreign file is evaluated. A file that is too damaged to be checked is reported as damaged.
/// errors: S209, S212
AUTOPACK_SCHEMA_FUNCTION integrity_report check_integrity(connection& where);

} // namespace autopack_schema::sqlite

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/db/sqlite/body/integrity.hpp>
#endif
