// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/drift/check.hpp>
#include <autopack_schema/inspect/sqlite.hpp>

namespace autopack_schema::drift {

/// Compares a live database with what the code expects; reads its catalogue in one transaction and evaluates nothing
/// of it. The database may be opened read-only, and should be.
/// errors: those of `inspect`, S300
inline report check(const model::schema& expected, sqlite::connection& live, const options& o = {}) {
    const model::snapshot seen = inspect(live);
    report out = check(expected, seen.view(), o);
    out.database = live.name();
    return out;
}

} // namespace autopack_schema::drift
