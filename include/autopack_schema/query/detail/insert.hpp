// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/hint.hpp>
#include <autopack_schema/query/detail/row_io.hpp>
#include <autopack_schema/query/detail/session.hpp>

#include <sqlite3.h>

#include <cstdint>

namespace autopack_schema::query {

/// Tells whether the schema has the table of a row, and reports it if not.
template <const auto& Schema, class Row>
consteval bool require_table() {
    if constexpr (!has_table<Schema, Row>) {
        return !query::refuse<query_problem::S140_row_is_no_table_of_the_schema, row_label<Row>>();
    } else {
        return true;
    }
}

/// Names an INSERT of whole rows, for the cache.
template <const auto& Table, int Rows>
struct insert_query {};

template <const auto& Table, int Rows>
void write_insert_of(text_writer& w, const void*) {
    query::write_insert(w, Table.arrays.columns, Table.name(), Rows);
}

template <const auto& Table, class Row>
auto insert_row(session& on, const Row& row) {
    const lease statement = on.use<insert_query<Table, 1>>(&query::write_insert_of<Table, 1>);
    char room[row_room<Table> + 1];
    binder b(statement.handle(), room);
    query::bind_row<Table>(b, row);
    b.check();
    query::run_to_end(statement.handle());
    if constexpr (table_info<Table>::rowid != no_column) {
        return static_cast<std::int64_t>(sqlite3_last_insert_rowid(on.handle()));
    }
}

} // namespace autopack_schema::query
