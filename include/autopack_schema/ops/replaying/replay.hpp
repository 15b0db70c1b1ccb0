// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/statistics.hpp>
#include <autopack_schema/ops/telemetry/from_database.hpp>
#include <autopack_schema/ops/telemetry/record.hpp>
#include <autopack_schema/ops/token_estimator.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// An estimation that is made again.
struct replay_sample {
    std::string phase_id{};
    std::string category{};
    std::string complexity{};
    std::vector<std::string> deliverables{};
    std::int64_t predicted = 0; ///< then
    std::int64_t actual = 0;
    bool synthetic = false; ///< the deliverables were not kept: made-up paths, as many as there were
};

/// What the estimator of today says to a sample.
struct replayed {
    replay_sample sample{};
    std::int64_t predicted = 0;    ///< now
    bool default_overhead = false; ///< no calibrated overhead for its category and complexity

    double old_smape() const { return replay_smape(sample.predicted, sample.actual); }
    double new_smape() const { return replay_smape(predicted, sample.actual); }

    /// The symmetric error: 0 of (0, 0) and 200 where one of them is 0, unlike `metrics_of`.
    static double replay_smape(std::int64_t predicted, std::int64_t actual) {
        if (predicted == 0 && actual == 0) return 0.0;
        const auto p = static_cast<double>(predicted);
        const auto a = static_cast<double>(actual);
        return std::abs(p - a) / ((std::abs(p) + std::abs(a)) / 2) * 100.0;
    }
};

namespace detail {

inline std::vector<std::string> synthetic_deliverables(std::int64_t count) {
    std::vector<std::string> made;
    for (std::int64_t i = 0; i < count; ++i) made.push_back("src/file" + std::to_string(i) + ".py");
    return made;
}

} // namespace detail

/// The sample of an event; made-up deliverables where it has none.
inline replay_sample sample_of(const telemetry_event& e) {
    replay_sample s{e.phase_id,  e.category, e.complexity, deliverables_from_text(e.deliverables_json),
                    e.predicted, e.actual};
    if (s.deliverables.empty() && e.deliverable_count > 0) {
        s.deliverables = detail::synthetic_deliverables(e.deliverable_count);
        s.synthetic = true;
    }
    return s;
}

/// The sample of a line of a log, which never has deliverables.
inline replay_sample sample_of(const telemetry_record& r) {
    return {r.source + ":" + std::to_string(r.line),
            r.category,
            r.complexity,
            detail::synthetic_deliverables(r.deliverables),
            r.predicted,
            r.actual,
            r.deliverables > 0};
}

/// Estimates samples again.
inline std::vector<replayed> replay(const token_estimator& estimator, std::vector<replay_sample> samples) {
    std::vector<replayed> result;
    for (replay_sample& s : samples) {
        const token_estimate e =
            estimator.estimate({.deliverables = s.deliverables, .category = s.category, .complexity = s.complexity});
        const bool by_model = e.category == "doc_sot_update" || e.category == "doc_synthesis" || s.deliverables.empty();
        result.push_back(
            {std::move(s), e.estimated_tokens, !by_model && !calibrated_overhead(e.category, e.complexity)});
    }
    return result;
}

/// How the estimator of then and the one of today compare.
struct replay_summary {
    double old_smape = 0.0; ///< mean
    double new_smape = 0.0;
    double old_underestimated = 0.0; ///< percent of all
    double new_underestimated = 0.0;
    double old_waste = 0.0; ///< upper median of predicted / actual, where actual is not 0
    double new_waste = 0.0;
    std::size_t with_actual = 0;
};

/// Sums up a replay.
inline replay_summary summarize(const std::vector<replayed>& all) {
    std::vector<double> old_smape, new_smape, old_under, new_under, old_waste, new_waste;
    for (const replayed& r : all) {
        old_smape.push_back(r.old_smape());
        new_smape.push_back(r.new_smape());
        old_under.push_back(r.sample.actual > r.sample.predicted ? 1.0 : 0.0);
        new_under.push_back(r.sample.actual > r.predicted ? 1.0 : 0.0);
        if (r.sample.actual == 0) continue;
        old_waste.push_back(static_cast<double>(r.sample.predicted) / static_cast<double>(r.sample.actual));
        new_waste.push_back(static_cast<double>(r.predicted) / static_cast<double>(r.sample.actual));
    }
    return {detail::average(old_smape),
            detail::average(new_smape),
            detail::average(old_under) * 100.0,
            detail::average(new_under) * 100.0,
            detail::upper_median(old_waste),
            detail::upper_median(new_waste),
            old_waste.size()};
}

} // namespace autopack_schema::ops
