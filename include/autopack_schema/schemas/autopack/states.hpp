// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace autopack_schema::schemas::autopack {

/// Where a run is; stored by name.
enum class run_state : std::uint8_t {
    QUEUED,
    PLAN_BOOTSTRAP,
    RUN_CREATED,
    PHASE_QUEUEING,
    PHASE_EXECUTION,
    GATE,
    CI_RUNNING,
    SNAPSHOT_CREATED,
    DONE_SUCCESS,
    DONE_FAILED_BUDGET_EXHAUSTED,
    DONE_FAILED_POLICY_VIOLATION,
    DONE_FAILED_REQUIRES_HUMAN_REVIEW,
    DONE_FAILED_ENVIRONMENT,
};

/// Where a tier is; stored by name.
enum class tier_state : std::uint8_t { PENDING, IN_PROGRESS, COMPLETE, FAILED, SKIPPED };

/// Where a phase is; stored by name.
enum class phase_state : std::uint8_t { QUEUED, EXECUTING, GATE, CI_RUNNING, COMPLETE, FAILED, SKIPPED };

/// How hard the estimator took a phase to be; a CHECK allows these four and no other.
/// shape: `phases.complexity` is free text and holds more than these (real files: MEDIUM, MEDIUM-HIGH, SIMPLE)
enum class complexity_level : std::uint8_t { low, medium, high, maintenance };

/// Why a token budget was raised; stored by name.
enum class escalation_reason : std::uint8_t { truncation, utilization };

/// What a raised token budget was computed from; stored by name.
enum class budget_source : std::uint8_t { selected_budget, actual_max_tokens, tokens_used, complexity_default };

} // namespace autopack_schema::schemas::autopack
