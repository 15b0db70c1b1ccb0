// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/query/change.hpp>
#include <autopack_schema/query/detail/hint.hpp>
#include <autopack_schema/query/detail/insert_parts.hpp>
#include <autopack_schema/query/detail/insert_range.hpp>
#include <autopack_schema/query/detail/keyed.hpp>
#include <autopack_schema/query/detail/session.hpp>
#include <autopack_schema/query/raw.hpp>
#include <autopack_schema/query/selection.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace autopack_schema {

/// A database of a schema: what of it is read and written is checked by the compiler.
/// shape:  `aps::database<schemas::autopack::current> db{connection}`; for one thread at a time, which debug builds check.
///         Each type of query is prepared once and kept.
template <const auto& Schema>
class database {
public:
    /// Opens the database of a URL, without a mutex: no other thread may use it meanwhile.
    /// errors: those of `sqlite::connection::open`
    static database open(const db::url& where, sqlite::open_options options = {}) {
        options.mutex = false;
        return database(sqlite::connection::open(where, options));
    }
    static database open(std::string_view url, sqlite::open_options options = {}) {
        return open(db::url::parse(url), options);
    }
    /// A new empty database in memory.
    static database memory() {
        return database(sqlite::connection::open_file(":memory:", {.mode = sqlite::open_mode::create, .mutex = false}));
    }
    /// On a connection that is somebody else's and lives longer.
    explicit database(sqlite::connection& connection) : session_(connection) {}
    explicit database(sqlite::connection&& connection) : session_(std::move(connection)) {}

    /// Inserts a row. An integer primary key of 0 is left to the database to number.
    /// shape: the number of the new row, where the table has one
    /// errors: S140 (compile time); S216 to S220 a constraint, and what else SQLite finds
    template <class Row>
        requires(!query::is_row_range<const Row&>)
    auto insert(const Row& row) {
        if constexpr (query::require_table<Schema, Row>()) {
            return query::insert_row<query::table_of<Schema, Row>::value>(session_, row);
        }
    }
    /// Inserts a row, or does what `on_conflict` says; tells whether something was written.
    template <class Row, class Conflict>
        requires requires { Conflict::can_skip; }
    bool insert(const Row& row, const Conflict& conflict) {
        return query::upsert_row<Schema>(session_, row, conflict);
    }
    /// Inserts a row and gives back what `returning` says; into nothing where `on_conflict` may write none.
    template <class Row, class Output>
    auto insert(const Row& row, const query::returning_clause<Output>& back) {
        return query::insert_returning<Schema>(session_, row, query::no_conflict{}, back);
    }
    template <class Row, class Conflict, class Output>
    auto insert(const Row& row, const Conflict& conflict, const query::returning_clause<Output>& back) {
        return query::insert_returning<Schema>(session_, row, conflict, back);
    }
    /// Inserts all rows of a range, or none; how many there were.
    template <class Range>
        requires query::is_row_range<Range>
    std::int64_t insert(Range&& range) {
        using row = std::remove_cvref_t<decltype(*std::begin(range))>;
        if constexpr (query::require_table<Schema, row>()) {
            return query::insert_range<query::table_of<Schema, row>::value>(session_, range);
        } else {
            return 0;
        }
    }
    /// Writes all columns of the row with the same primary key; tells whether it is there.
    /// errors: S140, S154 (compile time)
    template <class Row>
    bool update(const Row& row) {
        if constexpr (query::require_table<Schema, Row>()) {
            return query::update_row<query::table_of<Schema, Row>::value>(session_, row);
        } else {
            return false;
        }
    }
    /// Removes the row with this primary key; tells whether it was there.
    /// errors: S140, S154, S155 (compile time)
    template <class Row, class... Key>
        requires(sizeof...(Key) > 0)
    bool erase(const Key&... key) {
        if constexpr (query::require_table<Schema, Row>()) {
            return query::erase_row<query::table_of<Schema, Row>::value>(session_, key...);
        } else {
            return false;
        }
    }
    /// The row with this primary key, if there is one; a key of several columns by as many values.
    /// errors: S140, S154, S155 (compile time), S242
    template <class Row, class... Key>
    std::optional<Row> get(const Key&... key) {
        if constexpr (query::require_table<Schema, Row>()) {
            return query::get_row<query::table_of<Schema, Row>::value>(session_, key...);
        } else {
            return std::nullopt;
        }
    }

    /// Reads rows of a table, each as its struct.
    template <class Row>
        requires(!query::is_expression<Row>)
    auto select() {
        return query::selection<query::bound_to<Schema>, query::row_query<Row>>{{{&session_}, {}}};
    }
    /// Reads expressions: of one its value, of several a tuple.
    template <class... Item>
        requires(sizeof...(Item) > 0)
    auto select(const Item&... item) {
        return query::make_select(query::bound_to<Schema>{&session_}, query::to_item(item)...);
    }

    /// Runs a query that was made without a database.
    template <query::is_subquery Selection>
    auto run(const Selection& selection) {
        return selection.on(query::bound_to<Schema>{&session_});
    }
    /// Changes rows: `db.update<run>().set(col<&run::state> = "done").where(…).execute()`.
    template <class Row>
    auto update() {
        return query::update_statement<query::bound_to<Schema>, Row, query::nothing>{{&session_}, {}};
    }
    /// Removes rows: `db.erase<run>().where(…).execute()`.
    template <class Row>
    auto erase() {
        return query::erase_statement<query::bound_to<Schema>, Row, query::nothing>{{&session_}, {}};
    }

    /// Results of SQL of your own, each as a T: a row struct, a tuple, or the value of the only column. What comes from
    /// outside belongs into parameters: `db.query<std::int64_t>("SELECT count(*) FROM runs WHERE state = ?", state).one()`.
    template <class T, class... Value>
    query::raw_results<Schema, T> query(std::string_view sql, const Value&... value) {
        session_.check_thread();
        sqlite::statement statement = connection().prepare(sql);
        query::bind_raw(statement, 1, value...);
        return {session_, std::move(statement)};
    }
    /// Runs one statement of your own with its parameters; how many rows it changed.
    template <class... Value>
    std::int64_t execute(std::string_view sql, const Value&... value) {
        session_.check_thread();
        sqlite::statement statement = connection().prepare(sql);
        query::bind_raw(statement, 1, value...);
        while (statement.step()) {
        }
        return connection().changes();
    }

    /// The connection underneath, for SQL of your own.
    sqlite::connection& connection() noexcept { return session_.connection(); }
    /// A transaction: commit() it, or the end of the scope undoes it.
    [[nodiscard]] sqlite::transaction transaction(sqlite::transaction_kind kind = sqlite::transaction_kind::immediate) {
        return sqlite::transaction(connection(), kind);
    }
    /// A transaction within a transaction: release() it, or the end of the scope undoes it.
    [[nodiscard]] sqlite::savepoint savepoint() { return sqlite::savepoint(connection()); }
    /// From now on this thread uses the database and no other.
    void move_to_this_thread() noexcept { session_.move_to_this_thread(); }

private:
    query::session session_;
};

} // namespace autopack_schema
