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

/// Looks for the number of a row among its columns.
struct number_search {
    std::size_t wanted;
    std::size_t next = 0;
    std::int64_t number = 1;

    constexpr void look(no_member) noexcept {}
    template <class T>
    constexpr void look(const T& member) noexcept {
        if constexpr (std::is_integral_v<T>) {
            if (next == wanted) number = static_cast<std::int64_t>(member);
        }
        ++next;
    }
};

template <class Info>
void bind_writable(binder&, std::size_t&, no_member) {}
/// Binds a column unless the database computes it.
template <class Info, class Member>
void bind_writable(binder& b, std::size_t& i, const Member& member) {
    const std::size_t column = i++;
    if (query::is_generated(Info::column(column))) return;
    if constexpr (std::is_integral_v<Member>) {
        if (column == Info::rowid && member == 0) return b.put(nullptr);
    }
    b.put(member);
}

/// Binds the columns of a row that can be written, each by a direct call: with a function of all columns between, twenty
/// addresses would go over the stack.
template <class Info, class Row, class... Binding>
void bind_columns(binder& b, const Row& row, autopack_schema::detail::binding_list<Binding...>) {
    if constexpr (Info::has_generated) {
        std::size_t i = 0;
        (query::bind_writable<Info>(b, i, query::member_of(row, Binding::member)), ...);
    } else {
        const int before = b.bound();
        (b.put(query::member_of(row, Binding::member)), ...);
        if constexpr (Info::rowid != no_column) {
            number_search search{Info::rowid};
            (search.look(query::member_of(row, Binding::member)), ...);
            if (search.number == 0) b.put_null_at(before + static_cast<int>(Info::rowid) + 1);
        }
    }
}

/// Binds a row of an INSERT; the number of a row that has none yet is left to the database.
template <const auto& Table, class Row>
void bind_row(binder& b, const Row& row) {
    query::bind_columns<table_info<Table>>(b, row, typename table_info<Table>::definition::bindings{});
}

template <class Row, class... Binding>
bool read_columns(reader& in, Row& row, autopack_schema::detail::binding_list<Binding...>) {
    return (in.get(query::member_of(row, Binding::member)) && ...);
}

/// Reads a row from the columns of a statement that come next.
/// errors: S242 a value that its member cannot hold
template <const auto& Table, class Row>
void read_row(reader& in, Row& row, std::string_view alias = {}) {
    using info = table_info<Table>;
    const int first = in.next();
    if (!query::read_columns(in, row, typename info::definition::bindings{})) [[unlikely]]
        query::refuse_value(in, {info::name(), info::column(static_cast<std::size_t>(in.column() - first)).name.text, alias});
}

} // namespace autopack_schema::query
