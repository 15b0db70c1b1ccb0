// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/cursor.hpp>
#include <autopack_schema/query/detail/select_parts.hpp>

#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace autopack_schema::query {

/// A SELECT: what is to be read, made clause by clause, run by reading it.
/// shape:  every clause gives a new query, so that one can be the start of several; reading it in a loop streams: one
///         row lives at a time, and leaving the loop early ends the statement
/// errors: S140 to S161 (compile time), S242 a value that its member cannot hold, and what SQLite finds
template <class Db, class Parts>
class selection {
public:
    using is_aps_selection = void;
    using parts_type = Parts;

    constexpr selection(Db db, Parts parts) : db_(db), parts_(std::move(parts)) {}

    /// The table to read from; not needed where the first thing selected is of it.
    template <class Row>
    constexpr auto from() const {
        return with_sources(sources<source<Row, no_alias, join_kind::from, no_condition>>{});
    }
    template <class Row, class Alias>
    constexpr auto from(aliased<Row, Alias>) const {
        return with_sources(sources<source<Row, Alias, join_kind::from, no_condition>>{});
    }
    /// Joins a table: only pairs of rows for which the condition is true.
    template <class Row, class On>
    constexpr auto join(On&& on) const {
        return add<Row, no_alias, join_kind::inner>(query::condition(std::forward<On>(on)));
    }
    template <class Row, class Alias, class On>
    constexpr auto join(aliased<Row, Alias>, On&& on) const {
        return add<Row, Alias, join_kind::inner>(query::condition(std::forward<On>(on)));
    }
    /// Joins a table whose row may be missing: its columns can be NULL then, its row is a std::optional.
    template <class Row, class On>
    constexpr auto left_join(On&& on) const {
        return add<Row, no_alias, join_kind::left>(query::condition(std::forward<On>(on)));
    }
    template <class Row, class Alias, class On>
    constexpr auto left_join(aliased<Row, Alias>, On&& on) const {
        return add<Row, Alias, join_kind::left>(query::condition(std::forward<On>(on)));
    }
    /// Joins each row with each row of a table.
    template <class Row>
    constexpr auto cross_join() const {
        return add<Row, no_alias, join_kind::cross>(no_condition{});
    }
    template <class Row, class Alias>
    constexpr auto cross_join(aliased<Row, Alias>) const {
        return add<Row, Alias, join_kind::cross>(no_condition{});
    }

    /// Only rows for which the condition is true; said twice, both must be.
    template <class E>
    constexpr auto where(E&& e) const {
        return with(parts_.with_where(query::row_condition(std::forward<E>(e))));
    }
    template <class... E>
    constexpr auto group_by(const E&... e) const {
        return with(parts_.with_group(list<E...>(e...)));
    }
    /// Only groups for which the condition is true.
    template <class E>
    constexpr auto having(E&& e) const {
        return with(parts_.with_having(query::condition(std::forward<E>(e))));
    }
    /// Sorts by expressions, or by terms as `col<&row::at>.desc()`.
    template <class... Term>
    constexpr auto order_by(const Term&... term) const {
        return with(parts_.with_order(
            list<decltype(query::to_order_term(term))...>(query::to_order_term(term)...)));
    }
    /// No more rows than this.
    constexpr auto limit(std::int64_t rows) const { return with(parts_.with_limit(query::to_value(rows))); }
    /// Passes over the first rows.
    constexpr auto offset(std::int64_t rows) const { return with(parts_.with_offset(query::to_value(rows))); }
    /// Each result once.
    constexpr auto distinct() const { return with(parts_.with_distinct()); }
    /// The results as a struct with a member for each.
    template <class Struct>
    constexpr auto into() const {
        return with(parts_.with_output(query::output_into<Struct>(parts_.output)));
    }

    /// Streams the results: `for (auto& row : query)`; a row may be moved from. The query must live as long.
    auto begin() { return cursor<Db, Parts>(db_, parts_); }
    std::default_sentinel_t end() const noexcept { return {}; }
    /// All results.
    auto all() const { return query::read_all(db_, parts_); }
    /// The first result, if there is one.
    auto first() const { return query::read_first(db_, parts_); }
    /// The only result.
    /// errors: S243 none, or several
    auto one() const { return query::read_one(db_, parts_); }

    constexpr const Parts& parts() const noexcept { return parts_; }
    /// The same query on a database.
    template <class Other>
    constexpr auto on(Other db) const {
        return selection<Other, Parts>(db, parts_);
    }

private:
    template <class More>
    constexpr auto with(More parts) const {
        return selection<Db, More>(db_, std::move(parts));
    }
    template <class Sources>
    constexpr auto with_sources(Sources from) const {
        return with(parts_.with_sources(std::move(from)));
    }
    template <class Row, class Alias, join_kind Kind, class On>
    constexpr auto add(On on) const {
        return with_sources(query::joined(parts_.sources, source<Row, Alias, Kind, On>{std::move(on)}));
    }

    Db db_;
    Parts parts_;
};

} // namespace autopack_schema::query
