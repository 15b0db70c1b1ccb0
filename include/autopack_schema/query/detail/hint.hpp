// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/call.hpp>
#include <autopack_schema/query/detail/output.hpp>
#include <autopack_schema/query/detail/source.hpp>
#include <autopack_schema/query/selection.hpp>

#include <type_traits>

namespace autopack_schema::query {

/// No table is known.
struct no_hint {};

/// The table that an expression is about, so that `select(col<&row::a>)` needs no from.
template <class E>
struct hint_of {
    using type = no_hint;
};
template <auto Member, class Alias>
struct hint_of<column_ref<Member, Alias>> {
    using type = source<typename column_ref<Member, Alias>::row, Alias, join_kind::from, no_condition>;
};
template <class Row, class Alias>
struct hint_of<whole_row<Row, Alias>> {
    using type = source<Row, Alias, join_kind::from, no_condition>;
};

template <class A, class B>
using first_hint = std::conditional_t<std::is_same_v<A, no_hint>, B, A>;

template <class... Hint>
struct first_of {
    using type = no_hint;
};
template <class First, class... Rest>
struct first_of<First, Rest...> {
    using type = first_hint<First, typename first_of<Rest...>::type>;
};
template <class... E>
using hint_of_all = typename first_of<typename hint_of<E>::type...>::type;

template <op Op, class L, class R, class T>
struct hint_of<binary<Op, L, R, T>> {
    using type = hint_of_all<L, R>;
};
template <wrap How, class E, class T>
struct hint_of<wrapped<How, E, T>> {
    using type = hint_of_all<E>;
};
template <bool Not, class E, class Low, class High>
struct hint_of<between_test<Not, E, Low, High>> {
    using type = hint_of_all<E, Low, High>;
};
template <bool Not, class E, class... Item>
struct hint_of<in_list<Not, E, Item...>> {
    using type = hint_of_all<E, Item...>;
};

template <fixed_text Name, class T, null_rule Rule, class... E>
struct hint_of<call<Name, T, Rule, E...>> {
    using type = hint_of_all<E...>;
};
template <fixed_text Name, class T, null_rule Rule, bool Distinct, class... E>
struct hint_of<aggregate_call<Name, T, Rule, Distinct, E...>> {
    using type = hint_of_all<E...>;
};

/// The tables of a query without from.
template <class Hint>
struct default_sources {
    using type = sources<Hint>;
};
template <>
struct default_sources<no_hint> {
    using type = sources<>;
};

template <class T>
constexpr auto to_item(const T& item) {
    if constexpr (is_whole_row<T>) return item;
    else return query::to_expression(item);
}

/// A SELECT of all rows of a table.
template <class Row>
using row_query = select_parts<one_output<whole_row<Row, no_alias>>,
                               sources<source<Row, no_alias, join_kind::from, no_condition>>, nothing, nothing, nothing,
                               nothing, nothing, nothing, false>;

/// Begins a SELECT.
template <class Db, class... Item>
constexpr auto make_select(Db db, Item... item) {
    using from = typename default_sources<hint_of_all<Item...>>::type;
    using output = decltype(query::make_output(std::move(item)...));
    using parts = select_parts<output, from, nothing, nothing, nothing, nothing, nothing, nothing, false>;
    return selection<Db, parts>{{db, parts{query::make_output(std::move(item)...), from{}, {}, {}, {}, {}, {}, {}}}};
}

} // namespace autopack_schema::query
