// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/url.hpp>
#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/migrate/run_options.hpp>
#include <autopack_schema/migrate/sqlite/detail/batch_runner.hpp>
#include <autopack_schema/migrate/sqlite/detail/runner.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::migrate::sqlite {

namespace detail {

/// Fills columns in batches, then does the rest in one transaction.
inline run_result run_in_batches(connection& database, const stage_finder& stages,
                                 std::span<const migration_view> chain, const run_options& options) {
    const std::vector<batch> batches = batch_runner(database, stages, options).run();
    run_options rest = options;
    if (!batches.empty()) rest.backup = backup_policy::none; // it was made before the first batch
    run_result result = runner(database, stages, chain, rest, true).run();
    if (!batches.empty()) result.backup = batches.front().backup;
    return result;
}

} // namespace detail

/// Brings a database to a schema: plan, lock, plan again, ask the rows, backup, apply, verify, record, commit.
/// shape:  all or nothing in one transaction; the connection's settings are as before afterwards. Where there is nothing
///         to do nothing is written. A second run has nothing to do. `chain`: the migrations that lead to the target,
///         oldest first; the database may be at any of their versions or between them. With `batch_rows` columns are
///         filled in transactions of so many rows before the rest is done in one; what was begun so is gone on with.
/// errors: `refused` with all that stands in the way (S370 to S378, S380, S392); S379 the connection cannot be used;
///         S209 another program is writing; S383 to S385 the result is not what was wanted; S386, S387, S396; S404 a step in
///         C++ failed; S406, S407 batches
inline run_result run(connection& database, const model::schema& target, std::span<const migration_view> chain = {},
                      const run_options& options = {}) {
    const auto stages = [&](const model::schema& live, const std::vector<history_entry>& history) {
        return detail::stages_up(target, chain, live, history);
    };
    if (options.batch_rows > 0 && !options.dry_run) return detail::run_in_batches(database, stages, chain, options);
    detail::runner all(database, stages, chain, options);
    run_result result = all.run();
    return all.must_go_on() ? detail::run_in_batches(database, stages, chain, options) : result;
}

/// The same on a connection of its own.
inline run_result run(const db::url& where, const model::schema& target, std::span<const migration_view> chain = {},
                      const run_options& options = {}) {
    auto database = connection::open(where, {.mode = autopack_schema::sqlite::open_mode::read_write});
    return run(database, target, chain, options);
}

} // namespace autopack_schema::migrate::sqlite
