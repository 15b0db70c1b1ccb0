// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/build_144/detail/demo_rows.hpp>
#include <autopack_schema/ops/build_144/detail/pre_144_ddl.hpp>

#include <filesystem>

namespace autopack_schema::ops::build_144 {

/// Makes the tables of before BUILD-144 in an empty database and fills them with the 1,543 events of the runbook.
/// shape: the same rows every time; all of it or nothing
inline void fill_demo(sqlite::connection& database) {
    sqlite::transaction all(database);
    database.execute(detail::pre_144_ddl);
    database.execute(detail::demo_rows);
    all.commit();
}

/// Makes a new file with `fill_demo`.
/// errors: S411 the file exists
inline sqlite::connection make_demo(const db::url& where) {
    if (!where.is_memory() && std::filesystem::exists(where.path)) {
        throw error({.code = "S411",
                     .what_happened = "the file exists, and nothing is overwritten",
                     .database = std::filesystem::absolute(where.path).string(),
                     .advice = "name a new file, or remove this one"});
    }
    sqlite::connection made = sqlite::connection::open(where, {.mode = sqlite::open_mode::create});
    fill_demo(made);
    return made;
}

} // namespace autopack_schema::ops::build_144
