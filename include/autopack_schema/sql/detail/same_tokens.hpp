// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/items.hpp>
#include <autopack_schema/sql/detail/number.hpp>
#include <autopack_schema/sql/expression_rules.hpp>
#include <autopack_schema/sql/token.hpp>

#include <cstddef>
#include <string_view>

namespace autopack_schema::sql::detail {

constexpr bool same_number(const number& a, const number& b) {
    if (a.is_real != b.is_real) return false;
    return a.is_real ? a.real == b.real : a.integer == b.integer;
}

/// Two spellings of one operator.
constexpr std::string_view operator_meaning(std::string_view mark) {
    if (mark == "==") return "=";
    return mark == "!=" ? "<>" : mark;
}

/// Compares what two tokens say; words and quoted names are one thing here, for which of them is a keyword depends
/// on its place.
constexpr bool same_token(const token& a, const token& b) {
    if (a.is_name() && b.is_name()) return same_identifier(a.text, b.text);
    if (a.kind == token_kind::integer || a.kind == token_kind::real) {
        return a.kind == b.kind && same_number(number_value(a.text), number_value(b.text));
    }
    if (a.kind != b.kind) return false;
    switch (a.kind) {
    case token_kind::string: return same_text(a.text, b.text);
    case token_kind::blob: return model::same_name(a.text, b.text);
    case token_kind::punctuation: return operator_meaning(a.text) == operator_meaning(b.text);
    default: return a.text == b.text;
    }
}

constexpr bool same_tokens(model::items<token> a, model::items<token> b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!same_token(a[i], b[i])) return false;
    }
    return true;
}

/// Turns the tokens of an expression that is not understood into what they mean in a scope.
constexpr token resolved(token t, const name_scope& scope, const expression_rules& rules) {
    if (!t.is_name()) return t;
    const bool is_column = !scope.is_known() || scope.has_column(t.text);
    if (!is_column && rules.double_quoted_strings && t.text.starts_with('"')) t.kind = token_kind::string;
    if (is_column && scope.is_known()) t.text = scope.other_name(t.text);
    return t;
}

constexpr bool same_tokens_in(model::items<token> a, const name_scope& a_scope, model::items<token> b,
                              const name_scope& b_scope, const expression_rules& rules) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!same_token(resolved(a[i], a_scope, rules), resolved(b[i], b_scope, rules))) return false;
    }
    return true;
}

} // namespace autopack_schema::sql::detail
