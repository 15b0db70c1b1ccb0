// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/detail/scan.hpp>
#include <autopack_schema/sql/lexical_rules.hpp>
#include <autopack_schema/sql/token.hpp>

#include <cstddef>
#include <string_view>

namespace autopack_schema::sql {

namespace detail {

constexpr measured scan_mark_or_parameter(std::string_view text, const lexical_rules& rules) {
    const char c = text[0];
    if (c == '?' && rules.word_parameters) return {token_kind::parameter, skip_digits(text, 1, is_digit)};
    if (rules.dollar_strings && c == '$') return scan_dollar(text);
    if (rules.word_parameters && (c == '$' || c == '@' || c == ':' || c == '#')) return scan_word_parameter(text);
    return scan_operator(text, rules);
}

constexpr measured scan_wordlike(std::string_view text, const lexical_rules& rules) {
    const char next = at(text, 1);
    if (next == '\'') {
        if (model::fold(text[0]) == 'x') return scan_blob(text);
        if (rules.escape_strings && model::fold(text[0]) == 'e') {
            const measured quoted = scan_quoted(text.substr(1), '\'', token_kind::string, true);
            return {quoted.kind, quoted.size + 1};
        }
    }
    if (text.starts_with("\xEF\xBB\xBF")) return {token_kind::space, 3}; // byte order mark
    return scan_word(text);
}

/// Measures the token that a text, not empty, begins with.
constexpr measured scan(std::string_view text, const lexical_rules& rules) {
    const char c = text[0];
    const char next = at(text, 1);
    if (is_space(c)) return scan_space(text);
    if (is_word_start(c)) return scan_wordlike(text, rules);
    if (is_digit(c) || (c == '.' && is_digit(next))) return scan_number(text);
    if (c == '\'') return scan_quoted(text, c, token_kind::string);
    if (c == '"' || (c == '`' && rules.backtick_identifiers)) {
        return scan_quoted(text, c, token_kind::quoted_identifier);
    }
    if (c == '[' && rules.bracket_identifiers) return scan_bracketed(text);
    if (c == '-' && next == '-') return scan_line_comment(text);
    if (c == '/' && next == '*' && text.size() > 2) return scan_block_comment(text, rules.nested_comments);
    return scan_mark_or_parameter(text, rules);
}

} // namespace detail

/// Cuts a text into tokens, one after the other; it accepts any bytes.
/// shape: the tokens are views into the text; put together they are the text
class tokenizer {
public:
    constexpr explicit tokenizer(std::string_view text, lexical_rules rules = sqlite_lexical_rules) noexcept
        : text_(text), rules_(rules) {}

    /// Gives the next token, space and comments too; `end` forever behind the last one.
    constexpr token next() {
        if (offset_ >= text_.size()) return {token_kind::end, text_.substr(text_.size()), text_.size()};
        const detail::measured found = detail::scan(text_.substr(offset_), rules_);
        const token result{found.kind, text_.substr(offset_, found.size), offset_};
        offset_ += found.size;
        return result;
    }

    /// Gives the next token that is neither space nor comment.
    constexpr token next_significant() {
        token result = next();
        while (result.is_trivia()) result = next();
        return result;
    }

private:
    std::string_view text_;
    lexical_rules rules_;
    std::size_t offset_ = 0;
};

/// Cuts a text into tokens without space and comments.
constexpr model::vector<token> tokenize(std::string_view text, lexical_rules rules = sqlite_lexical_rules) {
    model::vector<token> tokens;
    tokenizer source(text, rules);
    for (token t = source.next_significant(); t.kind != token_kind::end; t = source.next_significant()) {
        tokens.push_back(t);
    }
    return tokens;
}

/// Where an offset lies in a text.
struct text_position {
    std::size_t line = 1;
    std::size_t column = 1; ///< in bytes

    friend constexpr bool operator==(const text_position&, const text_position&) = default;
};

/// Counts lines and columns, from 1.
constexpr text_position position_of(std::string_view text, std::size_t offset) {
    text_position position;
    for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
        if (text[i] == '\n') {
            ++position.line;
            position.column = 1;
        } else {
            ++position.column;
        }
    }
    return position;
}

} // namespace autopack_schema::sql
