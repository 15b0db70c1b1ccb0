// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/migrate/run_options.hpp>
#include <autopack_schema/migrate/sqlite/detail/runner.hpp>
#include <autopack_schema/migrate/sqlite/detail/way_back.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>

#include <span>
#include <vector>

namespace autopack_schema::migrate::sqlite {

/// Takes a database back to an older version: undoes the migrations in between one after the other, the last one first, in one
/// transaction, each with a line in the history; with the same checks, backup and verification as `run`.
/// shape:  where the database is, its history says, else its schema. What the definitions do not know stays. A value in a column
///         that goes is lost only where migrating up again gives it back, else it must be allowed by name. A second call has
///         nothing to do.
/// errors: `refused` with S400 a step has no undo, S401 values or rows would be lost, and those of `run`; S402 no such version;
///         S405 the database is not where its history says; S404 a step in C++ failed
inline run_result downgrade(connection& database, std::span<const migration_view> chain, const model::schema& to,
                            const run_options& options = {}) {
    const detail::way_back back(database, chain, to, options.rules);
    const auto stages = [&](const model::schema& live, const std::vector<history_entry>& history) {
        return back.stages(live, history);
    };
    detail::runner all(database, stages, chain, options);
    run_result result = all.run();
    if (!all.must_go_on()) return result;
    throw error({.code = "S405",
                 .what_happened = "a migration in batches was begun and is not done",
                 .database = database.name(),
                 .advice = "nothing was changed; finish it first"});
}

} // namespace autopack_schema::migrate::sqlite
