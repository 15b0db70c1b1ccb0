// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/sql/detail/expression_state.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

// What stands between operators: names, literals, calls, CASE, CAST, parentheses.
namespace autopack_schema::sql::detail {

constexpr bool begins_select(const token& t) { return t.is_word("SELECT") || t.is_word("WITH") || t.is_word("VALUES"); }

/// Takes all tokens up to the parenthesis that closes the one just taken, and that one.
constexpr std::uint32_t parse_tokens(expression_state& state) {
    const std::size_t first = state.position;
    int depth = 1;
    for (; !state.at_end(); ++state.position) {
        const token t = state.peek();
        if (t.is("(")) ++depth;
        if (t.is(")") && --depth == 0) {
            const std::size_t count = state.position - first;
            ++state.position;
            return state.tree.add({.kind = node_kind::tokens, .first_token = first, .token_count = count});
        }
    }
    return no_node;
}

/// Parses expressions with commas between them and the parenthesis behind them, below a parent.
constexpr bool parse_list(expression_state& state, std::uint32_t parent) {
    if (state.accept(")")) return true;
    do {
        const std::uint32_t child = state.operators(state, power::or_);
        if (child == no_node) return false;
        state.tree.append(parent, child);
    } while (state.accept(","));
    return state.accept(")");
}

constexpr std::uint32_t parse_parenthesis(expression_state& state) {
    if (begins_select(state.peek())) return parse_tokens(state);
    const std::uint32_t row = state.add(node_kind::row);
    if (state.peek().is(")") || !parse_list(state, row)) return no_node;
    const std::uint32_t only = state.tree.nodes[row].first_child;
    return state.tree.nodes[only].next_sibling == no_node ? only : row;
}

constexpr std::uint32_t parse_case(expression_state& state) {
    const bool has_base = !state.peek().is_word("WHEN");
    const std::uint32_t node = state.add(node_kind::case_, has_base ? "base" : "");
    const auto parse_part = [&state, node] {
        const std::uint32_t child = state.operators(state, power::or_);
        if (child != no_node) state.tree.append(node, child);
        return child != no_node;
    };
    if (has_base && !parse_part()) return no_node;
    if (!state.peek().is_word("WHEN")) return no_node;
    while (state.accept_word("WHEN")) {
        if (!parse_part() || !state.accept_word("THEN") || !parse_part()) return no_node;
    }
    if (state.accept_word("ELSE") && !parse_part()) return no_node;
    return state.accept_word("END") ? node : no_node;
}

constexpr std::uint32_t parse_cast(expression_state& state) {
    if (!state.accept("(")) return no_node;
    const std::uint32_t value = state.operators(state, power::or_);
    if (value == no_node || !state.accept_word("AS")) return no_node;
    const token first = state.peek();
    const std::uint32_t type = parse_tokens(state);
    if (type == no_node) return no_node;
    std::string_view text;
    if (const std::size_t count = state.tree.nodes[type].token_count; count != 0) {
        const token last = state.tree.tokens[state.tree.nodes[type].first_token + count - 1];
        const std::size_t size = last.offset + last.text.size() - first.offset;
        text = std::string_view(first.text.data(), size);
    }
    return state.add_above(node_kind::cast, text, {value});
}

constexpr std::uint32_t parse_raise(expression_state& state) {
    if (!state.accept("(")) return no_node;
    const std::uint32_t node = state.add(node_kind::raise, state.peek().text);
    ++state.position;
    if (state.accept(")")) return node;
    return state.accept(",") && parse_list(state, node) ? node : no_node;
}

/// FILTER (…), OVER name, OVER (…): kept as tokens.
constexpr bool parse_call_tail(expression_state& state, std::uint32_t call) {
    for (const std::string_view word : {std::string_view("FILTER"), std::string_view("OVER")}) {
        if (!state.peek().is_word(word) || (word == "FILTER" && !state.peek(1).is("("))) continue;
        if (word == "OVER" && !state.peek(1).is("(") && !state.peek(1).is_name()) continue;
        state.tree.append(call, state.add(node_kind::keyword, word));
        ++state.position;
        std::uint32_t rest = no_node;
        if (state.accept("(")) {
            rest = parse_tokens(state);
        } else {
            rest = state.add(node_kind::name, state.peek().text);
            ++state.position;
        }
        if (rest == no_node) return false;
        state.tree.append(call, rest);
    }
    return true;
}

constexpr std::uint32_t parse_call(expression_state& state, std::string_view function) {
    const std::uint32_t call = state.add(node_kind::call, function);
    if (state.peek().is("*") && state.peek(1).is(")")) {
        state.position += 2;
        state.tree.append(call, state.add(node_kind::star));
        return parse_call_tail(state, call) ? call : no_node;
    }
    if (state.accept_word("DISTINCT")) {
        state.tree.nodes[call].qualifier = "DISTINCT";
    } else if (state.peek().is_word("ALL") && !state.peek(1).is("(")) {
        ++state.position;
    }
    if (!parse_list(state, call)) return no_node; // ORDER BY among the arguments is not understood
    return parse_call_tail(state, call) ? call : no_node;
}

/// A name with what qualifies it: a, t.a, main.t.a.
constexpr std::uint32_t parse_name(expression_state& state) {
    std::array<std::string_view, 3> parts{};
    std::size_t count = 0;
    do {
        const token t = state.peek();
        if (count == 3 || (!t.is_name() && t.kind != token_kind::string)) return no_node;
        parts[count++] = t.text;
        ++state.position;
    } while (state.accept("."));
    const std::string_view name = parts[count - 1];
    const name_scope& scope = state.scope;
    if (count == 1) {
        if (state.accept("(")) return parse_call(state, name);
        const bool is_column = !scope.is_known() || scope.has_column(name);
        const bool is_row_number =
            same_identifier(name, "rowid") || same_identifier(name, "oid") || same_identifier(name, "_rowid_");
        if (!is_column && state.rules.row_number_names && is_row_number) return state.add(node_kind::name, "rowid");
        if (!is_column && state.rules.double_quoted_strings && name.starts_with('"')) {
            return state.add(node_kind::string, name);
        }
        return state.add(node_kind::name, scope.other_name(name));
    }
    const std::string_view qualifier = parts[count - 2];
    const bool own = !scope.table.empty() && same_identifier(qualifier, scope.table);
    return state.tree.add({.kind = node_kind::name,
                           .text = own ? scope.other_name(name) : name,
                           .qualifier = own ? std::string_view() : qualifier});
}

constexpr std::uint32_t parse_boolean(expression_state& state, bool value) {
    const std::string_view word = state.peek().text;
    if (!state.rules.booleans_are_integers) {
        ++state.position;
        return state.add(node_kind::keyword, word);
    }
    if (state.scope.has_column(word)) return parse_name(state);
    ++state.position;
    return state.tree.add({.kind = node_kind::number, .text = word, .value = {.integer = value ? 1 : 0}});
}

constexpr std::uint32_t parse_word(expression_state& state) {
    const token t = state.peek();
    const token next = state.peek(1);
    if (next.is(".")) return parse_name(state);
    if (t.is_word("TRUE") || t.is_word("FALSE")) return parse_boolean(state, t.is_word("TRUE"));
    for (const std::string_view word :
         {std::string_view("CURRENT_TIMESTAMP"), std::string_view("CURRENT_DATE"), std::string_view("CURRENT_TIME")}) {
        if (!t.is_word(word)) continue;
        ++state.position;
        return state.add(node_kind::keyword, word);
    }
    if (t.is_word("NULL")) {
        ++state.position;
        return state.add(node_kind::null);
    }
    if (t.is_word("CASE") || (t.is_word("CAST") && next.is("(")) || (t.is_word("RAISE") && next.is("("))) {
        ++state.position;
        if (t.is_word("CASE")) return parse_case(state);
        return t.is_word("CAST") ? parse_cast(state) : parse_raise(state);
    }
    if (t.is_word("EXISTS") && next.is("(")) {
        state.position += 2;
        return state.add_above(node_kind::exists, {}, {parse_tokens(state)});
    }
    return state.is_reserved(t) ? no_node : parse_name(state);
}

constexpr std::uint32_t parse_operand(expression_state& state) {
    const token t = state.peek();
    switch (t.kind) {
    case token_kind::identifier: return parse_word(state);
    case token_kind::quoted_identifier: return parse_name(state);
    case token_kind::string:
        if (state.peek(1).is(".")) return parse_name(state);
        ++state.position;
        return state.add(node_kind::string, t.text);
    case token_kind::integer:
    case token_kind::real:
        ++state.position;
        return state.tree.add({.kind = node_kind::number, .value = number_value(t.text)});
    case token_kind::blob: ++state.position; return state.add(node_kind::blob, t.text);
    case token_kind::parameter: ++state.position; return state.add(node_kind::parameter, t.text);
    default: break;
    }
    return state.accept("(") ? parse_parenthesis(state) : no_node;
}

} // namespace autopack_schema::sql::detail
