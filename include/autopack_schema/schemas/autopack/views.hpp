// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/view.hpp>

namespace autopack_schema::schemas::autopack {

// clang-format off
/// How well the estimator does, by category, complexity and number of deliverables.
/// shape:  averages skip NULL metrics, the counts and rates do not; groups of the same size come in any order
inline constexpr auto v_token_estimation_validation = view("v_token_estimation_validation",
R"(SELECT
    category,
    complexity,
    deliverable_count,
    COUNT(*) AS sample_count,
    SUM(CASE WHEN success = 1 THEN 1 ELSE 0 END) AS success_count,
    ROUND(AVG(smape_percent), 2) AS avg_smape,
    ROUND(AVG(CASE WHEN success = 1 THEN smape_percent END), 2) AS avg_smape_success_only,
    ROUND(AVG(waste_ratio), 2) AS avg_waste_ratio,
    ROUND(AVG(CASE WHEN success = 1 THEN waste_ratio END), 2) AS avg_waste_ratio_success_only,
    SUM(CASE WHEN underestimated = 1 THEN 1 ELSE 0 END) AS underestimation_count,
    ROUND(100.0 * SUM(CASE WHEN underestimated = 1 THEN 1 ELSE 0 END) / COUNT(*), 2) AS underestimation_rate_pct,
    SUM(CASE WHEN truncated = 1 THEN 1 ELSE 0 END) AS truncation_count,
    ROUND(100.0 * SUM(CASE WHEN truncated = 1 THEN 1 ELSE 0 END) / COUNT(*), 2) AS truncation_rate_pct,
    ROUND(AVG(predicted_output_tokens), 0) AS avg_predicted,
    ROUND(AVG(actual_output_tokens), 0) AS avg_actual
FROM token_estimation_v2_events
GROUP BY category, complexity, deliverable_count
ORDER BY sample_count DESC)");
// clang-format on

// clang-format off
/// The 200 newest estimations.
inline constexpr auto v_recent_token_estimations = view("v_recent_token_estimations",
R"(SELECT
    event_id,
    run_id,
    phase_id,
    timestamp,
    category,
    complexity,
    deliverable_count,
    predicted_output_tokens,
    actual_output_tokens,
    selected_budget,
    success,
    truncated,
    stop_reason,
    model,
    smape_percent,
    waste_ratio,
    underestimated
FROM token_estimation_v2_events
ORDER BY timestamp DESC
LIMIT 200)");
// clang-format on

namespace b129 {

// clang-format off
/// The 100 newest estimations, metrics rounded.
inline constexpr auto v_recent_token_estimations = view("v_recent_token_estimations",
R"(SELECT
    event_id,
    run_id,
    phase_id,
    timestamp,
    category,
    complexity,
    deliverable_count,
    predicted_output_tokens,
    actual_output_tokens,
    selected_budget,
    success,
    truncated,
    stop_reason,
    model,
    ROUND(smape_percent, 2) AS smape_percent,
    ROUND(waste_ratio, 2) AS waste_ratio,
    underestimated
FROM token_estimation_v2_events
ORDER BY timestamp DESC
LIMIT 100)");
// clang-format on

} // namespace b129
} // namespace autopack_schema::schemas::autopack
