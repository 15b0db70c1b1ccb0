// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

namespace autopack_schema::ops {

/// How far an estimation was off.
struct estimation_metrics {
    double smape_percent = 0.0; ///< symmetric: 40.0 for 1200 against 800
    double waste_ratio = 0.0;   ///< predicted / actual: 1.5, not 150
    bool underestimated = false;

    friend bool operator==(const estimation_metrics&, const estimation_metrics&) = default;
};

/// The symmetric error of a prediction in percent, in the order of operations of the original: 200·|p−a|/(|p|+|a|) would
/// differ in the last bit.
inline double smape_percent(std::int64_t predicted, std::int64_t actual) {
    const auto p = static_cast<double>(predicted);
    const auto a = static_cast<double>(actual);
    const double middle = (std::abs(a) + std::abs(p)) / 2;
    return std::abs(a - p) / std::max(1.0, middle) * 100.0;
}

/// The metrics of an estimation.
/// shape: nothing unless both numbers are positive, so (0, 0) has none
inline std::optional<estimation_metrics> metrics_of(std::int64_t predicted, std::int64_t actual) {
    if (predicted <= 0 || actual <= 0) return std::nullopt;
    return estimation_metrics{smape_percent(predicted, actual),
                              static_cast<double>(predicted) / static_cast<double>(actual), actual > predicted};
}

} // namespace autopack_schema::ops
