// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/calibration/group.hpp>
#include <autopack_schema/ops/calibration/sample.hpp>
#include <autopack_schema/ops/detail/statistics.hpp>
#include <autopack_schema/ops/estimation/metrics.hpp>
#include <autopack_schema/ops/token_estimator/weights.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// How a proposal is made.
struct proposal_options {
    std::size_t min_samples = 20;      ///< in all, or there is no proposal
    std::size_t min_group_samples = 3; ///< of a category and complexity, or it is left alone
    double tolerance = 0.2;            ///< a group within it is left alone
    double largest_change = 0.5;       ///< of a coefficient in one round: half more or half less at most
};

/// What the samples of all groups, or of one, say about the estimator.
struct accuracy {
    std::size_t samples = 0;
    double mean_smape = 0.0;   ///< percent
    double median_smape = 0.0; ///< percent
    double median_waste = 0.0; ///< predicted / actual
    double p90_waste = 0.0;
    double underestimation_rate = 0.0; ///< percent
};

/// The recommendation for one category and complexity.
struct proposed_change {
    std::string category{};
    std::string complexity{};
    accuracy measured{};
    double median_ratio = 0.0; ///< actual / predicted
    double confidence = 0.0;   ///< 0 to 1
    double multiplier = 1.0;   ///< of the overhead: the square root of the median, within `largest_change`
    std::optional<std::int64_t> current_overhead{}; ///< empty: the default is used
    std::string action{};                           ///< increase, decrease, keep, collect
    std::string reason{};

    /// Ledgers and documents that need study are estimated part by part, without an overhead: the multiplier is for the parts.
    bool has_own_model() const { return category == "doc_synthesis" || category == "doc_sot_update"; }
    std::int64_t overhead() const { return current_overhead.value_or(default_phase_overhead); }
    /// What the overhead would become.
    std::int64_t proposed_overhead() const {
        return static_cast<std::int64_t>(std::floor(static_cast<double>(overhead()) * multiplier + 0.5));
    }
    bool is_change() const { return action == "increase" || action == "decrease"; }
};

/// A proposal for the estimator's coefficients. It is only ever a proposal: nothing here changes the estimator.
struct calibration_proposal {
    proposal_options options{};
    accuracy overall{};
    std::vector<calibration_sample> samples{};
    std::vector<proposed_change> changes{}; ///< by category and complexity
    std::vector<std::string> missing{};     ///< what the samples do not represent yet

    bool has_enough_samples() const { return samples.size() >= options.min_samples; }
};

/// Measures samples.
inline accuracy measure(const std::vector<calibration_sample>& samples) {
    std::vector<double> smape, waste;
    double under = 0;
    for (const calibration_sample& s : samples) {
        const auto m = metrics_of(s.estimated, s.actual);
        if (!m) continue;
        smape.push_back(m->smape_percent);
        waste.push_back(m->waste_ratio);
        under += m->underestimated ? 1.0 : 0.0;
    }
    const double rate = smape.empty() ? 0.0 : under / static_cast<double>(smape.size()) * 100.0;
    return {samples.size(),        detail::exact_mean(smape),   detail::median(smape),
            detail::median(waste), detail::ninth_decile(waste), rate};
}

namespace detail {

inline std::string sorting_key(const calibration_sample& s) { return s.category + "\x1f" + s.complexity; }

inline proposed_change judge_group(const std::vector<calibration_sample>& group, const proposal_options& o) {
    const calibration_sample& first = group.front();
    proposed_change c{.category = first.category,
                      .complexity = first.complexity,
                      .measured = measure(group),
                      .current_overhead = calibrated_overhead(first.category, first.complexity)};
    std::vector<double> ratios;
    for (const calibration_sample& s : group) {
        if (s.estimated > 0 && s.actual > 0)
            ratios.push_back(static_cast<double>(s.actual) / static_cast<double>(s.estimated));
    }
    if (ratios.size() < o.min_group_samples) {
        c.action = "collect";
        c.reason = std::to_string(ratios.size()) + " of at least " + std::to_string(o.min_group_samples) + " samples";
        return c;
    }
    c.median_ratio = median(ratios);
    c.confidence = calibration_confidence(ratios);
    if (std::abs(c.median_ratio - 1.0) <= o.tolerance) {
        c.action = "keep";
        c.reason = "the median is within the tolerance";
        return c;
    }
    const double damped = std::sqrt(c.median_ratio);
    c.multiplier = std::clamp(damped, 1.0 - o.largest_change, 1.0 + o.largest_change);
    c.action = c.multiplier > 1.0 ? "increase" : "decrease";
    c.reason =
        c.multiplier == damped ? "the square root of the median ratio" : "limited to the largest change of one round";
    return c;
}

/// What D3 wants to be represented and no sample does.
inline std::vector<std::string> find_missing(const std::vector<calibration_sample>& samples) {
    std::vector<std::string> missing;
    const auto none = [&](auto&& is_it) { return std::none_of(samples.begin(), samples.end(), is_it); };
    for (const char* category : {"implementation", "tests", "docs"}) {
        if (none([&](const auto& s) { return s.category == category; }))
            missing.push_back("category " + std::string(category));
    }
    for (const char* complexity : {"low", "medium", "high"}) {
        if (none([&](const auto& s) { return s.complexity == complexity; }))
            missing.push_back("complexity " + std::string(complexity));
    }
    if (none([](const auto& s) { return s.deliverable_count == 1; })) missing.push_back("phases with 1 file");
    if (none([](const auto& s) { return s.deliverable_count >= 2 && s.deliverable_count <= 5; }))
        missing.push_back("phases with 2 to 5 files");
    return missing;
}

} // namespace detail

/// Makes a proposal from successful, untruncated samples.
inline calibration_proposal propose(std::vector<calibration_sample> samples, const proposal_options& options = {}) {
    calibration_proposal p{.options = options, .overall = measure(samples), .missing = detail::find_missing(samples)};
    std::vector<calibration_sample> sorted = samples;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return detail::sorting_key(a) < detail::sorting_key(b); });
    for (auto begin = sorted.begin(); begin != sorted.end();) {
        const auto end = std::find_if(
            begin, sorted.end(), [&](const auto& s) { return detail::sorting_key(s) != detail::sorting_key(*begin); });
        p.changes.push_back(detail::judge_group({begin, end}, options));
        begin = end;
    }
    p.samples = std::move(samples);
    return p;
}

} // namespace autopack_schema::ops
