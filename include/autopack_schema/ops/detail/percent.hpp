// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <string>

namespace autopack_schema::ops::detail {

/// A share with one decimal: "85.5%"; "0.0%" of nothing.
inline std::string percent_of(std::int64_t part, std::int64_t whole) {
    std::array<char, 32> text{};
    const double share = whole == 0 ? 0.0 : static_cast<double>(part) * 100.0 / static_cast<double>(whole);
    std::snprintf(text.data(), text.size(), "%.1f%%", share);
    return text.data();
}

} // namespace autopack_schema::ops::detail
