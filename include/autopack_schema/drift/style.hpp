// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/severity.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema::drift {

/// How a text report looks.
struct style {
    bool color = false;      ///< ANSI escape sequences
    std::size_t width = 100; ///< of a line, as far as names allow
    bool advice = true;      ///< say what a finding means and how to put it right
};

namespace detail {

inline constexpr std::string_view bold = "1";
inline constexpr std::string_view dim = "2";
inline constexpr std::string_view added = "32";
inline constexpr std::string_view removed = "31";

inline std::string_view color_of(severity level) {
    constexpr std::array<std::string_view, 5> colors{"2", "34", "36", "33", "1;31"};
    return colors[static_cast<std::size_t>(level)];
}

/// A text in a colour, where colours are wanted.
inline std::string painted(const style& s, std::string_view color, std::string_view text) {
    if (!s.color || text.empty()) return std::string(text);
    return "\x1b[" + std::string(color) + 'm' + std::string(text) + "\x1b[0m";
}

} // namespace detail

} // namespace autopack_schema::drift
