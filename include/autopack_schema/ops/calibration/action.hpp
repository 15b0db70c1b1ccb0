// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/calibration/group.hpp>
#include <autopack_schema/ops/detail/number_text.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace autopack_schema::ops {

/// What the report recommends for a median: a change beyond a tolerance of 20 %.
inline std::string recommended_action(double median_ratio) {
    if (median_ratio > 1.2) return "Increase coefficients by " + detail::fixed((median_ratio - 1.0) * 100.0, 0) + "%";
    if (median_ratio < 0.8) return "Decrease coefficients by " + detail::fixed((1.0 - median_ratio) * 100.0, 0) + "%";
    return "No adjustment needed (within ±20% tolerance)";
}

/// The groups that are sure enough, surest first; equals stay in their order.
inline std::vector<calibration_group> sure_groups(const calibration& c, double threshold) {
    std::vector<calibration_group> sure;
    for (const calibration_group& g : c.groups) {
        if (g.confidence >= threshold) sure.push_back(g);
    }
    std::stable_sort(sure.begin(), sure.end(),
                     [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
    return sure;
}

/// All groups, largest first, then by name.
inline std::vector<calibration_group> groups_by_size(const calibration& c) {
    std::vector<calibration_group> groups = c.groups;
    std::stable_sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) {
        if (a.sample_count != b.sample_count) return a.sample_count > b.sample_count;
        return a.category != b.category ? a.category < b.category : a.complexity < b.complexity;
    });
    return groups;
}

} // namespace autopack_schema::ops
