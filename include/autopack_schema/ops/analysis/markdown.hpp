// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/analysis/metrics.hpp>
#include <autopack_schema/ops/detail/number_text.hpp>
#include <autopack_schema/ops/telemetry/record.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// What an analysis is about.
struct analysis_input {
    std::vector<telemetry_record> records{}; ///< everything that was found
    bool success_only = false;
    bool stratify = false;
    double under_multiplier = 1.0;

    /// The records that count.
    std::vector<telemetry_record> considered() const {
        std::vector<telemetry_record> kept;
        for (const telemetry_record& r : records) {
            if (!success_only || r.is_successful()) kept.push_back(r);
        }
        return kept;
    }
};

namespace detail {

inline std::string one_decimal(double value) { return fixed(value, 1) + "%"; }
inline std::string rate_text(const rate& r) {
    return one_decimal(r.percent()) + " (" + std::to_string(r.count) + " samples)";
}

inline std::string gate_text(std::string_view name, const rate& r, double limit) {
    return "- **" + std::string(name) + ": " + rate_text(r) + "\n  - **Target**: ≤ " + fixed(limit, 0) +
           "%\n  - **Status**: " + (r.percent() > limit ? "❌ ABOVE TARGET" : "✅ WITHIN TARGET") + "\n\n";
}

inline std::string configuration_text(const analysis_input& in, std::size_t considered, std::size_t v2) {
    return std::string("## Analysis Configuration\n- **Filter**: ") +
           (in.success_only ? "SUCCESS ONLY (for tuning decisions)" : "ALL SAMPLES (includes failures)") +
           "\n- **Total Records**: " + std::to_string(in.records.size()) +
           "\n- **Analysis Records**: " + std::to_string(considered) + "\n- **V2 Records**: " + std::to_string(v2) +
           "\n- **Underestimation tolerance**: actual > predicted * " +
           fixed(usable_multiplier(in.under_multiplier), 2) + "\n\n---\n\n";
}

inline std::string risk_text(const risk_metrics& m) {
    return "## 🎯 TIER 1: RISK METRICS (Primary Tuning Gates)\n\n### Truncation Prevention\n" +
           gate_text("Underestimation Rate**", m.underestimation, 5.0) +
           gate_text("Truncation Rate** (V2 only)", m.truncation, 2.0) +
           "### Quality\n- **Success Rate** (V2 only): " + rate_text(m.success) + "\n\n---\n\n";
}

inline std::string cost_text(const spread& waste) {
    return "## 💰 TIER 2: COST METRICS (Secondary Optimization)\n\n### Budget Waste (predicted/actual ratio)\n- "
           "**Median**: " +
           fixed(waste.median, 2) + "x\n- **P90**: " + fixed(waste.p90, 2) + "x\n- **Mean**: " + fixed(waste.mean, 2) +
           "x\n\n**Interpretation**:\n- 1.0x = perfect prediction\n- >1.0x = overestimation (budget waste)\n"
           "- <1.0x = underestimation (truncation risk)\n\n---\n\n";
}

inline std::string truncated_text(const telemetry_metrics& m, std::size_t total) {
    if (m.truncated == 0) return "";
    return "### Truncated Events (Lower Bound Estimates)\n- **Count**: " + std::to_string(m.truncated) + " events (" +
           one_decimal(rate{m.truncated, total}.percent()) +
           " of total)\n- **Predicted (mean)**: " + fixed(m.truncated_predicted_mean, 0) +
           " tokens\n- **Actual (lower bound mean)**: " + fixed(m.truncated_actual_mean, 0) +
           " tokens\n- **Underestimated**: " + one_decimal(m.truncated_underestimation.percent()) +
           "\n\n**Note**: Truncated events have actual >= reported value. Excluding from SMAPE prevents bias toward "
           "underestimation.\n\n";
}

inline std::string diagnostic_text(const telemetry_metrics& m, std::size_t total) {
    const auto pair = [](const spread& s) {
        return "mean=" + fixed(s.mean, 0) + ", median=" + fixed(s.median, 0) + "\n";
    };
    return "## 📊 DIAGNOSTIC METRICS (SMAPE - for reference only)\n\n**BUILD-129 Phase 3 P6**: SMAPE calculated on "
           "non-truncated "
           "events only. Truncated events reported separately as lower bounds.\n\n"
           "### SMAPE (Symmetric Mean Absolute Percentage Error) - Non-Truncated Only\n- **Mean**: " +
           one_decimal(m.smape.mean) + "\n- **Median**: " + one_decimal(m.smape.median) +
           "\n- **Range**: " + one_decimal(m.smape.min) + " - " + one_decimal(m.smape.max) +
           "\n- **Samples**: " + std::to_string(m.non_truncated) + " non-truncated events\n\n" +
           truncated_text(m, total) + "### Token Distribution (Non-Truncated)\n- **Predicted**: " + pair(m.predicted) +
           "- **Actual**: " + pair(m.actual) + "\n---\n\n";
}

inline std::string decision_text(const risk_metrics& m) {
    if (!m.needs_tuning())
        return "## 🚦 TUNING DECISION: ✅ NO TUNING NEEDED\n\nAll Tier 1 metrics are within their targets.\n\n";
    std::string text = "## 🚦 TUNING DECISION: ❌ TUNING NEEDED\n\n### ⚠️ Action Required\n\n"
                       "Based on Tier 1 metrics, coefficient tuning is recommended:\n\n";
    if (m.underestimation.percent() > 5.0) {
        text += "- **Underestimation rate " + one_decimal(m.underestimation.percent()) +
                " > 5% target**\n"
                "  - Increase base estimates for affected categories\n  - Consider higher quantile targets (p90 "
                "instead of p50)\n\n";
    }
    if (m.truncation.percent() > 2.0) {
        text += "- **Truncation rate " + one_decimal(m.truncation.percent()) +
                " > 2% target**\n"
                "  - Increase safety margins\n  - Review selected_budget calculation\n\n";
    }
    return text;
}

inline std::string strata_text(std::string_view title, const std::vector<stratum>& strata, std::string_view unit,
                               double multiplier) {
    std::string text = "### By " + std::string(title) + "\n\n";
    for (const stratum& s : strata) {
        const risk_metrics m = risk_of(s.records, multiplier);
        text += "**" + s.name + std::string(unit) + "** (" + std::to_string(s.records.size()) +
                " samples):\n- Underestimation: " + one_decimal(m.underestimation.percent()) +
                "\n- Truncation: " + one_decimal(m.truncation.percent()) +
                "\n- Success: " + one_decimal(m.success.percent()) + "\n\n";
    }
    return text;
}

inline std::string stratified_text(const std::vector<telemetry_record>& records, double multiplier) {
    const auto by = [&](auto name_of) { return ops::stratify(records, name_of); };
    return "\n## 📊 Stratified Analysis\n\n" +
           strata_text("Category", by([](const auto& r) { return r.category; }), "", multiplier) +
           strata_text("Complexity", by([](const auto& r) { return r.complexity; }), "", multiplier) +
           strata_text("Deliverable Count", by([](const auto& r) { return deliverable_bin(r.deliverables); }), " files",
                       multiplier);
}

inline std::string next_steps_text(bool success_only) {
    if (success_only) {
        return "\n---\n\n## 📋 Next Steps\n\n1. ✅ **Using success-only filter** - This analysis is tuning-ready\n"
               "2. Review stratified breakdown by category/complexity if available\n"
               "3. If tuning needed, adjust coefficients and re-validate on held-out data\n"
               "4. Monitor Tier 1 metrics for 20 production runs post-tuning\n\n";
    }
    return "\n---\n\n## 📋 Next Steps\n\n1. ⚠️ **Re-run with --success-only flag** for tuning decisions\n"
           "2. Current analysis includes failure-mode samples (not representative)\n"
           "3. Only use Tier 1 metrics from successful phases for tuning\n"
           "4. Keep this \"all samples\" view for monitoring overall behavior\n\n";
}

inline std::string sources_text(const std::vector<telemetry_record>& records) {
    std::vector<std::pair<std::string, std::size_t>> sources;
    for (const telemetry_record& r : records) {
        const auto found =
            std::find_if(sources.begin(), sources.end(), [&](const auto& s) { return s.first == r.source; });
        if (found == sources.end())
            sources.emplace_back(r.source, 1);
        else
            ++found->second;
    }
    std::sort(sources.begin(), sources.end());
    std::string text = "---\n\n## Data Sources\n\nTotal files analyzed: " + std::to_string(sources.size()) + "\n\n";
    for (const auto& [name, count] : sources) text += "- `" + name + "`: " + std::to_string(count) + " records\n";
    return text;
}

} // namespace detail

/// The report of an analysis: risks that decide about tuning, costs, diagnostics, next steps, sources.
/// shape: short where nothing is left to analyse
inline std::string analysis_markdown(const analysis_input& in, std::string_view generated_at) {
    const std::vector<telemetry_record> records = in.considered();
    const telemetry_metrics m = metrics_of(records, in.under_multiplier);
    std::string text = "# Token Estimation Telemetry Analysis V3\nGenerated: " + std::string(generated_at) + "\n\n" +
                       detail::configuration_text(in, records.size(), m.risk.truncation.of);
    if (records.empty())
        return text + "⚠️ No records to analyze: no phase is known to have succeeded.\n\n" +
               detail::sources_text(in.records);
    text += detail::risk_text(m.risk) + detail::cost_text(m.waste) + detail::diagnostic_text(m, records.size()) +
            detail::decision_text(m.risk);
    if (in.stratify) text += detail::stratified_text(records, in.under_multiplier);
    return text + detail::next_steps_text(in.success_only) + detail::sources_text(in.records);
}

} // namespace autopack_schema::ops
