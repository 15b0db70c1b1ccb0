// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/sqlite/detail/batch_runner.hpp>
#include <autopack_schema/migrate/sqlite/detail/runner.hpp>
#include <autopack_schema/migrate/sqlite/run.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/vector.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::migrate::sqlite {

namespace detail {

/// Fills columns in batches, then does the rest in one transaction.
inline run_result run_in_batches(connection& database, const stage_finder& stages,
                                 model::items<migration_view> chain, const run_options& options) {
    const model::vector<batch> batches = batch_runner(database, stages, options).run();
    run_options rest = options;
    if (!batches.empty()) rest.backup = backup_policy::none; // it was made before the first batch
    run_result result = runner(database, stages, chain, rest, true).run();
    if (!batches.empty()) result.backup = batches.front().backup;
    return result;
}

} // namespace detail

AUTOPACK_SCHEMA_FUNCTION run_result run(connection& database, const model::schema& target, model::items<migration_view> chain,
                      const run_options& options) {
    const auto stages = [&](const model::schema& live, const std::vector<history_entry>& history) {
        return detail::stages_up(target, chain, live, history);
    };
    if (options.batch_rows > 0 && !options.dry_run) return detail::run_in_batches(database, stages, chain, options);
    detail::runner all(database, stages, chain, options);
    run_result result = all.run();
    return all.must_go_on() ? detail::run_in_batches(database, stages, chain, options) : result;
}

AUTOPACK_SCHEMA_FUNCTION run_result run(const db::url& where, const model::schema& target, model::items<migration_view> chain,
                      const run_options& options) {
    auto database = connection::open(where, {.mode = autopack_schema::sqlite::open_mode::read_write});
    return run(database, target, chain, options);
}

} // namespace autopack_schema::migrate::sqlite
