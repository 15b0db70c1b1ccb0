// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/table.hpp>
#include <autopack_schema/query/detail/binder.hpp>

#include <cstddef>
#include <type_traits>

namespace autopack_schema::query {

/// The member of a row by its pointer; a function for each type of member, not for each member.
template <class Row, class Base, class T>
constexpr auto& member_of(Row& row, T Base::*member) noexcept {
    return row.*member;
}
template <class Row>
constexpr no_member member_of(Row&, std::nullptr_t) noexcept {
    return {};
}

template <class... Binding, class Row, class Visitor>
constexpr decltype(auto) visit_bound(autopack_schema::detail::binding_list<Binding...>, Row& row, Visitor&& visit) {
    return visit(query::member_of(row, Binding::member)...);
}

/// Calls with all members of a row that are columns, in the order of the columns; what is no column is a `no_member`.
template <class Definition, class Row, class Visitor>
constexpr decltype(auto) visit_row(Row& row, Visitor&& visit) {
    return query::visit_bound(typename Definition::bindings{}, row, visit);
}

} // namespace autopack_schema::query
