// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/statistics.hpp>
#include <autopack_schema/ops/telemetry/record.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// How many of some.
struct rate {
    std::size_t count = 0;
    std::size_t of = 0;

    /// 0 of nothing.
    double percent() const { return of == 0 ? 0.0 : static_cast<double>(count) / static_cast<double>(of) * 100.0; }
};

/// What decides whether the estimator must be tuned.
struct risk_metrics {
    rate underestimation{}; ///< of all records
    rate truncation{};      ///< of those that say it
    rate success{};
    double under_multiplier = 1.0;

    /// More than 5 % underestimated or more than 2 % truncated.
    bool needs_tuning() const { return underestimation.percent() > 5.0 || truncation.percent() > 2.0; }
};

/// Median, mean and more of some numbers.
struct spread {
    double mean = 0.0;
    double median = 0.0;
    double min = 0.0;
    double max = 0.0;
    double p90 = 0.0;
};

/// What estimations cost, and how far they were off.
struct telemetry_metrics {
    risk_metrics risk{};
    spread waste{}; ///< predicted / actual, where actual is not 0
    spread smape{}; ///< of records that were not truncated
    spread predicted{};
    spread actual{};
    std::size_t non_truncated = 0;
    std::size_t truncated = 0;
    double truncated_predicted_mean = 0.0;
    double truncated_actual_mean = 0.0; ///< a lower bound
    rate truncated_underestimation{};
};

namespace detail {

inline spread spread_of(const std::vector<double>& values) {
    if (values.empty()) return {};
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    return {exact_mean(values), median(values), *least, *most, ninth_decile(values)};
}

/// A multiplier that is no positive number counts as 1.
inline double usable_multiplier(double given) { return std::isfinite(given) && given > 0.0 ? given : 1.0; }

inline bool is_underestimated(const telemetry_record& r, double multiplier) {
    return static_cast<double>(r.actual) > static_cast<double>(r.predicted) * multiplier;
}

} // namespace detail

/// Counts the risks of some records.
inline risk_metrics risk_of(const std::vector<telemetry_record>& records, double under_multiplier = 1.0) {
    risk_metrics m{.under_multiplier = detail::usable_multiplier(under_multiplier)};
    for (const telemetry_record& r : records) {
        ++m.underestimation.of;
        m.underestimation.count += detail::is_underestimated(r, m.under_multiplier) ? 1U : 0U;
        if (!r.is_v2) continue;
        ++m.truncation.of;
        ++m.success.of;
        m.truncation.count += r.is_truncated() ? 1U : 0U;
        m.success.count += r.is_successful() ? 1U : 0U;
    }
    return m;
}

/// Computes all metrics of some records.
/// shape: errors and distributions over the records that were not truncated: of the others only a lower bound is known
inline telemetry_metrics metrics_of(const std::vector<telemetry_record>& records, double under_multiplier = 1.0) {
    telemetry_metrics m{.risk = risk_of(records, under_multiplier)};
    std::vector<double> waste, smape, predicted, actual, cut_predicted, cut_actual;
    for (const telemetry_record& r : records) {
        const auto p = static_cast<double>(r.predicted);
        const auto a = static_cast<double>(r.actual);
        if (r.actual != 0) waste.push_back(p / a);
        if (r.is_truncated()) {
            cut_predicted.push_back(p);
            cut_actual.push_back(a);
            m.truncated_underestimation.count += detail::is_underestimated(r, m.risk.under_multiplier) ? 1U : 0U;
        } else {
            smape.push_back(r.error_percent);
            predicted.push_back(p);
            actual.push_back(a);
        }
    }
    m.waste = detail::spread_of(waste);
    m.smape = detail::spread_of(smape);
    m.predicted = detail::spread_of(predicted);
    m.actual = detail::spread_of(actual);
    m.non_truncated = smape.size();
    m.truncated = m.truncated_underestimation.of = cut_actual.size();
    m.truncated_predicted_mean = detail::exact_mean(cut_predicted);
    m.truncated_actual_mean = detail::exact_mean(cut_actual);
    return m;
}

/// Records that have something in common.
struct stratum {
    std::string name{};
    std::vector<telemetry_record> records{};
};

/// The bin of a number of deliverables: "1" (none too), "2-5", "6+".
inline std::string deliverable_bin(std::int64_t count) { return count <= 1 ? "1" : count <= 5 ? "2-5" : "6+"; }

/// Divides the records that say more than two numbers by what `name_of` gives; sorted by name.
template <class NameOf>
std::vector<stratum> stratify(const std::vector<telemetry_record>& records, NameOf&& name_of) {
    std::vector<stratum> strata;
    for (const telemetry_record& r : records) {
        if (!r.is_v2) continue;
        const std::string name = name_of(r);
        const auto place = std::lower_bound(strata.begin(), strata.end(), name,
                                            [](const auto& s, const auto& n) { return s.name < n; });
        if (place != strata.end() && place->name == name)
            place->records.push_back(r);
        else
            strata.insert(place, stratum{name, {r}});
    }
    return strata;
}

} // namespace autopack_schema::ops
