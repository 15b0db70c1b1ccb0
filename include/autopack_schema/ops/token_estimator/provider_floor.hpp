// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/ascii.hpp>
#include <autopack_schema/ops/token_estimator/weights.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace autopack_schema::ops {

/// Who answers a call.
enum class provider : std::uint8_t { anthropic, openai, gemini };

/// What a provider is given at least, as measured (ruling 7: the providers differ).
struct provider_floor {
    provider who{};
    std::string_view name{};
    std::int64_t tokens = 0;
    bool large_changes_only = false;  ///< only where whole files are written or a refactoring is large
    std::int64_t cap = 0;             ///< more is not sent; 0: the provider decides
    std::int64_t instead_of_none = 0; ///< sent where the budget is not positive
};

/// By `provider`.
inline constexpr std::array<provider_floor, 3> provider_floors{{
    {provider::anthropic, "anthropic", 16384, true, largest_budget, 4096},
    {provider::openai, "openai", 16384, false, 0, 0},
    {provider::gemini, "gemini", 8192, false, 0, 0},
}};

/// The floor of a provider.
constexpr const provider_floor& floor_of(provider who) { return provider_floors[static_cast<std::size_t>(who)]; }

/// What is known of a call when its budget is fixed.
struct budget_request {
    std::string category{}; ///< of the task, as it is written there
    std::string complexity{};
    std::string builder_mode{};
    std::string change_size{};
    std::optional<std::int64_t> max_tokens{};      ///< what the caller asks for
    std::optional<std::int64_t> selected_budget{}; ///< what the estimator asks for; none without deliverables
};

/// What a call gets, and what is recorded of it.
struct enforced_budget {
    std::int64_t sent = 0;
    std::optional<std::int64_t> selected_budget{};   ///< the intent
    std::optional<std::int64_t> actual_max_tokens{}; ///< the ceiling
};

namespace detail {

inline constexpr std::array<std::string_view, 4> docs_like{"docs", "documentation", "doc_synthesis", "doc_sot_update"};

/// Tells whether a provider's floor holds for a call: a small budget for documentation is meant.
inline bool floor_applies(const provider_floor& floor, const budget_request& r) {
    if (floor.large_changes_only && r.builder_mode != "full_file" && r.change_size != "large_refactor") return false;
    return !r.selected_budget || *r.selected_budget >= floor.tokens || !is_one_of(r.category, docs_like);
}

} // namespace detail

/// Fixes the budget of a call: what is asked for, raised to the provider's floor and to the estimator's choice.
inline enforced_budget enforce_budget(provider who, const budget_request& r) {
    const provider_floor& floor = floor_of(who);
    std::int64_t tokens = r.max_tokens ? *r.max_tokens : r.selected_budget.value_or(default_budget(r.complexity));
    if (detail::floor_applies(floor, r)) tokens = std::max(tokens, floor.tokens);
    if (r.selected_budget) tokens = std::max(tokens, *r.selected_budget);
    enforced_budget result{.sent = tokens, .selected_budget = r.selected_budget};
    if (r.selected_budget) result.actual_max_tokens = tokens;
    if (floor.instead_of_none > 0 && result.sent <= 0) result.sent = floor.instead_of_none;
    if (floor.cap > 0) result.sent = std::min(result.sent, floor.cap);
    return result;
}

} // namespace autopack_schema::ops
