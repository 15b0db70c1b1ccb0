// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/sql/detail/expression_operator.hpp>
#include <autopack_schema/sql/detail/same_tree.hpp>

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

// Statements are compared in pieces between the words and marks that divide them: what is an expression as such, the
// rest as tokens.
namespace autopack_schema::sql::detail {

/// Subselects deeper than this are compared as tokens.
inline constexpr int deepest_select = 12;

constexpr bool divides(const token& t) {
    if (t.kind == token_kind::punctuation) return t.text == "," || t.text == ";";
    if (t.kind != token_kind::identifier) return false;
    for (const std::string_view word :
         {"SELECT", "DISTINCT", "ALL",    "FROM",  "WHERE",  "GROUP",     "BY",     "HAVING", "ORDER", "LIMIT", "OFFSET",
          "ON",     "AS",       "UNION",  "EXCEPT", "INTERSECT", "VALUES", "SET",   "INTO",   "ASC",   "DESC",  "JOIN",
          "USING",  "WITH",     "INSERT", "UPDATE", "DELETE", "RETURNING", "DO"}) {
        if (model::same_name(word, t.text)) return true;
    }
    return false;
}

/// Counts the tokens up to the next one that divides and is not inside parentheses.
constexpr std::size_t piece_size(std::span<const token> tokens) {
    int depth = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].is("(")) ++depth;
        if (tokens[i].is(")")) --depth;
        if (depth <= 0 && divides(tokens[i])) return i;
    }
    return tokens.size();
}

constexpr expression_tree parse_piece(std::span<const token> piece, const expression_rules& rules) {
    expression_tree tree;
    tree.tokens.assign(piece.begin(), piece.end());
    const name_scope scope;
    expression_state state{.tree = tree, .scope = scope, .rules = rules, .end = piece.size()};
    const std::uint32_t root = parse_operators(state, power::or_);
    if (state.at_end()) tree.root = root;
    return tree;
}

constexpr bool same_piece(std::span<const token> a, std::span<const token> b, const expression_rules& rules,
                          int depth) {
    if (same_tokens(a, b)) return true;
    if (depth > deepest_select) return false;
    const expression_tree a_tree = parse_piece(a, rules);
    if (!a_tree.understood()) return false;
    const expression_tree b_tree = parse_piece(b, rules);
    return b_tree.understood() && same_tree(a_tree, b_tree, rules, depth + 1);
}

constexpr bool same_segments(std::span<const token> a, std::span<const token> b, const expression_rules& rules,
                             int depth) {
    while (true) {
        const std::size_t a_size = piece_size(a);
        const std::size_t b_size = piece_size(b);
        if (!same_piece(a.first(a_size), b.first(b_size), rules, depth)) return false;
        a = a.subspan(a_size);
        b = b.subspan(b_size);
        if (a.empty() || b.empty()) return a.empty() && b.empty();
        if (!same_token(a.front(), b.front())) return false;
        a = a.subspan(1);
        b = b.subspan(1);
    }
}

} // namespace autopack_schema::sql::detail
