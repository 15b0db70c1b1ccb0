// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/table.hpp>
#include <autopack_schema/query/detail/binder.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace autopack_schema::query {

using autopack_schema::detail::binding_list;
using autopack_schema::detail::member_binder;
using autopack_schema::detail::reflected_list;

/// The member of a row by its pointer; a function for each type of member, not for each member.
template <class Row, class Base, class T>
constexpr auto& member_of(Row& row, T Base::*member) noexcept {
    return row.*member;
}
template <class Row>
constexpr no_member member_of(Row&, std::nullptr_t) noexcept {
    return {};
}

/// Tells whether the columns of a table are in the order of the members of its row.
template <class Bindings>
inline constexpr bool is_in_order = [] {
    for (std::size_t i = 0; i < Bindings::member_of_column.size(); ++i) {
        if (Bindings::member_of_column[i] != i) return false;
    }
    return true;
}();

template <class... Binding, class Row, class Visitor>
constexpr decltype(auto) visit_bound(binding_list<Binding...>, Row& row, Visitor&& visit) {
    return visit(query::member_of(row, Binding::member)...);
}
template <class Class, std::size_t Count, class... Binding, class Row, class Visitor>
constexpr decltype(auto) visit_bound(reflected_list<Class, Count, Binding...>, Row& row, Visitor&& visit) {
    using bindings = reflected_list<Class, Count, Binding...>;
    if constexpr (is_in_order<bindings>) {
        return member_binder<Count>::bind(row, visit);
    } else {
        return member_binder<Count>::bind(row, [&visit](auto&... member) -> decltype(auto) {
            const auto all = std::tie(member...);
            return [&]<std::size_t... Column>(std::index_sequence<Column...>) -> decltype(auto) {
                return visit(std::get<bindings::member_of_column[Column]>(all)...);
            }(std::make_index_sequence<Count>());
        });
    }
}

/// Calls with all members of a row that are columns, in the order of the columns; what is no column is a `no_member`.
template <class Definition, class Row, class Visitor>
constexpr decltype(auto) visit_row(Row& row, Visitor&& visit) {
    return query::visit_bound(typename Definition::bindings{}, row, visit);
}

} // namespace autopack_schema::query
