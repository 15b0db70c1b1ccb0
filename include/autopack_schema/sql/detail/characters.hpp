// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

namespace autopack_schema::sql::detail {

constexpr bool is_space(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == '\v';
}

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

constexpr bool is_hex_digit(char c) noexcept { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

constexpr int hex_value(char c) noexcept {
    if (is_digit(c)) return c - '0';
    return (c >= 'a' ? c - 'a' : c - 'A') + 10;
}

/// Bytes of 0x80 and above are letters, so that UTF-8 names need no quotes.
constexpr bool is_word_start(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

constexpr bool is_word_part(char c) noexcept { return is_word_start(c) || is_digit(c) || c == '$'; }

/// The character at a place; NUL behind the end, which no caller takes for part of a token.
constexpr char at(std::string_view text, std::size_t index) noexcept {
    return index < text.size() ? text[index] : '\0';
}

} // namespace autopack_schema::sql::detail
