// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/calibration/action.hpp>
#include <autopack_schema/ops/calibration/group.hpp>
#include <autopack_schema/ops/calibration/markdown.hpp>
#include <autopack_schema/ops/detail/ascii.hpp>
#include <autopack_schema/ops/detail/number_text.hpp>

#include <cstddef>
#include <string>

namespace autopack_schema::ops {

namespace detail {

inline std::string name_of(const auto& group) { return group.category + "/" + group.complexity; }

inline std::string cost_row(const calibration_group& g) {
    return "  " + padded(name_of(g), 28) + right_aligned(std::to_string(g.sample_count), 8) +
           right_aligned(fixed(g.avg_actual, 0), 12) + right_aligned(fixed(g.avg_selected_budget, 0), 12) +
           right_aligned(times(g.median_budget_waste), 10) + right_aligned(times(g.p90_budget_waste), 10) + "\n";
}

/// The adjustment of a group; unlike in the report without a tolerance, as in the original.
inline std::string adjustment_text(const calibration_group& g) {
    const bool more = g.median_ratio > 1.0;
    const double change = more ? g.median_ratio - 1.0 : 1.0 - g.median_ratio;
    return "  " + padded(name_of(g), 28) + (more ? "increase " : "decrease ") + fixed(change * 100.0, 0) +
           "%  (multiplier " + times(g.proposed_multiplier) + ", confidence " + percent(g.confidence) + ")\n";
}

} // namespace detail

/// The line that says how many samples know the provider's ceiling, with a warning where too few do.
inline std::string coverage_text(const ceiling_coverage& c) {
    std::string text = "Telemetry coverage: actual_max_tokens populated in " + std::to_string(c.known) + "/" +
                       std::to_string(c.samples) + " samples (" + detail::fixed(c.percent(), 1) + "%)\n";
    if (c.is_low()) {
        text += "\n⚠️  WARNING: less than 80% of the samples have actual_max_tokens\n"
                "    The waste of the others is computed from selected_budget, which is the estimator's intent\n"
                "    Run 'migrate_build_142' to backfill old rows, or collect new telemetry\n";
    }
    return text;
}

/// What the waste numbers mean.
inline std::string waste_note() {
    return "Note: Waste = actual_max_tokens / actual_tokens (BUILD-142+)\n"
           "      Fallback to selected_budget for pre-BUILD-142 telemetry\n"
           "      Median waste >2x suggests over-budgeting\n";
}

/// A calibration for a terminal: groups, groups that are too small, costs, adjustments.
inline std::string calibration_console(const calibration& c, double threshold, std::size_t min_samples) {
    std::string text = "Calibration groups (at least " + std::to_string(min_samples) + " samples):\n";
    for (const calibration_group& g : c.groups) {
        text += "  " + detail::padded(detail::name_of(g), 28) + std::to_string(g.sample_count) +
                " samples, median ratio " + detail::times(g.median_ratio) + " (" + detail::times(g.min_ratio) + " to " +
                detail::times(g.max_ratio) + "), confidence " + detail::percent(g.confidence) + "\n";
    }
    if (c.groups.empty()) text += "  (none)\n";
    if (!c.below_threshold.empty()) text += "\nBelow the threshold, not calibrated:\n";
    for (const sparse_group& g : c.below_threshold) {
        text += "  " + detail::padded(detail::name_of(g), 28) + std::to_string(g.sample_count) + "/" +
                std::to_string(min_samples) + " samples\n";
    }
    if (c.groups.empty()) return text;
    text += "\nCost of budgets:\n  " + detail::padded("Group", 28) +
            " Samples  Avg actual  Avg budget  Median w.   P90 w.\n";
    for (const calibration_group& g : groups_by_size(c)) text += detail::cost_row(g);
    text += "\n" + waste_note() + "\n" + coverage_text(c.coverage);
    text += "\nRecommended adjustments (confidence at least " + detail::fixed(threshold * 100.0, 0) + "%):\n";
    const auto sure = sure_groups(c, threshold);
    for (const calibration_group& g : sure) text += detail::adjustment_text(g);
    if (sure.empty()) text += "  (none: collect more samples)\n";
    return text;
}

} // namespace autopack_schema::ops
