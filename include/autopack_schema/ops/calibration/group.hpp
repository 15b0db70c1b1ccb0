// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/calibration/sample.hpp>
#include <autopack_schema/ops/detail/statistics.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// What the samples of one category and complexity say.
struct calibration_group {
    std::string category{};
    std::string complexity{};
    std::size_t sample_count = 0;
    double avg_actual = 0.0;
    double avg_estimated = 0.0;
    double avg_ratio = 0.0;    ///< actual / estimated, over the samples
    double median_ratio = 0.0; ///< of an even number the upper one
    double min_ratio = 0.0;
    double max_ratio = 0.0;
    double confidence = 0.0; ///< 0 to 1: more samples and less spread are better
    double proposed_multiplier = 0.0;
    double median_budget_waste = 0.0; ///< ceiling / actual
    double p90_budget_waste = 0.0;
    double avg_selected_budget = 0.0;
};

/// A group with too few samples.
struct sparse_group {
    std::string category{};
    std::string complexity{};
    std::size_t sample_count = 0;
};

/// How sure a group's median is.
inline double calibration_confidence(const std::vector<double>& ratios) {
    const double size = std::min(1.0, static_cast<double>(ratios.size()) / 12.0);
    return 0.6 * size + 0.4 * (1.0 / (1.0 + detail::population_deviation(ratios)));
}

/// By how much the ceiling of a call was above what it wrote: the provider's ceiling where it is known and not 0, else the
/// estimator's budget.
inline double budget_waste(const calibration_sample& s) {
    const std::int64_t ceiling = s.actual_max_tokens.value_or(0) != 0 ? *s.actual_max_tokens : s.selected_budget;
    return s.actual <= 0 ? 0.0 : static_cast<double>(ceiling) / static_cast<double>(s.actual);
}

/// Sums up the samples of one group; they must not be empty.
inline calibration_group calibrate_group(const std::vector<calibration_sample>& samples) {
    std::vector<double> actual, estimated, ratios, wastes, budgets;
    for (const calibration_sample& s : samples) {
        actual.push_back(static_cast<double>(s.actual));
        estimated.push_back(static_cast<double>(s.estimated));
        ratios.push_back(s.estimated <= 0 ? 0.0 : actual.back() / estimated.back());
        wastes.push_back(budget_waste(s));
        budgets.push_back(static_cast<double>(s.selected_budget));
    }
    const auto [least, most] = std::minmax_element(ratios.begin(), ratios.end());
    calibration_group g{
        .category = samples.front().category, .complexity = samples.front().complexity, .sample_count = samples.size()};
    g.avg_actual = detail::average(actual);
    g.avg_estimated = detail::average(estimated);
    g.avg_ratio = detail::average(ratios);
    g.median_ratio = detail::upper_median(ratios);
    g.min_ratio = *least;
    g.max_ratio = *most;
    g.confidence = calibration_confidence(ratios);
    g.proposed_multiplier = g.median_ratio;
    g.median_budget_waste = detail::upper_median(wastes);
    g.p90_budget_waste = detail::at_share(wastes, 0.9);
    g.avg_selected_budget = detail::average(budgets);
    return g;
}

/// All of a calibration.
struct calibration {
    std::vector<calibration_group> groups{}; ///< in the order in which they appear first
    std::vector<sparse_group> below_threshold{};
    ceiling_coverage coverage{};

    /// Samples in groups that are large enough.
    std::size_t sample_count() const {
        std::size_t count = 0;
        for (const calibration_group& g : groups) count += g.sample_count;
        return count;
    }
};

/// Groups samples by category and complexity and sums up the groups that are large enough.
inline calibration calibrate(const std::vector<calibration_sample>& samples, std::size_t min_samples = 5) {
    std::vector<std::vector<calibration_sample>> groups;
    for (const calibration_sample& s : samples) {
        const auto found = std::find_if(groups.begin(), groups.end(), [&](const auto& g) {
            return g.front().category == s.category && g.front().complexity == s.complexity;
        });
        if (found == groups.end())
            groups.push_back({s});
        else
            found->push_back(s);
    }
    calibration result{.coverage = coverage_of(samples)};
    for (const auto& g : groups) {
        if (g.size() >= min_samples)
            result.groups.push_back(calibrate_group(g));
        else
            result.below_threshold.push_back({g.front().category, g.front().complexity, g.size()});
    }
    return result;
}

} // namespace autopack_schema::ops
