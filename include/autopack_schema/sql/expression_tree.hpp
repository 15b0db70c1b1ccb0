// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/detail/number.hpp>
#include <autopack_schema/sql/token.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace autopack_schema::sql {

/// What a node of an expression is.
enum class node_kind : std::uint8_t {
    name,   ///< `text`, with `qualifier` where it is not the expression's own table
    string, ///< `text`, with its quotes
    number, ///< `value`
    blob,   ///< `text`
    null,
    parameter, ///< `text`
    keyword,   ///< CURRENT_TIMESTAMP and the like: `text`
    truth,     ///< TRUE or FALSE behind IS, where it is a test: `text`
    unary,     ///< `text` is - + ~ or NOT
    binary,    ///< `text` is the operator; AND and OR have two or more children
    is,        ///< IS; everything that is negated stands under a NOT
    between,
    in, ///< children: value, then `list`, `tokens` or a name
    list,
    match,   ///< `text` is LIKE, GLOB, REGEXP or MATCH; the third child is ESCAPE's
    collate, ///< `text` is the collation
    cast,    ///< `text` is the type
    case_,   ///< `text` is "base" where CASE has an operand; ELSE is the odd child at the end
    call,    ///< `text` is the function; `qualifier` is "DISTINCT" where that was said
    star,    ///< the * of count(*)
    row,     ///< (a, b)
    exists,
    tokens, ///< a subselect or something like it, as a list of tokens
    raise,  ///< `text` is ABORT and so on
};

/// Stands for "no node".
inline constexpr std::uint32_t no_node = 0xffffffffU;

/// One node of an expression; nodes refer to each other by their place in the tree's vector.
struct expression_node {
    node_kind kind{};
    std::string_view text{};
    std::string_view qualifier{};
    detail::number value{};
    std::uint32_t first_child = no_node;
    std::uint32_t last_child = no_node;
    std::uint32_t next_sibling = no_node;
    std::size_t first_token = 0; ///< of a `tokens` node, in the tree's tokens
    std::size_t token_count = 0;
};

/// An expression taken apart, without memory per node.
/// shape: views into the text it was read from, which must outlive it; without a root it was not understood
struct expression_tree {
    model::vector<token> tokens{};
    model::vector<expression_node> nodes{};
    std::uint32_t root = no_node;

    constexpr bool understood() const noexcept { return root != no_node; }

    constexpr std::uint32_t add(expression_node node) {
        nodes.push_back(node);
        return static_cast<std::uint32_t>(nodes.size() - 1);
    }

    constexpr void append(std::uint32_t parent, std::uint32_t child) {
        if (nodes[parent].first_child == no_node) {
            nodes[parent].first_child = child;
        } else {
            nodes[nodes[parent].last_child].next_sibling = child;
        }
        nodes[parent].last_child = child;
    }

    /// Hands all children of one node to another.
    constexpr void adopt(std::uint32_t parent, std::uint32_t other) {
        if (nodes[other].first_child == no_node) return;
        append(parent, nodes[other].first_child);
        nodes[parent].last_child = nodes[other].last_child;
    }

    constexpr std::size_t child_count(std::uint32_t parent) const {
        std::size_t count = 0;
        for (std::uint32_t i = nodes[parent].first_child; i != no_node; i = nodes[i].next_sibling) ++count;
        return count;
    }
};

} // namespace autopack_schema::sql
