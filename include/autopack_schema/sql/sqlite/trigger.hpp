// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/detail/same_tree.hpp>
#include <autopack_schema/sql/sqlite/detail/plain_words.hpp>
#include <autopack_schema/sql/sqlite/detail/trigger_parts.hpp>
#include <autopack_schema/sql/sqlite/expression.hpp>
#include <autopack_schema/sql/tokenizer.hpp>

#include <string_view>

namespace autopack_schema::sql::sqlite {

/// Tells whether two trigger definitions, the texts behind the name, do the same.
/// shape:  BEFORE and FOR EACH ROW may be left out, the columns of UPDATE OF come in any order
/// source: https://sqlite.org/lang_createtrigger.html
constexpr bool same_trigger(std::string_view a, std::string_view b) {
    if (a == b) return true;
    const model::vector<token> a_tokens = tokenize(a);
    const model::vector<token> b_tokens = tokenize(b);
    const detail::trigger_parts left = detail::parts_of_trigger(a_tokens);
    const detail::trigger_parts right = detail::parts_of_trigger(b_tokens);
    if (!left.understood || !right.understood) return sql::detail::same_segments(a_tokens, b_tokens, expressions, 0);
    return left.time == right.time && sql::detail::same_token(left.event, right.event) &&
           left.update_columns.empty() == right.update_columns.empty() &&
           detail::names_within(left.update_columns, right.update_columns) &&
           detail::names_within(right.update_columns, left.update_columns) &&
           same_identifier(left.table.text, right.table.text) &&
           sql::detail::same_segments(left.when, right.when, expressions, 0) &&
           detail::same_words(left.body, right.body);
}

/// Tells whether two SELECT statements of views say the same.
/// shape: as `same_statement`; AS, INNER, OUTER, ALL, ASC and `main.` may be left out
constexpr bool same_view(std::string_view a, std::string_view b) {
    if (a == b) return true;
    model::vector<token> a_tokens = tokenize(a);
    model::vector<token> b_tokens = tokenize(b);
    while (!a_tokens.empty() && a_tokens.back().is(";")) a_tokens.pop_back();
    while (!b_tokens.empty() && b_tokens.back().is(";")) b_tokens.pop_back();
    return detail::same_words(a_tokens, b_tokens);
}

} // namespace autopack_schema::sql::sqlite
