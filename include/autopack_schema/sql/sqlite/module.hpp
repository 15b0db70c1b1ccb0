// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/sql/sqlite/expression.hpp>
#include <autopack_schema/sql/statement.hpp>
#include <autopack_schema/sql/tokenizer.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace autopack_schema::sql::sqlite {

namespace detail {

/// The full-text modules take a name or a value with quotes as one without.
constexpr bool strips_quotes(const std::vector<token>& tokens) {
    if (tokens.empty()) return false;
    return tokens[0].is_word("fts5") || tokens[0].is_word("fts4") || tokens[0].is_word("fts3");
}

} // namespace detail

/// Tells whether two virtual tables are made by the same module with the same arguments.
/// source: https://sqlite.org/fts5.html#fts5_table_creation_and_initialization
constexpr bool same_module(std::string_view a, std::string_view b) {
    if (a == b || same_statement(a, b, expressions)) return true;
    const std::vector<token> left = tokenize(a);
    const std::vector<token> right = tokenize(b);
    if (left.size() != right.size() || !detail::strips_quotes(left)) return false;
    for (std::size_t i = 0; i < left.size(); ++i) {
        const bool value = i > 0 && left[i - 1].is("="); // its case can count, a name's does not
        const bool same = value ? same_text(left[i].text, right[i].text) : same_identifier(left[i].text, right[i].text);
        if (!same) return false;
    }
    return true;
}

} // namespace autopack_schema::sql::sqlite
