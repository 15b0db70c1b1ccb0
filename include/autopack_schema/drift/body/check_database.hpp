// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/drift/check_database.hpp>
#include <autopack_schema/inspect/sqlite.hpp>

namespace autopack_schema::drift {

AUTOPACK_SCHEMA_FUNCTION report check(const model::schema& expected, sqlite::connection& live, const options& o) {
    const model::snapshot seen = inspect(live);
    report out = check(expected, seen.view(), o);
    out.database = live.name();
    return out;
}

} // namespace autopack_schema::drift
