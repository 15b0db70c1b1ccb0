// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace autopack_schema::ops::detail {

/// The sum, added in order in double precision: bit for bit what the original adds up.
inline double sum(const std::vector<double>& values) {
    double total = 0.0;
    for (const double v : values) total += v;
    return total;
}

/// The mean by `sum`; 0 of nothing.
inline double average(const std::vector<double>& values) {
    return values.empty() ? 0.0 : sum(values) / static_cast<double>(values.size());
}

/// The mean with an error far below half a unit in the last place; 0 of nothing.
inline double exact_mean(const std::vector<double>& values) {
    if (values.empty()) return 0.0;
    long double total = 0.0L;
    long double lost = 0.0L;
    for (const double value : values) {
        const long double v = value;
        const long double next = total + v;
        lost += std::abs(total) >= std::abs(v) ? (total - next) + v : (v - next) + total;
        total = next;
    }
    return static_cast<double>((total + lost) / static_cast<long double>(values.size()));
}

inline std::vector<double> sorted(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values;
}

/// The middle value, of an even number of them the upper one; 0 of nothing.
inline double upper_median(const std::vector<double>& values) {
    return values.empty() ? 0.0 : sorted(values)[values.size() / 2];
}

/// The middle value, of an even number of them the mean of the two; 0 of nothing.
inline double median(const std::vector<double>& values) {
    if (values.empty()) return 0.0;
    const std::vector<double> s = sorted(values);
    const std::size_t half = s.size() / 2;
    return s.size() % 2 == 1 ? s[half] : (s[half - 1] + s[half]) / 2.0;
}

/// The value at a share of the sorted list, cut to a place in it: int(share * n).
inline double at_share(const std::vector<double>& values, double share) {
    if (values.empty()) return 0.0;
    const auto place = static_cast<std::size_t>(static_cast<double>(values.size()) * share);
    return sorted(values)[std::min(place, values.size() - 1)];
}

/// The ninth decile by the exclusive method: position 0.9 * (n + 1), linear between neighbours; of fewer than ten
/// values the largest.
inline double ninth_decile(const std::vector<double>& values) {
    if (values.empty()) return 0.0;
    const std::vector<double> s = sorted(values);
    if (s.size() < 10) return s.back();
    const std::size_t scaled = 9 * (s.size() + 1);
    const std::size_t place = std::clamp<std::size_t>(scaled / 10, 1, s.size() - 1);
    const auto weight = static_cast<double>(scaled - place * 10);
    return (s[place - 1] * (10.0 - weight) + s[place] * weight) / 10.0;
}

/// The standard deviation of a whole population; 0 of fewer than two.
inline double population_deviation(const std::vector<double>& values) {
    if (values.size() < 2) return 0.0;
    const double mean = average(values);
    double squares = 0.0;
    for (const double v : values) squares += (v - mean) * (v - mean);
    return std::sqrt(squares / static_cast<double>(values.size()));
}

} // namespace autopack_schema::ops::detail
