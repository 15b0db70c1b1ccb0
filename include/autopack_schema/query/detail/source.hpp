// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/condition.hpp>
#include <autopack_schema/query/detail/list.hpp>
#include <autopack_schema/query/detail/scope.hpp>

#include <cstdint>
#include <type_traits>
#include <utility>

namespace autopack_schema::query {

/// How a table comes into a query.
enum class join_kind : std::uint8_t { from, inner, left, cross };

/// The ON of a table that has none.
struct no_condition {
    static constexpr bool aggregate = false;
    static constexpr bool dynamic = false;
    static constexpr bool has_values = false;
    static constexpr void bind(binder&) noexcept {}
};

/// A table of a query with the condition that joins it.
template <class Row, class Alias, join_kind Kind, class On>
struct source {
    using in = in_scope<Row, Alias, Kind == join_kind::left>;
    using row = Row;
    using alias = Alias;
    static constexpr bool aggregate = false;
    static constexpr bool dynamic = On::dynamic;
    static constexpr bool has_values = On::has_values;
    On on;

    /// errors: S140 the row's table is not in the schema, S148 an aggregate in ON (compile time)
    template <class Scope>
    static constexpr void write(sql_writer& w, const source* self) {
        if constexpr (!has_table<Scope::schema, Row>) {
            (void)query::refuse<query_problem::S140_row_is_no_table_of_the_schema, row_label<Row>>();
        } else {
            if (Kind == join_kind::inner) w.put(" JOIN ");
            if (Kind == join_kind::left) w.put(" LEFT JOIN ");
            if (Kind == join_kind::cross) w.put(" CROSS JOIN ");
            w.name(table_info<table_of<Scope::schema, Row>::value>::name());
            if (!Alias::name.empty()) {
                w.put(" AS ");
                w.name(Alias::name);
            }
            if constexpr (!std::is_same_v<On, no_condition>) {
                if constexpr (On::aggregate) {
                    (void)query::refuse<query_problem::S148_aggregate_where_rows_are_chosen, label<On>>();
                }
                w.put(" ON ");
                On::template write<Scope>(w, self == nullptr ? nullptr : &self->on);
            }
        }
    }
    void bind(binder& b) const { on.bind(b); }
};

/// The tables of a query, joined from left to right.
template <class... Source>
struct sources {
    static constexpr bool dynamic = (Source::dynamic || ...);
    static constexpr bool has_values = (Source::has_values || ...);
    template <const auto& Schema, class Parent>
    using scope_in = scope<Schema, (sizeof...(Source) > 1) || !std::is_same_v<Parent, no_parent>, Parent, typename Source::in...>;

    list<Source...> items;

    template <class Scope>
    static constexpr void write(sql_writer& w, const sources* self) {
        query::write_list<Scope>(w, self == nullptr ? nullptr : &self->items, "");
    }
    void bind(binder& b) const { items.bind(b); }
};

template <class... Source, class More, std::size_t... Index>
constexpr auto joined(const sources<Source...>& all, More more, std::index_sequence<Index...>) {
    return sources<Source..., More>{list<Source..., More>(query::item_of<Index, Source>(all.items)..., std::move(more))};
}
/// The same tables and one more.
template <class... Source, class More>
constexpr auto joined(const sources<Source...>& all, More more) {
    return query::joined(all, std::move(more), std::index_sequence_for<Source...>{});
}

} // namespace autopack_schema::query
