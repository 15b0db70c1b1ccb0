// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/drain/queued.hpp>
#include <autopack_schema/ops/drain/triage.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace autopack_schema::ops {

/// Why one phase is not drained; empty where it may be.
inline std::string reason_to_refuse(sqlite::connection& database, const drain_candidate& phase, bool force) {
    if (phase.state != "QUEUED" && phase.state != "FAILED") {
        return "[drain_one] Refusing to drain: phase state is " + phase.state + ", not QUEUED or FAILED.\n";
    }
    const std::int64_t queued = count_queue(database, phase.run_id).queued + (phase.state == "FAILED" ? 1 : 0);
    if (queued == 1 || force) return {};
    return "[drain_one] Refusing to drain non-exclusively: run has " + std::to_string(queued) +
           " QUEUED phases. Use --force to drain " + phase.phase_id + " all the same.\n";
}

/// Reads one phase.
/// errors: S428 there is no such phase
inline drain_candidate find_phase(sqlite::connection& database, const std::string& run_id,
                                  const std::string& phase_id) {
    detail::require_columns(database, "phases");
    sqlite::statement row = database.prepare("SELECT " + std::string(detail::candidate_columns) +
                                             " FROM phases WHERE run_id = ?1 AND phase_id = ?2");
    row.bind_all(run_id, phase_id);
    if (row.step()) return detail::candidate_of(row);
    throw error({.code = "S428",
                 .what_happened = "Phase not found: " + run_id + " / " + phase_id,
                 .table = "phases",
                 .database = database.name(),
                 .advice = "db_identity tells which database this is"});
}

/// The outcome of one phase for people.
inline std::string one_text(const drain_result& result) {
    std::string text = "[drain_one] Final state: " + result.final_state + "\n";
    if (result.telemetry_events.value_or(0) > 0)
        text += "[drain_one] Telemetry events: +" + std::to_string(*result.telemetry_events) + "\n";
    else if (result.zero_yield_reason)
        text += "[drain_one] 0 telemetry events: " + *result.zero_yield_reason + "\n";
    if (!result.success && result.error_message) {
        text +=
            "[drain_one] Failure reason: " + std::string(detail::first_code_points(*result.error_message, 200)) + "\n";
    }
    return text;
}

} // namespace autopack_schema::ops
