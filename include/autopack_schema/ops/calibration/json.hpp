// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/calibration/action.hpp>
#include <autopack_schema/ops/calibration/group.hpp>
#include <autopack_schema/ops/detail/number_text.hpp>
#include <autopack_schema/ops/json_text.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::ops {

/// A calibration as JSON: what would change, for the groups that are sure enough, in their order.
/// shape: {metadata: {generated_at, confidence_threshold, total_samples, high_confidence_groups}, proposed_changes: [...]}, indented
inline std::string calibration_json(const calibration& c, double threshold, std::string_view generated_at) {
    auto changes = nlohmann::ordered_json::array();
    for (const calibration_group& g : c.groups) {
        if (g.confidence < threshold) continue;
        changes.push_back(
            {{"category", g.category},
             {"complexity", g.complexity},
             {"sample_count", g.sample_count},
             {"confidence", detail::rounded(g.confidence, 3)},
             {"median_ratio", detail::rounded(g.median_ratio, 3)},
             {"proposed_multiplier", detail::rounded(g.proposed_multiplier, 3)},
             {"action", "multiply PHASE_OVERHEAD[(category, complexity)] by proposed_multiplier"},
             {"reasoning", "Actual tokens are " + detail::fixed(g.median_ratio, 2) + "x estimated (median)"}});
    }
    const nlohmann::ordered_json all{{"metadata",
                                      {{"generated_at", generated_at},
                                       {"confidence_threshold", threshold},
                                       {"total_samples", c.sample_count()},
                                       {"high_confidence_groups", changes.size()}}},
                                     {"proposed_changes", std::move(changes)}};
    return to_json_text(all, indented_json);
}

} // namespace autopack_schema::ops
