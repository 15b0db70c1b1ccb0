// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/conflict.hpp>
#include <autopack_schema/query/detail/insert.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <optional>

namespace autopack_schema::query {

/// INSERT of a row with what else can be said: ON CONFLICT, RETURNING.
template <class Row, class Conflict>
struct insert_parts {
    static constexpr bool dynamic = Conflict::dynamic;
    const Row* row;
    Conflict conflict;

    template <const auto& Schema, class Parent>
    static constexpr void write(sql_writer& w, const insert_parts* self) {
        w.insert(table_of<Schema, Row>::value.model());
        Conflict::template write<Schema, Row>(w, self == nullptr ? nullptr : &self->conflict);
    }
};

/// Binds a row and the values of its ON CONFLICT.
template <const auto& Table, class Row, class Conflict>
void bind_insert(binder& b, const insert_parts<Row, Conflict>& parts) {
    query::bind_row<Table>(b, *parts.row);
    parts.conflict.bind(b);
}

/// Inserts a row or deals with the one that is in the way; tells whether something was written.
template <const auto& Schema, class Row, class Conflict>
bool upsert_row(session& on, const Row& row, const Conflict& conflict) {
    constexpr const auto& table = table_of<Schema, Row>::value;
    const insert_parts<Row, Conflict> parts{&row, conflict};
    const lease statement = query::prepare<Schema>(on, parts);
    char room[row_room<table> + 1];
    binder b(statement.handle(), room);
    query::bind_insert<table>(b, parts);
    b.check();
    query::run_to_end(statement.handle());
    return sqlite3_changes64(on.handle()) != 0;
}

/// Inserts a row and reads what is asked of it; into nothing where no row was written.
template <const auto& Schema, class Row, class Conflict, class Output>
auto insert_returning(session& on, const Row& row, const Conflict& conflict, const returning_clause<Output>& returning) {
    using parts_type = returning_parts<Row, insert_parts<Row, Conflict>, Output>;
    using scope = change_scope<Schema, Row>;
    constexpr const auto& table = table_of<Schema, Row>::value;
    const parts_type parts{{&row, conflict}, returning.output};
    running run(query::prepare<Schema>(on, parts));
    char room[row_room<table> + 1];
    binder b(run.statement(), room);
    query::bind_insert<table>(b, parts.change);
    parts.output.bind(b);
    b.check();
    std::optional<typename Output::template result<scope>> result;
    if (run.step()) {
        reader in(run.statement());
        Output::template read<scope>(in, result.emplace());
        run.finish();
    }
    if constexpr (Conflict::can_skip) return result;
    else return *std::move(result);
}

} // namespace autopack_schema::query
