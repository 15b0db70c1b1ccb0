// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/token_estimator/weights.hpp>
#include <autopack_schema/schemas/autopack/states.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace autopack_schema::ops {

/// By how much a budget is raised.
inline constexpr double escalation_factor = 1.25;

/// From this share of its budget on an answer counts as cut off, in percent.
inline constexpr double escalation_utilization = 95.0;

/// Attempts of a phase that does not say how many it may have.
inline constexpr std::int64_t default_builder_attempts = 5;

/// What is known of an attempt that failed.
struct escalation_request {
    bool was_truncated = false;
    std::optional<double> output_utilization{}; ///< percent of the budget
    bool already_escalated = false;             ///< this phase, in this process
    std::int64_t attempt_index = 0;             ///< from 0
    std::optional<std::int64_t> max_attempts{};
};

/// Tells whether a failed attempt is tried again with a larger budget.
constexpr bool should_escalate(const escalation_request& r) {
    const bool full = r.was_truncated || r.output_utilization.value_or(0.0) >= escalation_utilization;
    return full && !r.already_escalated && r.attempt_index < r.max_attempts.value_or(default_builder_attempts) - 1;
}

/// Why: a truncated answer counts as that, however full it was.
constexpr schemas::autopack::escalation_reason escalation_reason_of(const escalation_request& r) {
    using reason = schemas::autopack::escalation_reason;
    return r.was_truncated ? reason::truncation : reason::utilization;
}

/// A raised budget and where it comes from.
struct escalated_budget {
    std::int64_t base_value = 0;
    schemas::autopack::budget_source base_source{};
    std::int64_t retry_max_tokens = 0;

    friend bool operator==(const escalated_budget&, const escalated_budget&) = default;
};

/// Raises a budget: a quarter more than the largest of what was intended, allowed and used; the first wins a tie.
/// shape: without any of them, from the default of the complexity; never above `largest_budget`
constexpr escalated_budget escalate(std::int64_t selected_budget, std::int64_t actual_max_tokens,
                                    std::int64_t tokens_used, std::string_view complexity) {
    using source = schemas::autopack::budget_source;
    escalated_budget result{selected_budget, source::selected_budget, 0};
    if (actual_max_tokens > result.base_value) result = {actual_max_tokens, source::actual_max_tokens, 0};
    if (tokens_used > result.base_value) result = {tokens_used, source::tokens_used, 0};
    if (result.base_value == 0) result = {default_budget(complexity), source::complexity_default, 0};
    const auto raised = static_cast<std::int64_t>(static_cast<double>(result.base_value) * escalation_factor);
    result.retry_max_tokens = std::min(raised, largest_budget);
    return result;
}

} // namespace autopack_schema::ops
