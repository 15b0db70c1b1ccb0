// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/column_ref.hpp>
#include <autopack_schema/query/detail/call.hpp>

#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>

namespace autopack_schema {

/// A function by its name, with the type of its result; NULL is a result that it may have.
/// shape: `function<"json_extract", std::string>(col<&row::payload>, "$.name")`; the name is a constant of the program
template <fixed_text Name, class Type, class... T>
constexpr auto function(T&&... argument) {
    return query::make_call<Name, Type, query::null_rule::always>(std::forward<T>(argument)...);
}

/// The first value that is not NULL; cannot be NULL itself where the last one cannot.
/// errors: S143 values of different sorts (compile time)
template <class First, class... T>
    requires(sizeof...(T) > 0)
constexpr auto coalesce(First&& first, T&&... rest) {
    using made = query::expression_of<First>;
    return query::make_call<"coalesce", typename made::type, query::null_rule::all>(
        std::forward<First>(first), query::operand_for<made>(std::forward<T>(rest))...);
}
/// NULL where both are equal, else the first.
template <class A, class B>
constexpr auto nullif(A&& a, B&& b) {
    using made = query::expression_of<A>;
    return query::make_call<"nullif", typename made::type, query::null_rule::always>(
        std::forward<A>(a), query::operand_for<made>(std::forward<B>(b)));
}

/// A text with the letters A to Z in lower case.
template <class E>
constexpr auto lower(E&& e) {
    return query::text_call<"lower", std::string, query::null_rule::any>(std::forward<E>(e));
}
/// A text with the letters a to z in upper case.
template <class E>
constexpr auto upper(E&& e) {
    return query::text_call<"upper", std::string, query::null_rule::any>(std::forward<E>(e));
}
/// A text without the spaces at both ends.
template <class E>
constexpr auto trim(E&& e) {
    return query::text_call<"trim", std::string, query::null_rule::any>(std::forward<E>(e));
}
/// A text without the spaces before it.
template <class E>
constexpr auto ltrim(E&& e) {
    return query::text_call<"ltrim", std::string, query::null_rule::any>(std::forward<E>(e));
}
/// A text without the spaces behind it.
template <class E>
constexpr auto rtrim(E&& e) {
    return query::text_call<"rtrim", std::string, query::null_rule::any>(std::forward<E>(e));
}
/// Characters of a text; SQLite stops at a NUL character.
template <class E>
constexpr auto length(E&& e) {
    return query::text_call<"length", std::int64_t, query::null_rule::any>(std::forward<E>(e));
}
/// Where a text begins in another, from 1; 0 where it does not occur.
template <class E, class T>
constexpr auto instr(E&& e, T&& wanted) {
    return query::text_call<"instr", std::int64_t, query::null_rule::any>(std::forward<E>(e), std::forward<T>(wanted));
}
/// A text with all occurrences of one text replaced by another.
template <class E, class From, class To>
constexpr auto replace(E&& e, From&& from, To&& to) {
    return query::text_call<"replace", std::string, query::null_rule::any>(std::forward<E>(e), std::forward<From>(from),
                                                                           std::forward<To>(to));
}
/// Characters from the given one on, which is 1 for the first.
template <class E, class First, class... Count>
constexpr auto substr(E&& e, First&& first, Count&&... count) {
    (void)query::require_text<query::expression_of<E>>();
    (void)query::require_number<query::expression_of<First>>();
    return query::make_call<"substr", std::string, query::null_rule::any>(
        std::forward<E>(e), std::forward<First>(first), std::forward<Count>(count)...);
}
/// Texts one behind the other (`||`).
template <class A, class B, class... More>
constexpr auto concat(A&& a, B&& b, More&&... more) {
    using left = query::expression_of<A>;
    using right = query::expression_of<B>;
    (void)(query::require_text<left>() && query::require_text<right>());
    auto both = query::binary<query::op::concat, left, right, std::string>{
        {}, {}, query::to_expression(std::forward<A>(a)), query::to_expression(std::forward<B>(b))};
    if constexpr (sizeof...(More) == 0) return both;
    else return concat(std::move(both), std::forward<More>(more)...);
}

/// A number without its sign.
template <class E>
constexpr auto abs(E&& e) {
    (void)query::require_number<query::expression_of<E>>();
    return query::make_call<"abs", typename query::expression_of<E>::type, query::null_rule::any>(std::forward<E>(e));
}
/// The nearest real with so many digits behind the point, or none.
template <class E, class... Digits>
constexpr auto round(E&& e, Digits&&... digits) {
    (void)query::require_number<query::expression_of<E>>();
    return query::make_call<"round", double, query::null_rule::any>(std::forward<E>(e), std::forward<Digits>(digits)...);
}

/// The date of a time as `YYYY-MM-DD`, changed by SQLite's modifiers; NULL where the text is no time.
template <class E, class... Modifier>
constexpr auto date(E&& e, Modifier&&... modifier) {
    return query::make_call<"date", std::string, query::null_rule::always>(std::forward<E>(e),
                                                                           std::forward<Modifier>(modifier)...);
}
/// The time of day as `HH:MM:SS`.
template <class E, class... Modifier>
constexpr auto time(E&& e, Modifier&&... modifier) {
    return query::make_call<"time", std::string, query::null_rule::always>(std::forward<E>(e),
                                                                           std::forward<Modifier>(modifier)...);
}
/// Date and time as `YYYY-MM-DD HH:MM:SS`.
template <class E, class... Modifier>
constexpr auto datetime(E&& e, Modifier&&... modifier) {
    return query::make_call<"datetime", std::string, query::null_rule::always>(std::forward<E>(e),
                                                                               std::forward<Modifier>(modifier)...);
}
/// A time as the format says: `strftime("%Y-%m", col<&row::at>)`.
template <class Format, class E, class... Modifier>
constexpr auto strftime(Format&& format, E&& e, Modifier&&... modifier) {
    return query::make_call<"strftime", std::string, query::null_rule::always>(
        std::forward<Format>(format), std::forward<E>(e), std::forward<Modifier>(modifier)...);
}
/// Days since noon of 24 November 4714 BC; differences of times are made with it.
template <class E>
constexpr auto julianday(E&& e) {
    return query::make_call<"julianday", double, query::null_rule::always>(std::forward<E>(e));
}

} // namespace autopack_schema
