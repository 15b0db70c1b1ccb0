// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/cursor.hpp>

namespace autopack_schema::query {

/// What a query gives: run by reading it.
/// shape:  a loop streams: one row lives at a time, may be moved from, and leaving the loop early ends the statement;
///         the query itself must live as long. A statement that changes rows is run to its end and cannot be streamed.
///         An aggregate, because each constructor of each type of query would cost the compiler as much as a clause.
/// errors: S242 a value that its member cannot hold, and what SQLite finds
template <class Db, class Parts>
struct results {
    using parts_type = Parts;

    Db db;
    Parts parts;

    auto begin() const
        requires(!Parts::changes)
    {
        using reading = reading_of<Db::schema, Parts>;
        return cursor<typename reading::result>(query::open_query<Db::schema>(*db.on, parts), reading::function);
    }
    end_of_rows end() const noexcept { return {}; }
    /// All results.
    auto all() const {
        return query::read_all(query::open_query<Db::schema>(*db.on, parts), reading_of<Db::schema, Parts>::function);
    }
    /// The first result, if there is one.
    auto first() const {
        return query::read_first(query::open_query<Db::schema>(*db.on, parts), reading_of<Db::schema, Parts>::function,
                                 Parts::changes);
    }
    /// The only result.
    /// errors: S243 none, or several
    auto one() const {
        return query::read_one(query::open_query<Db::schema>(*db.on, parts), reading_of<Db::schema, Parts>::function);
    }
};

} // namespace autopack_schema::query
