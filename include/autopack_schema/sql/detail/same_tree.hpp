// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/sorted.hpp>
#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/detail/expression_operator.hpp>
#include <autopack_schema/sql/detail/same_tokens.hpp>
#include <autopack_schema/sql/expression_rules.hpp>
#include <autopack_schema/sql/expression_tree.hpp>
#include <autopack_schema/sql/tokenizer.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

// Statements are compared in pieces between the words and marks that divide them: what is an expression as such, the
// rest as tokens.
namespace autopack_schema::sql::detail {

constexpr model::items<token> tokens_of(const expression_tree& tree, const expression_node& node) {
    return model::items<token>(tree.tokens).subspan(node.first_token, node.token_count);
}

constexpr bool same_type_text(std::string_view a, std::string_view b, const expression_rules& rules) {
    if (rules.same_cast != nullptr) return rules.same_cast(a, b);
    return same_tokens(tokenize(a, rules.lexical), tokenize(b, rules.lexical));
}

/// Compares the tokens of two statements; subselects are statements.
constexpr bool same_segments(model::items<token> a, model::items<token> b, const expression_rules& rules,
                             int depth);

/// Compares two nodes without their children.
constexpr bool same_node(const expression_tree& a_tree, const expression_node& a, const expression_tree& b_tree,
                         const expression_node& b, const expression_rules& rules, int depth = 0) {
    if (a.kind != b.kind) return false;
    switch (a.kind) {
    case node_kind::name:
        if (a.qualifier.empty() != b.qualifier.empty()) return false;
        return same_identifier(a.text, b.text) && same_identifier(a.qualifier, b.qualifier);
    case node_kind::number: return same_number(a.value, b.value);
    case node_kind::string: return same_text(a.text, b.text);
    case node_kind::tokens: return same_segments(tokens_of(a_tree, a), tokens_of(b_tree, b), rules, depth);
    case node_kind::cast: return same_type_text(a.text, b.text, rules);
    case node_kind::call: return a.qualifier == b.qualifier && same_identifier(a.text, b.text);
    case node_kind::parameter: return a.text == b.text;
    default: return same_identifier(a.text, b.text);
    }
}

constexpr bool is_literal(const expression_node& node) {
    return node.kind == node_kind::number || node.kind == node_kind::string || node.kind == node_kind::blob ||
           node.kind == node_kind::null;
}

/// A number that literals share which are the same.
constexpr std::uint64_t literal_hash(const expression_node& node) {
    std::uint64_t hash = static_cast<std::uint64_t>(node.kind);
    const auto mix = [&hash](std::uint64_t word) { hash = (hash ^ word) * 0x100000001b3U, hash ^= hash >> 29; };
    if (node.kind == node_kind::number) {
        mix(std::bit_cast<std::uint64_t>(node.value.as_real() + 0.0)); // -0.0 is 0.0
    } else if (node.kind == node_kind::string) {
        for (unquoted reader(node.text); !reader.done();) mix(static_cast<unsigned char>(reader.next()));
    } else {
        mix(model::name_hash(node.text));
    }
    return hash;
}

/// The literals of a list with their numbers, sorted.
using literal_list = model::vector<model::ranked>;

/// shape: empty where something in the list is no literal
constexpr literal_list literals_of(const expression_tree& tree, std::uint32_t list) {
    literal_list all;
    for (std::uint32_t i = tree.nodes[list].first_child; i != no_node; i = tree.nodes[i].next_sibling) {
        if (!is_literal(tree.nodes[i])) return {};
        all.push_back({literal_hash(tree.nodes[i]), i});
    }
    std::sort(all.begin(), all.end());
    return all;
}

/// Tells whether each literal of one list is in the other list.
constexpr bool literals_within(const expression_tree& a_tree, const literal_list& a, const expression_tree& b_tree,
                               const literal_list& b, const expression_rules& rules) {
    for (const auto& [hash, node] : a) {
        bool found = false;
        for (const model::ranked& other : model::find_ranked(b, hash)) {
            found = same_node(a_tree, a_tree.nodes[node], b_tree, b_tree.nodes[other.at], rules);
            if (found) break;
        }
        if (!found) return false;
    }
    return true;
}

/// Two IN lists of literals mean the same in any order.
constexpr bool same_literal_set(const expression_tree& a_tree, std::uint32_t a, const expression_tree& b_tree,
                                std::uint32_t b, const expression_rules& rules) {
    const literal_list left = literals_of(a_tree, a);
    const literal_list right = literals_of(b_tree, b);
    if (left.empty() || right.empty()) return false;
    return literals_within(a_tree, left, b_tree, right, rules) && literals_within(b_tree, right, a_tree, left, rules);
}

/// Compares two trees from the root down; no recursion, so that long chains of operators are no danger.
constexpr bool same_tree(const expression_tree& a_tree, const expression_tree& b_tree, const expression_rules& rules,
                         int depth = 0) {
    struct node_pair {
        std::uint32_t a;
        std::uint32_t b;
    };
    model::vector<node_pair> open;
    open.push_back({a_tree.root, b_tree.root});
    while (!open.empty()) {
        const auto [a, b] = open.back();
        open.pop_back();
        if (!same_node(a_tree, a_tree.nodes[a], b_tree, b_tree.nodes[b], rules, depth)) return false;
        if (a_tree.nodes[a].kind == node_kind::list && same_literal_set(a_tree, a, b_tree, b, rules)) continue;
        std::uint32_t a_child = a_tree.nodes[a].first_child;
        std::uint32_t b_child = b_tree.nodes[b].first_child;
        while (a_child != no_node && b_child != no_node) {
            open.push_back({a_child, b_child});
            a_child = a_tree.nodes[a_child].next_sibling;
            b_child = b_tree.nodes[b_child].next_sibling;
        }
        if (a_child != b_child) return false; // one has more
    }
    return true;
}

/// Subselects deeper than this are compared as tokens.
inline constexpr int deepest_select = 12;

constexpr bool divides(const token& t) {
    if (t.kind == token_kind::punctuation) return t.text == "," || t.text == ";";
    if (t.kind != token_kind::identifier) return false;
    for (const std::string_view word :
         {"SELECT", "DISTINCT", "ALL",   "FROM",  "WHERE",  "GROUP",     "BY",     "HAVING",    "ORDER", "LIMIT",
          "OFFSET", "ON",       "AS",    "UNION", "EXCEPT", "INTERSECT", "VALUES", "SET",       "INTO",  "ASC",
          "DESC",   "JOIN",     "USING", "WITH",  "INSERT", "UPDATE",    "DELETE", "RETURNING", "DO"}) {
        if (model::same_name(word, t.text)) return true;
    }
    return false;
}

/// Counts the tokens up to the next one that divides and is not inside parentheses.
constexpr std::size_t piece_size(model::items<token> tokens) {
    int depth = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].is("(")) ++depth;
        if (tokens[i].is(")")) --depth;
        if (depth <= 0 && divides(tokens[i])) return i;
    }
    return tokens.size();
}

constexpr expression_tree parse_piece(model::items<token> piece, const expression_rules& rules) {
    expression_tree tree;
    tree.tokens = model::vector<token>(piece.begin(), piece.end());
    const name_scope scope;
    expression_state state{
        .tree = tree, .scope = scope, .rules = rules, .operators = parse_operators, .end = piece.size()};
    const std::uint32_t root = parse_operators(state, power::or_);
    if (state.at_end()) tree.root = root;
    return tree;
}

constexpr bool same_piece(model::items<token> a, model::items<token> b, const expression_rules& rules,
                          int depth) {
    if (same_tokens(a, b)) return true;
    if (depth > deepest_select) return false;
    const expression_tree a_tree = parse_piece(a, rules);
    if (!a_tree.understood()) return false;
    const expression_tree b_tree = parse_piece(b, rules);
    return b_tree.understood() && same_tree(a_tree, b_tree, rules, depth + 1);
}

constexpr bool same_segments(model::items<token> a, model::items<token> b, const expression_rules& rules,
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
