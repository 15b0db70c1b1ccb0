// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/condition.hpp>

#include <cstdint>
#include <type_traits>
#include <utility>

namespace autopack_schema::query {

// Found by argument-dependent lookup alone, because expressions live in this namespace and nothing else does.

template <class L, class R>
concept one_is_expression = is_expression<std::remove_cvref_t<L>> || is_expression<std::remove_cvref_t<R>>;

template <class L, class R>
    requires one_is_expression<L, R>
constexpr auto operator==(L&& l, R&& r) {
    return query::compare<op::eq>(std::forward<L>(l), std::forward<R>(r));
}
template <class L, class R>
    requires one_is_expression<L, R>
constexpr auto operator!=(L&& l, R&& r) {
    return query::compare<op::ne>(std::forward<L>(l), std::forward<R>(r));
}
template <class L, class R>
    requires one_is_expression<L, R>
constexpr auto operator<(L&& l, R&& r) {
    return query::compare<op::lt>(std::forward<L>(l), std::forward<R>(r));
}
template <class L, class R>
    requires one_is_expression<L, R>
constexpr auto operator<=(L&& l, R&& r) {
    return query::compare<op::le>(std::forward<L>(l), std::forward<R>(r));
}
template <class L, class R>
    requires one_is_expression<L, R>
constexpr auto operator>(L&& l, R&& r) {
    return query::compare<op::gt>(std::forward<L>(l), std::forward<R>(r));
}
template <class L, class R>
    requires one_is_expression<L, R>
constexpr auto operator>=(L&& l, R&& r) {
    return query::compare<op::ge>(std::forward<L>(l), std::forward<R>(r));
}

/// Joins what is not yet two conditions.
template <op Op, class L, class R>
constexpr auto join_others(L&& l, R&& r) {
    using left = decltype(query::condition(std::forward<L>(l)));
    using right = decltype(query::condition(std::forward<R>(r)));
    return binary<Op, left, right, bool>{{}, {}, query::condition(std::forward<L>(l)), query::condition(std::forward<R>(r))};
}
template <class L, class R>
    requires one_is_expression<L, R>
constexpr auto operator&&(L&& l, R&& r) {
    using a = std::remove_cvref_t<L>;
    using b = std::remove_cvref_t<R>;
    if constexpr (is_condition<a> && is_condition<b>) return binary<op::and_, a, b, bool>{{}, {}, l, r};
    else return query::join_others<op::and_>(std::forward<L>(l), std::forward<R>(r));
}
template <class L, class R>
    requires one_is_expression<L, R>
constexpr auto operator||(L&& l, R&& r) {
    using a = std::remove_cvref_t<L>;
    using b = std::remove_cvref_t<R>;
    if constexpr (is_condition<a> && is_condition<b>) return binary<op::or_, a, b, bool>{{}, {}, l, r};
    else return query::join_others<op::or_>(std::forward<L>(l), std::forward<R>(r));
}
template <class E>
    requires is_expression<std::remove_cvref_t<E>>
constexpr auto operator!(E&& e) {
    auto inner = query::condition(std::forward<E>(e));
    return wrapped<wrap::not_, decltype(inner), bool>{{}, {}, std::move(inner)};
}

/// Makes a calculation: of two integers an integer, else a real; `%` is of integers.
/// errors: S146 an operand that is no number (compile time)
template <op Op, class L, class R>
constexpr auto calculate(L&& left, R&& right) {
    auto l = query::to_expression(std::forward<L>(left));
    auto r = query::to_expression(std::forward<R>(right));
    using a = typename decltype(l)::type;
    using b = typename decltype(r)::type;
    if constexpr (!is_number<a>) {
        (void)query::refuse<query_problem::S146_not_a_number, label<decltype(l)>>();
        return bound<std::int64_t, std::int64_t>{};
    } else if constexpr (!is_number<b>) {
        (void)query::refuse<query_problem::S146_not_a_number, label<decltype(r)>>();
        return bound<std::int64_t, std::int64_t>{};
    } else {
        using type = std::conditional_t<std::is_integral_v<a> && std::is_integral_v<b>, std::int64_t, double>;
        return binary<Op, decltype(l), decltype(r), type>{{}, {}, std::move(l), std::move(r)};
    }
}
template <class L, class R>
    requires one_is_expression<L, R>
constexpr auto operator+(L&& l, R&& r) {
    return query::calculate<op::add>(std::forward<L>(l), std::forward<R>(r));
}
template <class L, class R>
    requires one_is_expression<L, R>
constexpr auto operator-(L&& l, R&& r) {
    return query::calculate<op::sub>(std::forward<L>(l), std::forward<R>(r));
}
template <class L, class R>
    requires one_is_expression<L, R>
constexpr auto operator*(L&& l, R&& r) {
    return query::calculate<op::mul>(std::forward<L>(l), std::forward<R>(r));
}
template <class L, class R>
    requires one_is_expression<L, R>
constexpr auto operator/(L&& l, R&& r) {
    return query::calculate<op::div>(std::forward<L>(l), std::forward<R>(r));
}
template <class L, class R>
    requires one_is_expression<L, R>
constexpr auto operator%(L&& l, R&& r) {
    return query::calculate<op::mod>(std::forward<L>(l), std::forward<R>(r));
}
template <class E>
    requires is_expression<E>
constexpr auto operator-(E e) {
    if constexpr (is_number<typename E::type>) {
        return wrapped<wrap::negative, E, typename E::type>{{}, {}, std::move(e)};
    } else {
        (void)query::refuse<query_problem::S146_not_a_number, label<E>>();
        return bound<std::int64_t, std::int64_t>{};
    }
}

} // namespace autopack_schema::query
