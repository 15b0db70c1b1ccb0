// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/sql/expression_rules.hpp>
#include <autopack_schema/sql/expression_tree.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace autopack_schema::sql::detail {

/// Deeper nesting than this is not parsed but compared as tokens, so that no text can exhaust the stack.
inline constexpr int deepest_expression = 200;

/// Where the parser of one expression stands.
struct expression_state {
    expression_tree& tree;
    const name_scope& scope;
    const expression_rules& rules;
    std::uint32_t (*operators)(expression_state&, int least_power); ///< parse_operators, which needs operands first
    std::size_t position = 0;
    std::size_t end = 0; ///< tokens from here on belong to somebody else
    int depth = 0;

    constexpr token peek(std::size_t ahead = 0) const {
        return position + ahead < end ? tree.tokens[position + ahead] : token{};
    }
    constexpr bool at_end() const { return position >= end; }

    constexpr bool accept(std::string_view mark) {
        if (!peek().is(mark)) return false;
        ++position;
        return true;
    }
    constexpr bool accept_word(std::string_view word) {
        if (!peek().is_word(word)) return false;
        ++position;
        return true;
    }

    constexpr bool is_reserved(const token& t) const {
        return t.kind == token_kind::identifier && rules.is_reserved != nullptr && rules.is_reserved(t.text);
    }

    constexpr std::uint32_t add(node_kind kind, std::string_view text = {}) {
        return tree.add({.kind = kind, .text = text});
    }

    /// Adds a node above others; no node if one of them is none.
    constexpr std::uint32_t add_above(node_kind kind, std::string_view text,
                                      std::initializer_list<std::uint32_t> children) {
        for (const std::uint32_t child : children) {
            if (child == no_node) return no_node;
        }
        const std::uint32_t parent = add(kind, text);
        for (const std::uint32_t child : children) tree.append(parent, child);
        return parent;
    }

    /// Tells whether a node gives 0, 1 or NULL and nothing else.
    constexpr bool is_truth_value(std::uint32_t index) const {
        const expression_node& node = tree.nodes[index];
        if (node.kind == node_kind::binary) {
            for (const std::string_view op : {"=", "<", "<=", ">", ">=", "AND", "OR"}) {
                if (node.text == op) return true;
            }
        }
        return node.kind == node_kind::is || node.kind == node_kind::in || node.kind == node_kind::between ||
               node.kind == node_kind::exists;
    }

    /// Negates; NOT NOT x is x where x is a truth value.
    constexpr std::uint32_t add_not(std::uint32_t child) {
        if (child == no_node) return no_node;
        const expression_node& node = tree.nodes[child];
        const bool is_not = node.kind == node_kind::unary && node.text == "NOT";
        if (is_not && is_truth_value(node.first_child)) return node.first_child;
        return add_above(node_kind::unary, "NOT", {child});
    }
    constexpr std::uint32_t negate_if(bool negated, std::uint32_t child) { return negated ? add_not(child) : child; }
};

/// Binding powers, weakest first.
/// source: SQLite 3.40 parse.y
namespace power {
inline constexpr int or_ = 1;
inline constexpr int and_ = 2;
inline constexpr int not_ = 3;
inline constexpr int equality = 4;
inline constexpr int comparison = 5;
inline constexpr int bits = 7;
inline constexpr int sum = 8;
inline constexpr int product = 9;
inline constexpr int concatenation = 10;
inline constexpr int collate = 11;
inline constexpr int sign = 12;
} // namespace power

} // namespace autopack_schema::sql::detail
