// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/schema.hpp>
#include <autopack_schema/schemas/autopack/doctor_usage.hpp>
#include <autopack_schema/schemas/autopack/llm_usage_event.hpp>
#include <autopack_schema/schemas/autopack/phase.hpp>
#include <autopack_schema/schemas/autopack/run.hpp>
#include <autopack_schema/schemas/autopack/tier.hpp>
#include <autopack_schema/schemas/autopack/token_budget_escalation_event.hpp>
#include <autopack_schema/schemas/autopack/token_estimation_v2_event.hpp>
#include <autopack_schema/schemas/autopack/token_estimation_v2_event_b129.hpp>
#include <autopack_schema/schemas/autopack/token_estimation_v2_event_pre_142.hpp>
#include <autopack_schema/schemas/autopack/views.hpp>

namespace autopack_schema::schemas::autopack {

namespace b129 {
/// 2025-12-24: estimations as the SQL migrations 002 to 004 made them; escalations are not recorded yet.
inline constexpr auto version =
    schema<runs, tiers, phases, pre_144::llm_usage_events, doctor_usage_stats, token_estimation_v2_events,
           v_token_estimation_validation, v_recent_token_estimations>("autopack", "b129");
} // namespace b129

namespace pre_142 {
/// 2025-12-29: estimations with features, under the ORM's names; escalations.
inline constexpr auto version =
    schema<runs, tiers, phases, pre_144::llm_usage_events, doctor_usage_stats, token_estimation_v2_events,
           token_budget_escalation_events, v_token_estimation_validation, v_recent_token_estimations>("autopack",
                                                                                                      "pre-142");
} // namespace pre_142

namespace build_142 {
/// 2025-12-30: estimations keep `actual_max_tokens`.
inline constexpr auto version =
    schema<runs, tiers, phases, pre_144::llm_usage_events, doctor_usage_stats, token_estimation_v2_events,
           token_budget_escalation_events, v_token_estimation_validation, v_recent_token_estimations>("autopack",
                                                                                                      "BUILD-142");
} // namespace build_142

namespace build_144 {
/// 2025-12-30: usage keeps `total_tokens`, and splits only where they are known.
inline constexpr auto version =
    schema<runs, tiers, phases, llm_usage_events, doctor_usage_stats, token_estimation_v2_events,
           token_budget_escalation_events, v_token_estimation_validation, v_recent_token_estimations>("autopack",
                                                                                                      "BUILD-144");
} // namespace build_144

/// The schema that this library's row types are for.
inline constexpr const auto& current = build_144::version;

} // namespace autopack_schema::schemas::autopack
