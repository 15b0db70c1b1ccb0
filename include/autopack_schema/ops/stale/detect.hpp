// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/ops/detail/columns.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace autopack_schema::ops {

/// A phase that has been waiting for too long.
struct stale_phase {
    std::int64_t id = 0;
    std::string run_id{};
    std::string phase_id{};
    std::int64_t minutes = 0; ///< how long, whole minutes
    std::optional<std::string> last_failure_reason{};
};

/// Finds the QUEUED phases that nothing has happened to for longer than a time.
/// shape:  in the order of the table; measured from `updated_at`, else from `created_at`; phases with neither are not stale
/// errors: S412 there is no table `phases`
inline std::vector<stale_phase> find_stale_queued(sqlite::connection& database, timestamp now,
                                                  std::chrono::minutes longer_than) {
    detail::require_columns(database, "phases");
    std::vector<stale_phase> stale;
    sqlite::statement rows =
        database.prepare("SELECT id, run_id, phase_id, updated_at, created_at, last_failure_reason FROM phases "
                         "WHERE state = 'QUEUED' ORDER BY id");
    while (rows.step()) {
        auto since = timestamp::parse(rows.column_text(3));
        if (!since) since = timestamp::parse(rows.column_text(4));
        if (!since || now.time() - since->time() <= longer_than) continue;
        const auto age = std::chrono::floor<std::chrono::minutes>(now.time() - since->time());
        stale.push_back({rows.column_int64(0), std::string(rows.column_text(1)), std::string(rows.column_text(2)),
                         age.count(), detail::optional_text(rows, 5)});
    }
    return stale;
}

/// What a stale phase is said to have failed of.
inline std::string stale_reason(const stale_phase& phase) {
    std::string reason =
        "[STALE-QUEUED] Phase queued for " + std::to_string(phase.minutes) + " minutes with no progress";
    const bool had_one = phase.last_failure_reason && !phase.last_failure_reason->empty();
    return had_one ? reason + "; Original: " + *phase.last_failure_reason : reason;
}

/// Marks a stale phase as FAILED, unless somebody has taken it up meanwhile.
/// shape: one transaction; whether it was marked
inline bool mark_stale_failed(sqlite::connection& database, const stale_phase& phase, timestamp now) {
    database.execute("UPDATE phases SET state = 'FAILED', last_failure_reason = ?1, updated_at = ?2 WHERE id = ?3 AND "
                     "state = 'QUEUED'",
                     stale_reason(phase), now.to_string(), phase.id);
    return database.changes() == 1;
}

} // namespace autopack_schema::ops
