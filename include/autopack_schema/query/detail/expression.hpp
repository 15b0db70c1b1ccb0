// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/binder.hpp>
#include <autopack_schema/query/detail/scope.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace autopack_schema::query {

/// A part of a query that has a value.
/// shape:  `type` is the value's type without std::optional; `nullable<Scope>`, whether it can be NULL in a query;
///         `aggregate`, whether it is of a group of rows; `precedence`; `write<Scope>(writer, self)`, where self may be
///         null unless `dynamic`; `bind(binder)`
template <class T>
concept is_expression = requires { typename T::is_aps_expression; };

/// How strongly an operator binds.
/// source: https://sqlite.org/lang_expr.html
enum class strength : std::uint8_t { or_, and_, not_, compare, sum, product, concat, collate, unary, atom };

/// What most expressions are.
struct expression_defaults {
    using is_aps_expression = void;
    static constexpr bool aggregate = false;
    static constexpr bool has_values = true; ///< has parameters to bind
    static constexpr bool dynamic = false; ///< the text depends on values of the running program
    static constexpr strength precedence = strength::atom;
    /// Has one value for all rows of a group: what has columns says it anew.
    template <class Scope, class Group>
    static constexpr bool settled = true;
};

template <class E, class Group>
inline constexpr bool is_grouped = false;
/// Tells whether an expression is grouped by, or made of such.
template <class Scope, class Group, class E>
inline constexpr bool is_settled = is_grouped<E, Group> || E::template settled<Scope, Group>;

template <class T>
inline constexpr bool is_number = std::is_arithmetic_v<T> && !std::is_same_v<T, bool>;
template <class T>
inline constexpr bool is_text = std::is_same_v<T, std::string>;

/// Tells whether values of two types can be compared.
template <class A, class B>
inline constexpr bool comparable = std::is_same_v<A, B> || (is_number<A> && is_number<B>);

/// Tells whether a value of type B can be put into a column of type A.
template <class A, class B>
inline constexpr bool assignable =
    std::is_same_v<A, B> || (std::is_floating_point_v<A> && is_number<B>) ||
    (std::is_integral_v<A> && std::is_integral_v<B> && !std::is_same_v<A, bool> && !std::is_same_v<B, bool>);

/// The name of a type for errors.
template <class T>
consteval std::string_view type_name() {
    if constexpr (std::is_same_v<T, bool>) return "a boolean";
    else if constexpr (is_number<T>) return "a number";
    else if constexpr (is_text<T>) return "a text";
    else return autopack_schema::detail::class_text<T>;
}
template <class T>
inline constexpr std::string_view type_text = type_name<T>();

template <class E>
struct label_of {
    static constexpr auto value = fixed<type_text<typename E::type>>;
};
/// What an expression is called in errors: a column's row and member, or the sort of its value.
template <class E>
inline constexpr auto label = label_of<E>::value;

/// Writes an operand, in parentheses where the operator around it binds more strongly.
template <class Scope, class E>
constexpr void write_operand(sql_writer& w, const E* self, bool parentheses) {
    if (parentheses) w.put("(");
    E::template write<Scope>(w, self);
    if (parentheses) w.put(")");
}

} // namespace autopack_schema::query
