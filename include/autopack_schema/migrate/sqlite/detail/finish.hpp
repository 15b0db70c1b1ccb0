// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/plan.hpp>
#include <autopack_schema/migrate/plan_text.hpp>
#include <autopack_schema/migrate/run_options.hpp>
#include <autopack_schema/migrate/sqlite/chain.hpp>
#include <autopack_schema/migrate/sqlite/detail/applied.hpp>
#include <autopack_schema/migrate/sqlite/detail/utc_time.hpp>
#include <autopack_schema/migrate/sqlite/history.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/version.hpp>

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// Refuses a plan that was made for another schema or by other definitions.
/// errors: S382
inline void require_same_plan(const plan& given, const plan& made, const connection& database) {
    const auto refuse = [&](std::string what) {
        throw error({.code = "S382",
                     .what_happened = std::move(what),
                     .database = database.name(),
                     .advice = "nothing was changed; make the plan anew"});
    };
    if (given.fingerprint != made.fingerprint) refuse("the schema has changed since the plan was made");
    bool same = given.steps.size() == made.steps.size();
    for (std::size_t i = 0; same && i < made.steps.size(); ++i)
        same = given.steps[i].statements == made.steps[i].statements;
    if (!same) refuse("the plan is not what these definitions, rules and this SQLite version lead to");
}

/// A line of the history, but for whose it is.
inline history_entry entry_of(connection& database, const plan& p, std::string_view started_at, std::int64_t rows,
                              std::string_view outcome) {
    return {.plan = migrate::detail::sha256().add(to_text(p)).hex(),
            .fingerprint = fingerprint(database),
            .started_at = std::string(started_at),
            .finished_at = utc_time(),
            .rows = rows,
            .tool = "autopack_schema " AUTOPACK_SCHEMA_VERSION,
            .outcome = std::string(outcome)};
}

/// Writes a line for each migration of the chain that the history does not have, or one for a schema without a chain.
inline void record(connection& database, model::items<migration_view> chain, const model::schema& wanted,
                   const std::vector<history_entry>& history, const plan& p, std::string_view started_at,
                   std::int64_t rows) {
    history_entry e = entry_of(database, p, started_at, rows, "applied");
    bool any = false;
    for (const migration_view& m : chain) {
        if (is_applied(history, m.name)) continue;
        e.name = m.name;
        e.version = m.to.version;
        e.checksum = checksum(m);
        add_history(database, e);
        any = true;
    }
    if (any) return;
    e.name = std::string(wanted.name) + (wanted.version.empty() ? "" : " " + std::string(wanted.version));
    e.version = wanted.version;
    add_history(database, e);
}

/// Writes the line of a migration that was undone.
inline void record_undone(connection& database, const migration_view& m, const plan& p, std::string_view started_at,
                          std::int64_t rows) {
    history_entry e = entry_of(database, p, started_at, rows, "undone");
    e.name = m.name;
    e.version = m.from.version;
    e.checksum = checksum(m);
    add_history(database, e);
}

/// How many pages have been written before the end of a transaction, for want of room in the cache.
inline int spilled_pages(const connection& database) {
    int now = 0, highest = 0;
    sqlite3_db_status(database.handle(), SQLITE_DBSTATUS_CACHE_SPILL, &now, &highest, 0);
    return now;
}

/// Gives the memory of the page cache back before the verification needs some. Only where pages have been written already:
/// then the file is locked against readers, and what the cache has is written now instead of at the commit.
inline void empty_cache(connection& database) {
    const int result = sqlite3_db_cacheflush(database.handle());
    if (result != SQLITE_OK && result != SQLITE_BUSY) autopack_schema::sqlite::detail::raise(database.handle(), result);
    sqlite3_db_release_memory(database.handle());
}

/// Commits; readers that still read make it wait (trap 29).
/// errors: S396 they read for longer than `commit_timeout_ms`, S387 stopped
inline void commit(connection& database, autopack_schema::sqlite::transaction& lock, const run_options& options) {
    using clock = std::chrono::steady_clock;
    const auto deadline = clock::now() + std::chrono::milliseconds(options.commit_timeout_ms);
    for (;;) {
        try {
            return lock.commit();
        } catch (const error& e) {
            if ((e.info().native_code & 0xff) != SQLITE_BUSY || !lock.is_open()) throw;
            if (clock::now() >= deadline) {
                throw error({.code = "S396",
                             .what_happened =
                                 "other programs have not stopped reading, so the migration could not be committed",
                             .database = database.name(),
                             .advice = "it was rolled back: stop the API server, executors and viewers and run again",
                             .native_code = e.info().native_code,
                             .native_name = e.info().native_name});
            }
        }
        if (options.stop != nullptr && options.stop->load()) {
            throw error({.code = "S387",
                         .what_happened = "the migration was stopped",
                         .database = database.name(),
                         .advice = "it was rolled back; run again when wanted"});
        }
        sqlite3_sleep(20);
    }
}

} // namespace autopack_schema::migrate::sqlite::detail
