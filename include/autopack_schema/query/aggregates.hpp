// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/column_ref.hpp>
#include <autopack_schema/query/detail/call.hpp>

#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>

namespace autopack_schema {

namespace query {

/// The type of a sum.
template <class E>
using sum_type = std::conditional_t<std::is_floating_point_v<typename E::type>, double, std::int64_t>;

/// errors: S146 no number (compile time); a boolean counts as 0 or 1
template <class E>
constexpr bool require_summable() {
    if constexpr (std::is_same_v<typename E::type, bool>) return true;
    else return query::require_number<E>();
}

} // namespace query

/// count(*): how many rows.
constexpr auto count() { return query::make_aggregate<"count", std::int64_t, query::null_rule::never>(); }
/// How many rows in which the expression is not NULL.
template <class E>
constexpr auto count(E&& e) {
    return query::make_aggregate<"count", std::int64_t, query::null_rule::never>(std::forward<E>(e));
}
/// How many different values that are not NULL.
template <class E>
constexpr auto count_distinct(E&& e) {
    return query::make_aggregate<"count", std::int64_t, query::null_rule::never, true>(std::forward<E>(e));
}
/// The sum; NULL of no rows. Of integers an integer, and an error where it is too large for one.
template <class E>
constexpr auto sum(E&& e) {
    using made = query::expression_of<E>;
    (void)query::require_summable<made>();
    return query::make_aggregate<"sum", query::sum_type<made>, query::null_rule::always>(std::forward<E>(e));
}
/// The sum as a real; 0.0 of no rows.
template <class E>
constexpr auto total(E&& e) {
    (void)query::require_summable<query::expression_of<E>>();
    return query::make_aggregate<"total", double, query::null_rule::never>(std::forward<E>(e));
}
/// The mean; NULL of no rows.
template <class E>
constexpr auto avg(E&& e) {
    (void)query::require_summable<query::expression_of<E>>();
    return query::make_aggregate<"avg", double, query::null_rule::always>(std::forward<E>(e));
}
/// The least value; NULL of no rows.
template <class E>
constexpr auto min(E&& e) {
    return query::make_aggregate<"min", typename query::expression_of<E>::type, query::null_rule::always>(std::forward<E>(e));
}
/// The greatest value; NULL of no rows.
template <class E>
constexpr auto max(E&& e) {
    return query::make_aggregate<"max", typename query::expression_of<E>::type, query::null_rule::always>(std::forward<E>(e));
}
/// The texts one behind the other, with something between; NULL of no rows.
template <class E, class Separator>
constexpr auto group_concat(E&& e, Separator&& separator) {
    (void)query::require_text<query::expression_of<E>>();
    (void)query::require_text<query::expression_of<Separator>>();
    return query::make_aggregate<"group_concat", std::string, query::null_rule::always>(std::forward<E>(e),
                                                                                        std::forward<Separator>(separator));
}

} // namespace autopack_schema
