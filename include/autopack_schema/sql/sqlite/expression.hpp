// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/sql/expression.hpp>
#include <autopack_schema/sql/sqlite/affinity.hpp>
#include <autopack_schema/sql/sqlite/keywords.hpp>

#include <string_view>

namespace autopack_schema::sql::sqlite {

namespace detail {
constexpr bool same_cast(std::string_view a, std::string_view b) { return affinity_of(a) == affinity_of(b); }
} // namespace detail

/// How SQLite reads expressions.
/// source: https://sqlite.org/lang_expr.html, https://sqlite.org/quirks.html
inline constexpr expression_rules expressions{.lexical = sqlite_lexical_rules,
                                              .is_reserved = is_reserved_in_expression,
                                              .same_cast = detail::same_cast,
                                              .double_quoted_strings = true,
                                              .row_number_names = true,
                                              .booleans_are_integers = true};

} // namespace autopack_schema::sql::sqlite
