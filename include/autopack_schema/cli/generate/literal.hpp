// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/lock_file/text.hpp>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace autopack_schema::cli::generate {

namespace detail {

/// One character of a string literal. Octal escapes have at most three digits, so what follows is never part of them.
inline std::string escaped_byte(char c) {
    switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\t': return "\\t";
    case '\r': return "\\r";
    default: break;
    }
    const auto byte = static_cast<unsigned char>(c);
    const auto digit = [byte](unsigned shift) { return static_cast<char>('0' + ((byte >> shift) & 7U)); };
    return std::string{'\\', digit(6), digit(3), digit(0)};
}

inline std::string escaped_literal(std::string_view text) {
    std::string out = "\"";
    while (!text.empty()) {
        const std::size_t length = lock_file::utf8_length(text);
        const auto byte = static_cast<unsigned char>(text.front());
        const bool plain = length > 1 || (length == 1 && byte >= 0x20 && byte != 0x7f && byte != '"' && byte != '\\');
        const std::size_t taken = length > 1 ? length : 1;
        out += plain ? std::string(text.substr(0, taken)) : escaped_byte(text.front());
        text.remove_prefix(taken);
    }
    return out + '"';
}

/// Several lines, or many marks, read better in a raw literal; control characters and other ends of lines cannot be in it.
inline bool wants_raw(std::string_view text) {
    bool marks = false;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\n') || byte == 0x7f) return false;
        marks = marks || c == '\n' || c == '"' || c == '\\';
    }
    return marks && lock_file::is_utf8(text) && text.find(")sql\"") == std::string_view::npos;
}

} // namespace detail

/// A C++ string literal with exactly these bytes; NUL needs its length told.
inline std::string literal(std::string_view text) {
    const bool has_nul = text.find('\0') != std::string_view::npos;
    if (has_nul) return "std::string_view(" + detail::escaped_literal(text) + ", " + std::to_string(text.size()) + ")";
    if (detail::wants_raw(text)) return "R\"sql(" + std::string(text) + ")sql\"";
    return detail::escaped_literal(text);
}

/// An integer literal of a type that holds it.
inline std::string literal(std::int64_t value) {
    if (value == std::numeric_limits<std::int64_t>::min()) return "std::int64_t{-9223372036854775807 - 1}";
    return std::to_string(value);
}

/// The shortest floating point literal that gives the same number back; empty where there is none.
inline std::string literal(double value) {
    if (!std::isfinite(value)) return {};
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
    std::string text(buffer, end.ptr);
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    return text;
}

} // namespace autopack_schema::cli::generate
