// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/sql/detail/characters.hpp>
#include <autopack_schema/sql/lexical_rules.hpp>
#include <autopack_schema/sql/token.hpp>

#include <array>
#include <cstddef>
#include <string_view>

// Each function measures the token that a text begins with; what it returns is at least 1 and at most the text.
namespace autopack_schema::sql::detail {

struct measured {
    token_kind kind = token_kind::invalid;
    std::size_t size = 1;
};

constexpr measured scan_space(std::string_view text) {
    std::size_t i = 1;
    while (i < text.size() && is_space(text[i])) ++i;
    return {token_kind::space, i};
}

constexpr measured scan_line_comment(std::string_view text) {
    return {token_kind::comment, text.substr(0, text.find('\n')).size()};
}

constexpr measured scan_block_comment(std::string_view text, bool nested) {
    std::size_t depth = 1;
    std::size_t i = 2;
    while (i < text.size() && depth != 0) {
        if (text[i] == '*' && at(text, i + 1) == '/') {
            --depth;
            i += 2;
        } else if (nested && text[i] == '/' && at(text, i + 1) == '*') {
            ++depth;
            i += 2;
        } else {
            ++i;
        }
    }
    return {token_kind::comment, i};
}

/// A quote ends at its closing mark; two of them stand for one.
constexpr measured scan_quoted(std::string_view text, char mark, token_kind kind, bool backslash = false) {
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (backslash && text[i] == '\\') {
            ++i;
        } else if (text[i] == mark) {
            if (at(text, i + 1) != mark) return {kind, i + 1};
            ++i;
        }
    }
    return {token_kind::invalid, text.size()};
}

constexpr measured scan_bracketed(std::string_view text) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return {token_kind::invalid, text.size()};
    return {token_kind::quoted_identifier, close + 1};
}

constexpr measured scan_blob(std::string_view text) {
    std::size_t i = 2;
    while (i < text.size() && is_hex_digit(text[i])) ++i;
    if (at(text, i) == '\'' && i % 2 == 0) return {token_kind::blob, i + 1};
    while (i < text.size() && text[i] != '\'') ++i;
    return {token_kind::invalid, i < text.size() ? i + 1 : i};
}

/// Counts digits; single underscores between them belong to the number (SQLite 3.46, PostgreSQL 16).
constexpr std::size_t skip_digits(std::string_view text, std::size_t i, bool (*is_part)(char) noexcept) {
    while (i < text.size()) {
        if (is_part(text[i])) {
            ++i;
        } else if (text[i] == '_' && i != 0 && is_part(text[i - 1]) && is_part(at(text, i + 1))) {
            i += 2;
        } else {
            break;
        }
    }
    return i;
}

constexpr measured scan_number(std::string_view text) {
    std::size_t i = 0;
    token_kind kind = token_kind::integer;
    if (text[0] == '0' && model::fold(at(text, 1)) == 'x' && is_hex_digit(at(text, 2))) {
        i = skip_digits(text, 2, is_hex_digit);
    } else {
        i = skip_digits(text, 0, is_digit);
        if (at(text, i) == '.') {
            kind = token_kind::real;
            i = skip_digits(text, i + 1, is_digit);
        }
        const std::size_t sign = at(text, i + 1) == '+' || at(text, i + 1) == '-' ? 1 : 0;
        if (model::fold(at(text, i)) == 'e' && is_digit(at(text, i + 1 + sign))) {
            kind = token_kind::real;
            i = skip_digits(text, i + 1 + sign, is_digit);
        }
    }
    while (i < text.size() && is_word_part(text[i])) {
        kind = token_kind::invalid;
        ++i;
    }
    return {kind, i};
}

constexpr measured scan_word(std::string_view text) {
    std::size_t i = 1;
    while (i < text.size() && is_word_part(text[i])) ++i;
    return {token_kind::identifier, i};
}

/// `$name::part(suffix)` and the like; the mark alone is no parameter.
constexpr measured scan_word_parameter(std::string_view text) {
    std::size_t i = 1;
    std::size_t letters = 0;
    while (i < text.size()) {
        if (is_word_part(text[i])) {
            ++letters;
            ++i;
        } else if (text[i] == '(' && letters > 0) {
            while (i < text.size() && !is_space(text[i]) && text[i] != ')') ++i;
            if (at(text, i) != ')') return {token_kind::invalid, i};
            ++i;
            break;
        } else if (text[i] == ':' && at(text, i + 1) == ':') {
            i += 2;
        } else {
            break;
        }
    }
    return {letters > 0 ? token_kind::parameter : token_kind::invalid, i};
}

/// `$1`, or a string between `$tag$` and the same `$tag$` (PostgreSQL).
constexpr measured scan_dollar(std::string_view text) {
    if (is_digit(at(text, 1))) return {token_kind::parameter, skip_digits(text, 1, is_digit)};
    std::size_t i = 1;
    while (i < text.size() && text[i] != '$' && is_word_part(text[i])) ++i;
    if (at(text, i) != '$') return {token_kind::invalid, 1};
    const std::string_view tag = text.substr(0, i + 1);
    const std::size_t close = text.find(tag, i + 1);
    if (close == std::string_view::npos) return {token_kind::invalid, text.size()};
    return {token_kind::string, close + tag.size()};
}

inline constexpr std::array<std::string_view, 12> sqlite_operators{
    "->>", "->", "||", "<<", ">>", "<=", ">=", "<>", "!=", "==", "=", "<"};
inline constexpr std::string_view single_marks = "()[],;.+-*/%&|~<>=!^#@?:";

constexpr measured scan_operator(std::string_view text, const lexical_rules& rules) {
    if (rules.any_operator) {
        constexpr std::string_view parts = "+-*/<>=~!@#%^&|`?";
        if (text.starts_with("::")) return {token_kind::punctuation, 2};
        std::size_t i = 0;
        while (i < text.size() && parts.find(text[i]) != std::string_view::npos) {
            if (i != 0 && (text.substr(i).starts_with("--") || text.substr(i).starts_with("/*"))) break;
            ++i;
        }
        if (i != 0) return {token_kind::punctuation, i};
    } else {
        for (const std::string_view op : sqlite_operators) {
            if (text.starts_with(op)) return {token_kind::punctuation, op.size()};
        }
    }
    const bool known = single_marks.find(text[0]) != std::string_view::npos;
    return {known ? token_kind::punctuation : token_kind::invalid, 1};
}

} // namespace autopack_schema::sql::detail
