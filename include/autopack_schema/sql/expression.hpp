// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/sql/detail/expression_operator.hpp>
#include <autopack_schema/sql/detail/same_tree.hpp>
#include <autopack_schema/sql/expression_rules.hpp>
#include <autopack_schema/sql/expression_tree.hpp>
#include <autopack_schema/sql/tokenizer.hpp>

#include <string_view>

namespace autopack_schema::sql {

/// Takes an expression apart: operators by their precedence, names by their scope, literals by their value.
/// shape: accepts any bytes; what it does not understand has its tokens and no root
constexpr expression_tree parse_expression(std::string_view text, const expression_rules& rules,
                                           const name_scope& scope = {}) {
    expression_tree tree;
    tree.tokens = tokenize(text, rules.lexical);
    detail::expression_state state{
        .tree = tree, .scope = scope, .rules = rules, .operators = detail::parse_operators, .end = tree.tokens.size()};
    const std::uint32_t root = detail::parse_operators(state, detail::power::or_);
    if (state.at_end()) tree.root = root;
    return tree;
}

/// Tells whether two expressions mean the same, each in its scope.
/// shape: case, space, comments, quotes, redundant parentheses and other spellings of an operator or a number make no
///        difference; the order of operands does (but for the literals of an IN list)
constexpr bool same_expression(std::string_view a, const name_scope& a_scope, std::string_view b,
                               const name_scope& b_scope, const expression_rules& rules) {
    const expression_tree a_tree = parse_expression(a, rules, a_scope);
    const expression_tree b_tree = parse_expression(b, rules, b_scope);
    if (a_tree.understood() && b_tree.understood()) return detail::same_tree(a_tree, b_tree, rules);
    return detail::same_tokens_in(a_tree.tokens, a_scope, b_tree.tokens, b_scope, rules);
}

/// The same without a scope: every name is a column.
constexpr bool same_expression(std::string_view a, std::string_view b, const expression_rules& rules) {
    return same_expression(a, {}, b, {}, rules);
}

} // namespace autopack_schema::sql
