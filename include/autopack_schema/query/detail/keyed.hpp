// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/row_io.hpp>
#include <autopack_schema/query/detail/session.hpp>
#include <autopack_schema/query/detail/value.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <optional>
#include <string_view>

namespace autopack_schema::query {

template <const auto& Table>
struct get_query {};

template <const auto& Table>
void write_get_of(text_writer& w, const void*) {
    query::write_get(w, Table.model());
}

/// Tells whether a value of type T can be compared with a column of that kind.
template <class T>
consteval bool fits_kind(model::type_kind kind) {
    if constexpr (!is_column_value<T>) return false;
    else return kind == column_traits<T>::type.kind || (kind == model::type_kind::real && is_number<T>);
}

/// Tells whether values have the number and the types of the primary key's columns.
template <const auto& Table, class... Key>
consteval bool fits_key() {
    const model::schema s = Table.model();
    const auto parts = s.parts_of(s.tables[0].key);
    if (parts.size() != sizeof...(Key)) return false;
    std::size_t i = 0;
    return (query::fits_kind<typename expression_of<const Key&>::type>(
                model::find_column(s, s.tables[0], parts[i++].text)->type.kind) &&
            ...);
}

/// Tells whether values are a key of the table, and reports it if not.
template <const auto& Table, class... Key>
consteval bool require_key() {
    using row = typename table_info<Table>::row_type;
    constexpr const model::primary_key& key = table_info<Table>::table().key;
    if constexpr (key.parts.count == 0) {
        return !query::refuse<query_problem::S154_table_without_primary_key, row_label<row>>();
    } else if constexpr (!query::fits_key<Table, Key...>()) {
        return !query::refuse<query_problem::S155_key_of_another_shape, row_label<row>>();
    } else {
        return true;
    }
}

template <const auto& Table, class... Key>
std::optional<typename table_info<Table>::row_type> get_row(session& on, const Key&... key) {
    std::optional<typename table_info<Table>::row_type> row;
    if constexpr (query::require_key<Table, Key...>()) {
        const lease statement = on.use<get_query<Table>>(&query::write_get_of<Table>);
        binder b(statement.handle());
        (query::to_expression(key).bind(b), ...);
        b.check();
        const int result = sqlite3_step(statement.handle());
        if (result == SQLITE_ROW) [[likely]] {
            reader in(statement.handle());
            query::read_row<Table>(in, row.emplace());
        } else if (result != SQLITE_DONE) [[unlikely]] {
            sqlite::detail::raise(statement.handle(), result);
        }
    }
    return row;
}

template <const auto& Table>
struct erase_query {};
template <const auto& Table>
void write_erase_of(text_writer& w, const void*) {
    query::write_erase(w, Table.model());
}
template <const auto& Table>
struct update_query {};
template <const auto& Table>
void write_update_of(text_writer& w, const void*) {
    query::write_update(w, Table.model());
}

/// Runs a bound statement; tells whether it changed a row.
inline bool changes_a_row(session& on, const binder& b, const lease& statement) {
    b.check();
    query::run_to_end(statement.handle());
    return sqlite3_changes64(on.handle()) != 0;
}

template <const auto& Table, class... Key>
bool erase_row(session& on, const Key&... key) {
    if constexpr (query::require_key<Table, Key...>()) {
        const lease statement = on.use<erase_query<Table>>(&query::write_erase_of<Table>);
        binder b(statement.handle());
        (query::to_expression(key).bind(b), ...);
        return query::changes_a_row(on, b, statement);
    } else {
        return false;
    }
}

/// Binds a column under its own number, unless the statement has no parameter for it.
template <class Info>
void bind_numbered(binder&, std::size_t&, no_member) {}
template <class Info, class Member>
void bind_numbered(binder& b, std::size_t& i, const Member& member) {
    if (query::is_generated(Info::column(i++))) b.skip(1);
    else b.put(member);
}

template <const auto& Table, class Row>
bool update_row(session& on, const Row& row) {
    using info = table_info<Table>;
    if constexpr (info::table().key.parts.count == 0) {
        (void)query::refuse<query_problem::S154_table_without_primary_key, row_label<Row>>();
        return false;
    } else {
        const lease statement = on.use<update_query<Table>>(&query::write_update_of<Table>);
        char room[row_room<Table> + 1];
        binder b(statement.handle(), room);
        query::visit_row<typename info::definition>(row, [&b](const auto&... member) {
            std::size_t i = 0;
            (query::bind_numbered<info>(b, i, member), ...);
        });
        return query::changes_a_row(on, b, statement);
    }
}

} // namespace autopack_schema::query
