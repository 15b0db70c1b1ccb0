// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/expression.hpp>
#include <autopack_schema/query/detail/list.hpp>

#include <cstddef>
#include <type_traits>

namespace autopack_schema::query {

template <auto Member, class Alias>
struct column_ref;

template <class E, class... Term>
inline constexpr bool is_grouped<E, list<Term...>> = (std::is_same_v<E, Term> || ...);

/// Tells whether a member is alone the primary key of its table.
template <const auto& Table, auto Member>
consteval bool is_whole_key() {
    using info = table_info<Table>;
    constexpr std::size_t index = column_index<typename info::definition, Member>;
    if (index == no_column || info::table().key.parts.count != 1) return false;
    return Table.arrays.parts[info::table().key.parts.first].text == info::column(index).name;
}

template <class Scope, class Row, class Alias, class Term>
struct is_key_of : std::false_type {};
template <class Scope, class Row, class Alias, auto Member>
    requires std::is_same_v<typename column_ref<Member, Alias>::row, Row> && has_table<Scope::schema, Row>
struct is_key_of<Scope, Row, Alias, column_ref<Member, Alias>>
    : std::bool_constant<query::is_whole_key<table_of<Scope::schema, Row>::value, Member>()> {};

/// Tells whether rows of a table are grouped by their key, so that each of its columns has one value in a group.
template <class Scope, class Row, class Alias, class... Term>
constexpr bool is_keyed(const list<Term...>*) {
    return (is_key_of<Scope, Row, Alias, Term>::value || ...);
}
template <class Scope, class Row, class Alias>
constexpr bool is_keyed(const void*) {
    return false;
}

template <class Scope, class Group, class Item>
constexpr void check_settled() {
    if constexpr (!is_settled<Scope, Group, Item>) {
        (void)query::refuse<query_problem::S149_plain_column_beside_an_aggregate, label<Item>>();
    }
}

/// Checks that what is selected has one value for each group, where there are groups.
template <class Scope, class Group, class... Item>
constexpr void check_grouping(const list<Item...>*) {
    (query::check_settled<Scope, Group, Item>(), ...);
}

} // namespace autopack_schema::query
