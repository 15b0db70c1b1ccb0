// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/sqlite/detail/runner.hpp>
#include <autopack_schema/migrate/sqlite/detail/way_back.hpp>
#include <autopack_schema/migrate/sqlite/downgrade.hpp>
#include <autopack_schema/model/items.hpp>

#include <vector>

namespace autopack_schema::migrate::sqlite {

AUTOPACK_SCHEMA_FUNCTION run_result downgrade(connection& database, model::items<migration_view> chain, const model::schema& to,
                            const run_options& options) {
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
