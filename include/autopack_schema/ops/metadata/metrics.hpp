// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/json_text.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace autopack_schema::ops {

/// What a run is measured by.
struct fidelity_metrics {
    std::optional<double> actual_tokens_used{};        ///< empty where no tokens were used
    std::optional<double> token_budget_compliance{};   ///< tokens used by tokens allowed; empty without a budget
    std::optional<double> fidelity_efficiency_score{}; ///< (entities + timepoints) by tokens; empty without tokens
    friend bool operator==(const fidelity_metrics&, const fidelity_metrics&) = default;
};

/// Measures a run.
inline fidelity_metrics measure_fidelity(std::int64_t entities, std::int64_t timepoints, double tokens,
                                         std::optional<double> budget = std::nullopt) {
    fidelity_metrics metrics;
    if (tokens != 0) metrics.actual_tokens_used = tokens;
    if (budget && *budget > 0) metrics.token_budget_compliance = tokens / *budget;
    if (tokens > 0) metrics.fidelity_efficiency_score = static_cast<double>(entities + timepoints) / tokens;
    return metrics;
}

/// The tokens of a run for which nothing counted them.
constexpr std::int64_t estimated_tokens(std::int64_t entities, std::int64_t timepoints) {
    return entities * timepoints * 1000;
}
/// The cost of such a run, in US dollars.
constexpr double estimated_cost(std::int64_t entities, std::int64_t timepoints) {
    return static_cast<double>(entities * timepoints) * 0.01;
}

/// How many entities have each resolution, as the column `fidelity_distribution` holds it.
/// shape: {"dialog": 2, "scene": 3} in the order of first sight; an entity without a level counts as scene
inline std::string fidelity_distribution(std::span<const std::optional<std::string>> levels) {
    nlohmann::ordered_json counts = nlohmann::ordered_json::object();
    for (const auto& level : levels) {
        auto& count = counts[level.value_or("scene")];
        count = count.is_null() ? 1 : count.get<std::int64_t>() + 1;
    }
    return to_json_text(counts);
}

} // namespace autopack_schema::ops
