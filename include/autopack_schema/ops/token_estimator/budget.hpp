// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/ascii.hpp>
#include <autopack_schema/ops/token_estimator/token_estimate.hpp>
#include <autopack_schema/ops/token_estimator/weights.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace autopack_schema::ops {

/// The name under which budgets know a category: `documentation`, `doc_write` and `doc` are docs, `testing` is tests.
inline std::string budget_category(std::string_view category) {
    const std::string name = detail::lowered(category);
    if (name == "documentation" || name == "doc_write" || name == "doc") return "docs";
    if (name == "testing") return "tests";
    if (name == "implement_feature") return "implementation";
    return name;
}

/// The least budget of a category and complexity.
inline std::int64_t base_budget(std::string_view category, std::string_view complexity) {
    const std::string name = budget_category(category);
    if (name == "docs") return complexity_budgets{4096, 8192, 12288}.at(complexity);
    if (name == "tests") return complexity_budgets{6144, 8192, 12288}.at(complexity);
    return default_budget(complexity);
}

/// By how much an estimation is stretched when a budget is chosen: the more, the less is known or the more can go wrong.
inline double budget_buffer(const token_estimate& e, std::string_view complexity) {
    if (e.category == "doc_synthesis" || e.category == "doc_sot_update") return 2.2;
    double buffer = buffer_margin;
    if (e.confidence < 0.7) buffer = std::max(buffer, 1.4);
    if (e.deliverable_count >= 8) buffer = std::max(buffer, 1.6);
    if (complexity == "high" && (e.category == "IMPLEMENT_FEATURE" || e.category == "integration"))
        buffer = std::max(buffer, 1.6);
    return buffer;
}

/// The output tokens that a phase should be given: what the estimator wants, before a provider's floors.
inline std::int64_t select_budget(const token_estimate& e, std::string_view complexity) {
    const std::int64_t wanted = detail::scaled(e.estimated_tokens, budget_buffer(e, complexity));
    return std::min(largest_budget, std::max(base_budget(e.category, complexity), wanted));
}

} // namespace autopack_schema::ops
