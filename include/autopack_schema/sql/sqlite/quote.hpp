// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/detail/enclosed.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/model/value.hpp>
#include <autopack_schema/sql/detail/characters.hpp>
#include <autopack_schema/sql/sqlite/keywords.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>

namespace autopack_schema::sql::sqlite {

/// Tells whether a name can stand in SQL without quotes wherever a name can.
constexpr bool is_plain_name(std::string_view name) noexcept {
    if (name.empty() || sql::detail::is_digit(name.front()) || is_reserved(name)) return false;
    for (const char c : name) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        if (!is_plain) return false;
    }
    return true;
}

/// Writes a name, quoted where it has to be.
/// errors: S237 a name with a NUL byte, which SQLite would cut off there
inline std::string identifier(std::string_view name) {
    if (is_plain_name(name)) return std::string(name);
    if (name.find('\0') != std::string_view::npos) {
        throw error({.code = "S237",
                     .what_happened = "the name " + std::string(name) + " contains a NUL byte",
                     .advice = "choose another name"});
    }
    return autopack_schema::detail::enclosed(name, '"');
}

/// Writes bytes as x'…'.
inline std::string blob_literal(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string result = "x'";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        result += digits[byte >> 4U];
        result += digits[byte & 15U];
    }
    return result += '\'';
}

/// Writes a text as a literal; one with a NUL byte as a cast, for SQL ends there.
inline std::string text_literal(std::string_view text) {
    if (text.find('\0') == std::string_view::npos) return autopack_schema::detail::enclosed(text, '\'');
    return "CAST(" + blob_literal(text) + " AS TEXT)";
}

/// Writes the shortest number that reads back as the same double, always as a real; NaN is NULL, as SQLite stores it.
inline std::string real_literal(double value) {
    if (std::isnan(value)) return "NULL";
    if (std::isinf(value)) return value > 0 ? "9e999" : "-9e999";
    std::array<char, 32> buffer{};
    const std::to_chars_result end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    std::string result(buffer.data(), end.ptr);
    if (result.find_first_of(".e") == std::string::npos) result += ".0";
    return result;
}

/// Writes a value that stands behind DEFAULT, or anywhere in an expression.
/// shape: an expression is given as it is, without parentheses
inline std::string literal(const model::default_value& value) {
    switch (value.kind) {
    case model::default_kind::none:
    case model::default_kind::null: return "NULL";
    case model::default_kind::integer: return std::to_string(value.integer);
    case model::default_kind::real: return real_literal(value.real);
    case model::default_kind::text: return text_literal(value.text);
    case model::default_kind::blob: return "x'" + std::string(value.text) + "'";
    case model::default_kind::expression: return std::string(value.text);
    }
    return "NULL";
}

} // namespace autopack_schema::sql::sqlite
