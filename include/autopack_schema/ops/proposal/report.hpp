// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/number_text.hpp>
#include <autopack_schema/ops/json_text.hpp>
#include <autopack_schema/ops/proposal/proposal.hpp>
#include <autopack_schema/ops/token_estimator/weights.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::ops {

namespace detail {

inline nlohmann::ordered_json accuracy_json(const accuracy& a) {
    return {{"samples", a.samples},
            {"mean_smape_percent", rounded(a.mean_smape, 2)},
            {"median_smape_percent", rounded(a.median_smape, 2)},
            {"median_waste_ratio", rounded(a.median_waste, 3)},
            {"p90_waste_ratio", rounded(a.p90_waste, 3)},
            {"underestimation_rate_percent", rounded(a.underestimation_rate, 1)}};
}

inline std::string overhead_text(const proposed_change& c) {
    if (c.has_own_model()) return "parts of its model";
    return std::to_string(c.overhead()) + (c.current_overhead ? "" : " (default)");
}

inline std::string proposed_text(const proposed_change& c) {
    if (!c.is_change()) return "–";
    return c.has_own_model() ? "×" + fixed(c.multiplier, 2) : std::to_string(c.proposed_overhead());
}

inline std::string change_row(const proposed_change& c) {
    const bool measured = c.action != "collect";
    return "| " + c.category + " | " + c.complexity + " | " + std::to_string(c.measured.samples) + " | " +
           (measured ? fixed(c.median_ratio, 2) + "x" : "–") + " | " + fixed(c.measured.mean_smape, 1) + "% | " +
           fixed(c.measured.underestimation_rate, 1) + "% | " +
           (measured ? fixed(c.confidence * 100.0, 0) + "%" : "–") + " | " + c.action + " | " + overhead_text(c) +
           " | " + proposed_text(c) + " |\n";
}

inline std::string recommendation_text(const proposed_change& c) {
    return "### " + c.category + " / " + c.complexity + ": " + c.action + "\n\n- **Overhead**: " + overhead_text(c) +
           " → " + std::to_string(c.proposed_overhead()) + " (×" + fixed(c.multiplier, 2) + ": " + c.reason +
           ")\n- **Median of actual / predicted**: " + fixed(c.median_ratio, 2) + "x over " +
           std::to_string(c.measured.samples) + " samples, confidence " + fixed(c.confidence * 100.0, 0) + "%\n" +
           (c.current_overhead || c.has_own_model()
                ? ""
                : "- **Note**: this category has no coefficient of its own; the change would add one\n") +
           "\n";
}

inline std::string overall_text(const calibration_proposal& p) {
    const accuracy& a = p.overall;
    return "## Summary\n\n- Samples (successful, not truncated): " + std::to_string(a.samples) + " (at least " +
           std::to_string(p.options.min_samples) + ")\n- SMAPE: mean " + fixed(a.mean_smape, 1) + "%, median " +
           fixed(a.median_smape, 1) + "%\n- Waste ratio (predicted / actual): median " + fixed(a.median_waste, 2) +
           "x, P90 " + fixed(a.p90_waste, 2) + "x\n- Underestimation rate: " + fixed(a.underestimation_rate, 1) +
           "%\n- Estimator: " + std::string(calibration_version) + "\n\n";
}

} // namespace detail

/// A proposal as JSON.
/// shape: {metadata, overall, proposed_changes: [...], not_represented: [...]}, indented
inline std::string proposal_json(const calibration_proposal& p, std::string_view generated_at,
                                 std::string_view database) {
    auto changes = nlohmann::ordered_json::array();
    for (const proposed_change& c : p.changes) {
        nlohmann::ordered_json entry{{"category", c.category},
                                     {"complexity", c.complexity},
                                     {"measured", detail::accuracy_json(c.measured)},
                                     {"median_ratio", detail::rounded(c.median_ratio, 3)},
                                     {"confidence", detail::rounded(c.confidence, 3)},
                                     {"action", c.action},
                                     {"multiplier", detail::rounded(c.multiplier, 3)},
                                     {"reason", c.reason}};
        if (!c.has_own_model()) {
            entry["current_overhead"] = c.overhead();
            entry["is_default_overhead"] = !c.current_overhead;
            entry["proposed_overhead"] = c.is_change() ? c.proposed_overhead() : c.overhead();
        }
        changes.push_back(std::move(entry));
    }
    const nlohmann::ordered_json all{{"metadata",
                                      {{"generated_at", generated_at},
                                       {"database", database},
                                       {"estimator", calibration_version},
                                       {"min_samples", p.options.min_samples},
                                       {"min_group_samples", p.options.min_group_samples},
                                       {"tolerance", p.options.tolerance},
                                       {"largest_change", p.options.largest_change},
                                       {"applied", false}}},
                                     {"overall", detail::accuracy_json(p.overall)},
                                     {"proposed_changes", std::move(changes)},
                                     {"not_represented", p.missing}};
    return to_json_text(all, indented_json) + "\n";
}

/// A proposal as a Markdown report, with its plots beside it.
inline std::string proposal_markdown(const calibration_proposal& p, std::string_view generated_at,
                                     std::string_view database, std::string_view accuracy_file,
                                     std::string_view ratio_file) {
    std::string text =
        "# Estimator Calibration Proposal\n\nGenerated: " + std::string(generated_at) +
        "\nDatabase: " + std::string(database) +
        "\n\n**This is a proposal. No estimator code was changed, and none is without explicit approval.**\n\n" +
        detail::overall_text(p);
    text += "## Proposed Changes\n\n";
    bool any = false;
    for (const proposed_change& c : p.changes) {
        if (c.is_change()) text += detail::recommendation_text(c);
        any = any || c.is_change();
    }
    if (!any)
        text += "None: every group with enough samples is within ±" + detail::fixed(p.options.tolerance * 100.0, 0) +
                "%.\n\n";
    text += "## All Groups\n\n"
            "| Category | Complexity | Samples | Median Ratio | Mean SMAPE | Underestimated | Confidence | Action | "
            "Overhead | Proposed |\n"
            "|----------|------------|---------|--------------|------------|----------------|------------|--------|----"
            "------|----------|\n";
    for (const proposed_change& c : p.changes) text += detail::change_row(c);
    text += "\n## Plots\n\n![Predicted and actual tokens](" + std::string(accuracy_file) +
            ")\n\n![Median ratio by group](" + std::string(ratio_file) + ")\n\n## Not Represented Yet\n\n";
    for (const std::string& m : p.missing) text += "- " + m + "\n";
    if (p.missing.empty()) text += "- nothing: every category, complexity and size that calibration wants is there\n";
    return text +
           "\n## How It Is Computed\n\nThe multiplier is the square root of the median of actual / predicted tokens, "
           "so that one round "
           "goes half the way (in the logarithm), and at most ±" +
           detail::fixed(p.options.largest_change * 100.0, 0) +
           "% in one round. It is meant for the phase overhead of its category and complexity.\n";
}

} // namespace autopack_schema::ops
