// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/detail/same_tree.hpp>
#include <autopack_schema/sql/expression_rules.hpp>
#include <autopack_schema/sql/tokenizer.hpp>

#include <string_view>

namespace autopack_schema::sql {

/// Tells whether two statements, or parts of them, say the same.
/// shape: case outside literals, space, comments, quotes of names and redundant parentheses round expressions make no
///        difference, nor does a semicolon at the end; everything else does
constexpr bool same_statement(std::string_view a, std::string_view b, const expression_rules& rules) {
    model::vector<token> a_tokens = tokenize(a, rules.lexical);
    model::vector<token> b_tokens = tokenize(b, rules.lexical);
    while (!a_tokens.empty() && a_tokens.back().is(";")) a_tokens.pop_back();
    while (!b_tokens.empty() && b_tokens.back().is(";")) b_tokens.pop_back();
    return detail::same_segments(a_tokens, b_tokens, rules, 0);
}

} // namespace autopack_schema::sql
