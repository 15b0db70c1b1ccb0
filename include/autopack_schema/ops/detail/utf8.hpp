// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace autopack_schema::ops::detail {

/// One character of a UTF-8 text and the bytes that it takes.
struct code_point {
    std::uint32_t value = 0;
    std::size_t size = 0;
};

inline constexpr std::uint32_t replacement_character = 0xFFFD;

/// The character at the front of a text that is not empty; a byte that begins none is U+FFFD by itself.
constexpr code_point first_code_point(std::string_view text) {
    const auto byte = [text](std::size_t i) -> std::uint32_t {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const std::uint32_t lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t size = lead >= 0xC2 && lead < 0xE0   ? 2U
                             : (lead & 0xF0U) == 0xE0      ? 3U
                             : lead >= 0xF0 && lead < 0xF5 ? 4U
                                                           : 0U;
    if (size == 0) return {replacement_character, 1};
    std::uint32_t value = lead & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0U) != 0x80) return {replacement_character, 1};
        value = (value << 6U) | (byte(i) & 0x3FU);
    }
    const bool too_long = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
    const bool surrogate = value >= 0xD800 && value < 0xE000;
    if (too_long || surrogate || value > 0x10FFFF) return {replacement_character, 1};
    return {value, size};
}

/// How many characters a text has.
constexpr std::size_t count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count) text.remove_prefix(first_code_point(text).size);
    return count;
}

/// The first characters of a text: all of it where it has no more.
constexpr std::string_view first_code_points(std::string_view text, std::size_t count) {
    std::size_t size = 0;
    for (; count > 0 && size < text.size(); --count) size += first_code_point(text.substr(size)).size;
    return text.substr(0, size);
}

} // namespace autopack_schema::ops::detail
