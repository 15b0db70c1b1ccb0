// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/ops/detail/columns.hpp>
#include <autopack_schema/ops/drain/triage.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace autopack_schema::ops {

/// A phase that one drain has taken for itself: the database holds it as EXECUTING.
struct phase_claim {
    std::int64_t id = 0;
    std::string run_id{};
    std::string phase_id{};
    std::int64_t phase_index = 0;
    std::string state_before{};
    std::optional<std::string> attempt_before{}; ///< `last_attempt_timestamp` as it was
    std::string token{};                         ///< `last_attempt_timestamp` as the claim has set it
};

/// A claim of a phase that is not made yet.
inline phase_claim claim_for(const drain_candidate& phase, timestamp now) {
    return {phase.id, phase.run_id, phase.phase_id, phase.phase_index, phase.state, phase.last_attempt_text, now.to_string()};
}

/// Takes a phase, if nobody has touched it since it was seen: of several drains exactly one succeeds, also where another one
/// has taken it meanwhile and has failed, so that its state is what it was.
/// errors: S209 the database stays locked
inline bool make_claim(sqlite::connection& database, const phase_claim& claim) {
    database.execute("UPDATE phases SET state = 'EXECUTING', last_attempt_timestamp = ?1, updated_at = ?1 WHERE id = ?2 AND "
                     "state = ?3 AND last_attempt_timestamp IS ?4",
                     claim.token, claim.id, claim.state_before, claim.attempt_before);
    return database.changes() == 1;
}

/// What a phase is like now.
struct phase_status {
    std::string state{};
    std::optional<std::string> last_failure_reason{};
    std::optional<std::string> last_attempt{};

    /// The work has ended, or the one who does it says so.
    bool is_settled() const { return state != "QUEUED" && state != "EXECUTING"; }
};

/// Reads a phase; nothing where it is gone.
inline std::optional<phase_status> read_status(sqlite::connection& database, std::int64_t id) {
    sqlite::statement row =
        database.prepare("SELECT state, last_failure_reason, last_attempt_timestamp FROM phases WHERE id = ?1");
    row.bind(1, id);
    if (!row.step()) return std::nullopt;
    return phase_status{std::string(row.column_text(0)), detail::optional_text(row, 1), detail::optional_text(row, 2)};
}

/// Gives a phase back that its work has left EXECUTING: it has failed, and says why.
/// shape: whether it was still held
inline bool fail_claim(sqlite::connection& database, const phase_claim& claim, std::string_view reason, timestamp now) {
    database.execute("UPDATE phases SET state = 'FAILED', last_failure_reason = ?1, updated_at = ?2 WHERE id = ?3 AND "
                     "state = 'EXECUTING'",
                     reason, now.to_string(), claim.id);
    return database.changes() == 1;
}

/// Gives a phase back as it was before, for work that was interrupted.
/// shape: whether it was still held
inline bool undo_claim(sqlite::connection& database, const phase_claim& claim, timestamp now) {
    database.execute("UPDATE phases SET state = ?1, last_attempt_timestamp = ?2, updated_at = ?3 WHERE id = ?4 AND "
                     "state = 'EXECUTING'",
                     claim.state_before, claim.attempt_before, now.to_string(), claim.id);
    return database.changes() == 1;
}

} // namespace autopack_schema::ops
