// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema::db::detail {

constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// ASCII letters in lower case; the rest as it is.
inline std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& character : out) character = lower(character);
    return out;
}

/// Without the white space around it: `DATABASE_URL=$(cat file)` likes to bring a line break.
constexpr std::string_view trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

/// The value of a hexadecimal digit, or -1.
constexpr int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    const char letter = lower(c);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/// Replaces `%41` by `A`. False, when a `%` is not followed by two hexadecimal digits or gives NUL.
inline bool percent_decode(std::string_view text, std::string& out) {
    out.clear();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
        if (high < 0 || low < 0 || high * 16 + low == 0) return false;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return true;
}

/// Writes everything but letters, digits, `-._~` and the characters of `keep` as `%XX`.
inline std::string percent_encode(std::string_view text, std::string_view keep) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char character : text) {
        const auto byte = static_cast<unsigned char>(character);
        const bool plain = is_letter(character) || is_digit(character) || byte >= 0x80 ||
                           std::string_view("-._~").find(character) != std::string_view::npos ||
                           keep.find(character) != std::string_view::npos;
        if (plain) {
            out += character;
        } else {
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 0x0f];
        }
    }
    return out;
}

} // namespace autopack_schema::db::detail
