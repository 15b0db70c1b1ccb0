// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema/migrate/sqlite/baseline.hpp>
#include <autopack_schema/migrate/sqlite/chain.hpp>
#include <autopack_schema/migrate/sqlite/detail/applied.hpp>
#include <autopack_schema/migrate/sqlite/detail/utc_time.hpp>
#include <autopack_schema/migrate/sqlite/gather.hpp>
#include <autopack_schema/migrate/sqlite/history.hpp>
#include <autopack_schema/migrate/sqlite/make_plan.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/version.hpp>

#include <string>

namespace autopack_schema::migrate::sqlite {

AUTOPACK_SCHEMA_FUNCTION void baseline(connection& database, model::items<migration_view> chain) {
    if (chain.empty()) return;
    autopack_schema::sqlite::transaction lock(database);
    const model::snapshot live = inspect(database);
    const facts known = gather(database, live.view(), {});
    const planned made = make_plan(live.view(), chain.back().to, known);
    if (!made.plan.empty()) {
        const step& first = made.plan.steps.front();
        throw error({.code = "S399",
                     .what_happened = "the database is not at " + std::string(chain.back().name) + ": " +
                                      std::string(name_of(first.kind)) + " " + first.table + " " + first.object +
                                      " is missing",
                     .database = database.name(),
                     .advice = "migrate it, or name the migration that it is at"});
    }
    const std::vector<history_entry> history = read_history(database);
    for (const migration_view& m : chain) {
        if (detail::is_applied(history, m.name)) continue;
        const std::string now = detail::utc_time();
        add_history(database, {.name = std::string(m.name),
                               .version = std::string(m.to.version),
                               .checksum = checksum(m),
                               .fingerprint = known.fingerprint,
                               .started_at = now,
                               .finished_at = now,
                               .tool = "autopack_schema " AUTOPACK_SCHEMA_VERSION,
                               .outcome = "baseline"});
    }
    lock.commit();
}

} // namespace autopack_schema::migrate::sqlite
