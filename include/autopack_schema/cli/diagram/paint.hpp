// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/severity.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace autopack_schema::cli::diagram {

/// How a part of a diagram is coloured: not at all, or by the severity of the worst drift in it.
enum class paint : std::uint8_t { none, cosmetic, extra, performance, semantic, breaking };

/// The paint of a severity.
constexpr paint paint_of(drift::severity level) noexcept {
    return static_cast<paint>(static_cast<std::uint8_t>(level) + 1);
}

/// "breaking"; empty for no paint.
constexpr std::string_view name_of(paint p) noexcept {
    return p == paint::none ? std::string_view()
                            : drift::name_of(static_cast<drift::severity>(static_cast<int>(p) - 1));
}

/// Background of a part; light enough for black text on it.
constexpr std::string_view fill_of(paint p) noexcept {
    constexpr std::array<std::string_view, 6> fills{"#ffffff", "#eceff1", "#d9f2dd", "#d6e9ff", "#ffe9b8", "#ffd0cc"};
    return fills[static_cast<std::size_t>(p)];
}

/// Border of a part, and the colour of its mark in a legend.
constexpr std::string_view stroke_of(paint p) noexcept {
    constexpr std::array<std::string_view, 6> strokes{"#5b6b7b", "#90a4ae", "#3a9d4b", "#2f74c0", "#c98a00", "#c62f22"};
    return strokes[static_cast<std::size_t>(p)];
}

} // namespace autopack_schema::cli::diagram
