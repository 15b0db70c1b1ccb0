// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/select_parts.hpp>
#include <autopack_schema/query/results.hpp>

#include <cstdint>
#include <type_traits>
#include <utility>

namespace autopack_schema::query {

/// A SELECT: what is to be read, made clause by clause, run by reading it.
/// shape:  every clause gives a new query, so that one can be the start of several
/// errors: S140 to S161 (compile time)
template <class Db, class Parts>
struct selection : results<Db, Parts> {
    using is_aps_selection = void;
    using results<Db, Parts>::parts;
    using results<Db, Parts>::db;

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
        using plain = std::remove_cvref_t<E>;
        if constexpr (is_condition<plain> && !plain::aggregate && !Parts::has_where) {
            using more = typename Parts::template where_parts<plain>;
            return selection<Db, more>{{db, more{parts.output, parts.sources, e, parts.group, parts.having, parts.order,
                                                 parts.limit, parts.offset}}};
        } else {
            return with(parts.with_where(query::row_condition(std::forward<E>(e))));
        }
    }
    template <class... E>
    constexpr auto group_by(const E&... e) const {
        return with(parts.with_group(list<E...>(e...)));
    }
    /// Only groups for which the condition is true.
    template <class E>
    constexpr auto having(E&& e) const {
        return with(parts.with_having(query::condition(std::forward<E>(e))));
    }
    /// Sorts by expressions, or by terms as `col<&row::at>.desc()`.
    template <class... Term>
    constexpr auto order_by(const Term&... term) const {
        return with(parts.with_order(
            list<decltype(query::to_order_term(term))...>(query::to_order_term(term)...)));
    }
    /// No more rows than this.
    constexpr auto limit(std::int64_t rows) const { return with(parts.with_limit(query::to_value(rows))); }
    /// Passes over the first rows.
    constexpr auto offset(std::int64_t rows) const { return with(parts.with_offset(query::to_value(rows))); }
    /// Each result once.
    constexpr auto distinct() const { return with(parts.with_distinct()); }
    /// The results as a struct with a member for each.
    template <class Struct>
    constexpr auto into() const {
        return with(parts.with_output(query::output_into<Struct>(parts.output)));
    }

    /// The same query on a database.
    template <class Other>
    constexpr auto on(Other other) const {
        return selection<Other, Parts>{{other, parts}};
    }

private:
    template <class More>
    constexpr auto with(More more) const {
        return selection<Db, More>{{db, std::move(more)}};
    }
    template <class Sources>
    constexpr auto with_sources(Sources from) const {
        return with(parts.with_sources(std::move(from)));
    }
    template <class Row, class Alias, join_kind Kind, class On>
    constexpr auto add(On on) const {
        return with_sources(query::joined(parts.sources, source<Row, Alias, Kind, On>{std::move(on)}));
    }
};

} // namespace autopack_schema::query
