// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/query/change.hpp>
#include <autopack_schema/query/detail/hint.hpp>
#include <autopack_schema/query/detail/insert.hpp>
#include <autopack_schema/query/detail/keyed.hpp>
#include <autopack_schema/query/detail/session.hpp>
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
    auto insert(const Row& row) {
        if constexpr (query::require_table<Schema, Row>()) {
            return query::insert_row<query::table_of<Schema, Row>::value>(session_, row);
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
        return select(query::whole_row<Row, query::no_alias>{});
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
        return query::update_statement<query::bound_to<Schema>, Row, query::nothing>({&session_}, {});
    }
    /// Removes rows: `db.erase<run>().where(…).execute()`.
    template <class Row>
    auto erase() {
        return query::erase_statement<query::bound_to<Schema>, Row, query::nothing>({&session_}, {});
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
