// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/sql/detail/expression_operand.hpp>

#include <array>
#include <cstdint>
#include <string_view>

// Operators, by their binding power (a Pratt parser).
namespace autopack_schema::sql::detail {

/// Parses an expression of operators that bind at least so strongly.
/// shape: no_node where it is none; the state is of no use then
constexpr std::uint32_t parse_operators(expression_state& state, int least_power);

struct infix {
    std::string_view spelling;
    std::string_view meaning;
    int power;
};

inline constexpr std::array<infix, 20> infix_marks{{
    {"=", "=", power::equality},
    {"==", "=", power::equality},
    {"<>", "<>", power::equality},
    {"!=", "<>", power::equality},
    {"<", "<", power::comparison},
    {"<=", "<=", power::comparison},
    {">", ">", power::comparison},
    {">=", ">=", power::comparison},
    {"&", "&", power::bits},
    {"|", "|", power::bits},
    {"<<", "<<", power::bits},
    {">>", ">>", power::bits},
    {"+", "+", power::sum},
    {"-", "-", power::sum},
    {"*", "*", power::product},
    {"/", "/", power::product},
    {"%", "%", power::product},
    {"||", "||", power::concatenation},
    {"->", "->", power::concatenation},
    {"->>", "->>", power::concatenation},
}};

inline constexpr std::array<infix, 13> infix_words{{
    {"OR", "OR", power::or_},
    {"AND", "AND", power::and_},
    {"NOT", "NOT", power::equality},
    {"IS", "IS", power::equality},
    {"IN", "IN", power::equality},
    {"BETWEEN", "BETWEEN", power::equality},
    {"LIKE", "LIKE", power::equality},
    {"GLOB", "GLOB", power::equality},
    {"REGEXP", "REGEXP", power::equality},
    {"MATCH", "MATCH", power::equality},
    {"ISNULL", "ISNULL", power::equality},
    {"NOTNULL", "NOTNULL", power::equality},
    {"COLLATE", "COLLATE", power::collate},
}};

/// Looks up what a token does between two operands; power 0: nothing.
constexpr infix infix_of(const token& t) {
    if (t.kind == token_kind::punctuation) {
        for (const infix& mark : infix_marks) {
            if (mark.spelling == t.text) return mark;
        }
    }
    if (t.kind == token_kind::identifier) {
        for (const infix& word : infix_words) {
            if (model::same_name(word.spelling, t.text)) return word;
        }
    }
    return {{}, {}, 0};
}

/// AND and OR take any number of operands, so that (a AND b) AND c is a AND (b AND c).
constexpr std::uint32_t join(expression_state& state, std::string_view op, std::uint32_t left, std::uint32_t right) {
    if (left == no_node || right == no_node) return no_node;
    expression_tree& tree = state.tree;
    const auto is_same = [&tree, op](std::uint32_t node) {
        return tree.nodes[node].kind == node_kind::binary && tree.nodes[node].text == op;
    };
    if ((op != "AND" && op != "OR") || (!is_same(left) && !is_same(right))) {
        return state.add_above(node_kind::binary, op, {left, right});
    }
    std::uint32_t parent = left;
    if (!is_same(left)) {
        parent = state.add(node_kind::binary, op);
        tree.append(parent, left);
    }
    if (is_same(right)) {
        tree.adopt(parent, right);
    } else {
        tree.append(parent, right);
    }
    return parent;
}

/// Behind IS: NULL, TRUE, [NOT] [DISTINCT FROM] x.
constexpr std::uint32_t parse_is(expression_state& state, std::uint32_t left) {
    bool negated = state.accept_word("NOT");
    if (state.peek().is_word("DISTINCT") && state.peek(1).is_word("FROM")) {
        state.position += 2;
        negated = !negated;
    }
    std::uint32_t right = parse_operators(state, power::equality + 1);
    if (right == no_node) return no_node;
    std::uint32_t bare = right; // a collation makes no difference to a test for truth
    while (state.tree.nodes[bare].kind == node_kind::collate) bare = state.tree.nodes[bare].first_child;
    expression_node& node = state.tree.nodes[bare];
    if (node.kind == node_kind::number && !node.text.empty()) {
        node.kind = node_kind::truth; // TRUE, FALSE
        right = bare;
    }
    return state.negate_if(negated, state.add_above(node_kind::is, {}, {left, right}));
}

constexpr std::uint32_t parse_is_null(expression_state& state, bool negated, std::uint32_t left) {
    const std::uint32_t null = state.add(node_kind::null);
    return state.negate_if(negated, state.add_above(node_kind::is, {}, {left, null}));
}

/// Behind IN: a table, or a table-valued function with its arguments.
constexpr std::uint32_t parse_table(expression_state& state) {
    token t = state.peek();
    std::string_view qualifier;
    if (state.peek(1).is(".") && t.is_name()) {
        qualifier = t.text;
        state.position += 2;
        t = state.peek();
    }
    if (!t.is_name() || state.is_reserved(t)) return no_node;
    ++state.position;
    if (model::same_name(qualifier, "main")) qualifier = {};
    if (!state.accept("(")) return state.tree.add({.kind = node_kind::name, .text = t.text, .qualifier = qualifier});
    const std::uint32_t call = state.add(node_kind::call, t.text);
    return parse_list(state, call) ? call : no_node;
}

constexpr std::uint32_t parse_in(expression_state& state, std::uint32_t left) {
    if (!state.accept("(")) return state.add_above(node_kind::in, {}, {left, parse_table(state)});
    if (begins_select(state.peek())) return state.add_above(node_kind::in, {}, {left, parse_tokens(state)});
    const std::uint32_t list = state.add(node_kind::list);
    if (!parse_list(state, list)) return no_node;
    return state.add_above(node_kind::in, {}, {left, list});
}

constexpr std::uint32_t parse_between(expression_state& state, std::uint32_t left) {
    const std::uint32_t low = parse_operators(state, power::and_ + 1);
    if (low == no_node || !state.accept_word("AND")) return no_node;
    return state.add_above(node_kind::between, {}, {left, low, parse_operators(state, power::equality + 1)});
}

constexpr std::uint32_t parse_match(expression_state& state, std::string_view op, std::uint32_t left) {
    const std::uint32_t pattern = parse_operators(state, power::equality + 1);
    if (!state.accept_word("ESCAPE")) return state.add_above(node_kind::match, op, {left, pattern});
    return state.add_above(node_kind::match, op, {left, pattern, parse_operators(state, power::equality + 1)});
}

constexpr std::uint32_t parse_word_operator(expression_state& state, const infix& op, std::uint32_t left) {
    if (op.meaning == "IS") return parse_is(state, left);
    if (op.meaning == "ISNULL") return parse_is_null(state, false, left);
    if (op.meaning == "NOTNULL") return parse_is_null(state, true, left);
    if (op.meaning == "IN") return parse_in(state, left);
    if (op.meaning == "BETWEEN") return parse_between(state, left);
    if (op.meaning == "COLLATE") {
        const token name = state.peek();
        if (!name.is_name() && name.kind != token_kind::string) return no_node;
        ++state.position;
        return state.add_above(node_kind::collate, name.text, {left});
    }
    if (op.meaning == "NOT") {
        if (state.accept_word("NULL")) return parse_is_null(state, true, left);
        const infix negated = infix_of(state.peek());
        const bool can_be = negated.meaning == "IN" || negated.meaning == "BETWEEN" || negated.meaning == "LIKE" ||
                            negated.meaning == "GLOB" || negated.meaning == "REGEXP" || negated.meaning == "MATCH";
        if (!can_be) return no_node;
        ++state.position;
        const std::uint32_t inner = parse_word_operator(state, negated, left);
        return inner == no_node ? no_node : state.add_not(inner);
    }
    return parse_match(state, op.meaning, left);
}

constexpr std::uint32_t parse_infix(expression_state& state, const infix& op, std::uint32_t left) {
    ++state.position;
    const bool is_word = op.power == power::equality ? op.meaning[0] >= 'A' : op.power == power::collate;
    if (is_word) return parse_word_operator(state, op, left);
    const std::uint32_t right = parse_operators(state, op.power + 1);
    if (op.meaning == "<>") {
        const std::uint32_t equal = state.add_above(node_kind::binary, "=", {left, right});
        return equal == no_node ? no_node : state.add_not(equal);
    }
    return join(state, op.meaning, left, right);
}

/// A sign: taken into a literal, else kept; + matters before a column, because it strips affinity.
constexpr std::uint32_t parse_sign(expression_state& state, std::string_view sign) {
    const std::uint32_t child = parse_operators(state, power::sign);
    if (child == no_node) return no_node;
    expression_node& node = state.tree.nodes[child];
    if (node.kind == node_kind::number && sign != "~") {
        if (sign == "-") node.value = negated(node.value);
        node.text = {};
        return child;
    }
    return state.add_above(node_kind::unary, sign, {child});
}

constexpr std::uint32_t parse_prefix(expression_state& state) {
    if (state.accept_word("NOT")) {
        const std::uint32_t child = parse_operators(state, power::not_);
        return child == no_node ? no_node : state.add_not(child);
    }
    for (const std::string_view sign : {std::string_view("-"), std::string_view("+"), std::string_view("~")}) {
        if (state.accept(sign)) return parse_sign(state, sign);
    }
    return parse_operand(state);
}

constexpr std::uint32_t parse_operators(expression_state& state, int least_power) {
    if (++state.depth > deepest_expression) return no_node;
    std::uint32_t left = parse_prefix(state);
    while (left != no_node) {
        const infix op = infix_of(state.peek());
        if (op.power == 0 || op.power < least_power) break;
        left = parse_infix(state, op, left);
    }
    --state.depth;
    return left;
}

} // namespace autopack_schema::sql::detail
