// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace autopack_schema::detail {

/// Writes a text between marks, with each mark in it doubled, as SQL writes names and literals.
inline std::string enclosed(std::string_view text, char mark) {
    std::string result(1, mark);
    for (const char c : text) {
        if (c == mark) result += mark;
        result += c;
    }
    return result += mark;
}

} // namespace autopack_schema::detail
