// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/identity/identity.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::ops {

/// Stops a program that needs data before a database that has none, unless that is allowed.
/// shape:  a warning to print, empty where there is data
/// errors: S420 no runs and no phases
inline std::string guard_against_empty(const database_identity& identity, std::string_view program, bool allowed) {
    if (!identity.is_empty()) return {};
    if (!allowed) {
        throw error({.code = "S420",
                     .what_happened = std::string(program) + ": the database is empty: 0 runs, 0 phases",
                     .database = identity.file.empty() ? identity.url : identity.file,
                     .advice = "check DATABASE_URL: a relative path begins at the current directory; "
                               "seed it with create_telemetry_run, or give --allow-empty-db if an empty one is meant"});
    }
    return "WARNING: the database is empty: 0 runs, 0 phases\n"
           "  DATABASE_URL may name another file than you think, or the file was just made.\n"
           "  Proceeding, because --allow-empty-db was given.\n\n";
}

} // namespace autopack_schema::ops
