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

/// Inlined even where the compiler would not, if it makes fast code at all.
#if defined(__OPTIMIZE__) && defined(__GNUC__)
#define AUTOPACK_SCHEMA_INLINE [[gnu::always_inline]] inline
#else
#define AUTOPACK_SCHEMA_INLINE inline
#endif

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
consteval std::size_t room_for_row(binding_list<Binding...>) {
    return (std::size_t{0} + ... + query::room_for(Binding::member));
}
struct add_rooms {
    template <class... T>
    constexpr std::size_t operator()(const T&...) const {
        return (std::size_t{0} + ... + query::room_of<typename value_inside<T>::type>());
    }
};
template <class Row, std::size_t Count, class... Binding>
consteval std::size_t room_for_row(reflected_list<Row, Count, Binding...>) {
    return member_binder<Count>::bind(autopack_schema::detail::nowhere<Row>.row, add_rooms{});
}

/// Room that the texts of a row need which it does not have itself, as those of its times.
template <const auto& Table>
inline constexpr std::size_t row_room = query::room_for_row(typename table_info<Table>::definition::bindings{});

template <class Info>
void bind_writable(binder&, std::size_t&, no_member) {}
/// Binds a column unless the database computes it.
template <class Info, class Member>
void bind_writable(binder& b, std::size_t& i, const Member& member) {
    if (!query::is_generated(Info::column(i++))) b.put(member);
}

/// Binds the columns of a row that can be written.
/// shape: inlined wherever code is made fast, because else the addresses of all members would go over the stack
template <class Info, class... Member>
AUTOPACK_SCHEMA_INLINE void bind_members(binder& b, const Member&... member) {
    if constexpr (Info::has_generated) {
        std::size_t i = 0;
        (query::bind_writable<Info>(b, i, member), ...);
    } else {
        (b.put(member), ...);
    }
}
template <class Info>
struct bind_visitor {
    binder& b;
    template <class... Member>
    AUTOPACK_SCHEMA_INLINE void operator()(const Member&... member) const {
        query::bind_members<Info>(b, member...);
    }
};
template <class Info, class Row, class... Binding>
void bind_columns(binder& b, const Row& row, binding_list<Binding...>) {
    if constexpr ((Info::has_generated || ... || std::is_null_pointer_v<std::remove_cv_t<decltype(Binding::member)>>)) {
        query::bind_members<Info>(b, query::member_of(row, Binding::member)...);
    } else {
        (b.put(row.*Binding::member), ...);
    }
}
template <class Info, class Row, class Class, std::size_t Count, class... Binding>
void bind_columns(binder& b, const Row& row, reflected_list<Class, Count, Binding...> bindings) {
    query::visit_bound(bindings, row, bind_visitor<Info>{b});
}

/// Binds a row of an INSERT; the number of a row that has none yet is left to the database.
template <const auto& Table, class Row>
void bind_row(binder& b, const Row& row) {
    if constexpr (table_info<Table>::rowid != no_column) b.leave_zero_next(table_info<Table>::number_parameter);
    query::bind_columns<table_info<Table>>(b, row, typename table_info<Table>::definition::bindings{});
}

template <class Row, class... Binding>
bool read_columns(reader& in, Row& row, binding_list<Binding...>) {
    if constexpr ((false || ... || std::is_null_pointer_v<std::remove_cv_t<decltype(Binding::member)>>)) {
        return (in.get(query::member_of(row, Binding::member)) && ...);
    } else {
        return (in.get(row.*Binding::member) && ...);
    }
}
struct read_visitor {
    reader& in;
    template <class... Member>
    AUTOPACK_SCHEMA_INLINE bool operator()(Member&... member) const {
        return (in.get(member) && ...);
    }
};
template <class Row, class Class, std::size_t Count, class... Binding>
bool read_columns(reader& in, Row& row, reflected_list<Class, Count, Binding...> bindings) {
    return query::visit_bound(bindings, row, read_visitor{in});
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

template <const auto& Table, class Row>
void read_plain_row(reader& in, Row& row) {
    query::read_row<Table>(in, row);
}

} // namespace autopack_schema::query
