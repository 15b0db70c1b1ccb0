// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/calibration/action.hpp>
#include <autopack_schema/ops/calibration/group.hpp>
#include <autopack_schema/ops/detail/number_text.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::ops {

namespace detail {

inline std::string percent(double share) { return fixed(share * 100.0, 1) + "%"; }
inline std::string times(double factor) { return fixed(factor, 2) + "x"; }

inline std::string sure_group_text(const calibration_group& g) {
    return "### " + g.category + " / " + g.complexity + "\n\n" + "- **Samples**: " + std::to_string(g.sample_count) +
           "\n" + "- **Confidence**: " + percent(g.confidence) + "\n" +
           "- **Current avg estimate**: " + fixed(g.avg_estimated, 0) + " tokens\n" +
           "- **Actual avg**: " + fixed(g.avg_actual, 0) + " tokens\n" +
           "- **Median ratio** (actual/estimated): " + times(g.median_ratio) + "\n" +
           "- **Proposed multiplier**: " + times(g.proposed_multiplier) + "\n" +
           "- **Action**: " + recommended_action(g.median_ratio) + "\n\n";
}

inline std::string group_row(const calibration_group& g) {
    return "| " + g.category + " | " + g.complexity + " | " + std::to_string(g.sample_count) + " | " +
           fixed(g.avg_actual, 0) + " | " + fixed(g.avg_estimated, 0) + " | " + times(g.median_ratio) + " | " +
           percent(g.confidence) + " | " + times(g.proposed_multiplier) + " |\n";
}

} // namespace detail

/// A calibration as a Markdown report: summary, recommendations surest first, a table of all groups.
inline std::string calibration_markdown(const calibration& c, double threshold, std::string_view generated_at) {
    const auto sure = sure_groups(c, threshold);
    std::string text =
        "# Token Estimator Calibration Report\n\nGenerated: " + std::string(generated_at) + "\n\n## Summary\n\n";
    text += "- Total samples analyzed: " + std::to_string(c.sample_count()) + "\n";
    text += "- Total groups: " + std::to_string(c.groups.size()) + "\n";
    text += "- High-confidence groups (≥" + detail::fixed(threshold * 100.0, 0) + "%): " + std::to_string(sure.size()) +
            "\n\n";
    text += "## Recommendations\n\n";
    text += sure.empty() ? "No groups meet the confidence threshold.\n\n"
                         : "Groups with sufficient confidence for coefficient adjustments:\n\n";
    for (const calibration_group& g : sure) text += detail::sure_group_text(g);
    text += "## Detailed Results\n\nAll calibration groups (including low-confidence):\n\n"
            "| Category | Complexity | Samples | Avg Actual | Avg Est | Median Ratio | Confidence | Proposed Mult |\n"
            "|----------|------------|---------|------------|---------|--------------|------------|---------------|\n";
    for (const calibration_group& g : groups_by_size(c)) text += detail::group_row(g);
    text += "\n## Notes\n\n"
            "- **Median ratio > 1.0**: Underestimating (need to increase coefficients)\n"
            "- **Median ratio < 1.0**: Overestimating (need to decrease coefficients)\n"
            "- **Confidence**: Based on sample count and ratio variance\n"
            "- **Proposed multiplier**: Apply to current PHASE_OVERHEAD or TOKEN_WEIGHTS\n\n";
    return text;
}

} // namespace autopack_schema::ops
