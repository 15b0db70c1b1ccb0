// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/cursor.hpp>

#include <utility>

namespace autopack_schema::query {

/// What a query gives: run by reading it.
/// shape:  a loop streams: one row lives at a time, may be moved from, and leaving the loop early ends the statement;
///         the query itself must live as long. A statement that changes rows is run to its end and cannot be streamed.
/// errors: S242 a value that its member cannot hold, and what SQLite finds
template <class Db, class Parts>
class results {
public:
    using parts_type = Parts;

    constexpr results(Db db, Parts parts) : db_(db), parts_(std::move(parts)) {}

    auto begin() const
        requires(!Parts::changes)
    {
        return cursor<Db, Parts>(db_, parts_);
    }
    end_of_rows end() const noexcept { return {}; }
    /// All results.
    auto all() const { return query::read_all(db_, parts_); }
    /// The first result, if there is one.
    auto first() const { return query::read_first(db_, parts_); }
    /// The only result.
    /// errors: S243 none, or several
    auto one() const { return query::read_one(db_, parts_); }

    constexpr const Parts& parts() const noexcept { return parts_; }
    constexpr Db database() const noexcept { return db_; }

private:
    Db db_;
    Parts parts_;
};

} // namespace autopack_schema::query
