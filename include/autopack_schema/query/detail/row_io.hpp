// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/reader.hpp>
#include <autopack_schema/query/detail/table_text.hpp>
#include <autopack_schema/query/detail/tables.hpp>
#include <autopack_schema/query/detail/unreadable.hpp>
#include <autopack_schema/query/detail/visit_row.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace autopack_schema::query {

template <class T>
constexpr std::size_t room_of() {
    if constexpr (writes_text<T>) return column_traits<T>::text_capacity;
    else return 0;
}
template <class Row, class T>
constexpr std::size_t room_for(T Row::*) {
    return query::room_of<T>();
}
template <class Row, class T>
constexpr std::size_t room_for(std::optional<T> Row::*) {
    return query::room_of<T>();
}
constexpr std::size_t room_for(std::nullptr_t) { return 0; }
template <class... Binding>
consteval std::size_t room_for_row(autopack_schema::detail::binding_list<Binding...>) {
    return (std::size_t{0} + ... + query::room_for(Binding::member));
}

/// Room that the texts of a row need which it does not have itself, as those of its times.
template <const auto& Table>
inline constexpr std::size_t row_room = query::room_for_row(typename table_info<Table>::definition::bindings{});

template <class Info>
void bind_member(binder&, std::size_t&, no_member) {}
/// The number of a row that has none yet is left to the database.
template <class Info, class Member>
void bind_member(binder& b, std::size_t& i, const Member& member) {
    const std::size_t column = i++;
    if constexpr (std::is_integral_v<Member>) {
        if (column == Info::rowid && member == 0) return b.put(nullptr);
    }
    if (Info::has_generated && query::is_generated(Info::column(column))) return;
    b.put(member);
}

/// Binds the columns of a row that the database does not compute.
template <class Info, class... Member>
void bind_members(binder& b, const Member&... member) {
    if constexpr (!Info::has_generated && Info::rowid == no_column) {
        (b.put(member), ...);
    } else {
        std::size_t i = 0;
        (query::bind_member<Info>(b, i, member), ...);
    }
}

/// Binds a row of an INSERT.
template <const auto& Table, class Row>
void bind_row(binder& b, const Row& row) {
    using info = table_info<Table>;
    query::visit_row<typename info::definition>(
        row, [&b](const auto&... member) { query::bind_members<info>(b, member...); });
}

/// Reads a row from the columns of a statement that come next.
/// errors: S242 a value that its member cannot hold
template <const auto& Table, class Row>
void read_row(reader& in, Row& row, std::string_view alias = {}) {
    using info = table_info<Table>;
    const int first = in.next();
    const bool good = query::visit_row<typename info::definition>(
        row, [&in](auto&&... member) { return (in.get(member) && ...); });
    if (!good) [[unlikely]]
        query::refuse_value(in, {info::name(), info::column(static_cast<std::size_t>(in.column() - first)).name.text, alias});
}

} // namespace autopack_schema::query
