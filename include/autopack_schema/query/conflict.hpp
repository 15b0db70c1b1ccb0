// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/detail/check_schema.hpp>
#include <autopack_schema/query/column_ref.hpp>
#include <autopack_schema/query/detail/change_parts.hpp>
#include <autopack_schema/query/detail/hint.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace autopack_schema {

namespace query {

/// The scope of an upsert: the row that is there, and the one that could not be inserted.
template <const auto& Schema, class Row>
using upsert_scope =
    scope<Schema, false, no_parent, in_scope<Row, no_alias, false>, in_scope<Row, excluded_alias, false>>;

/// An insert that fails where a row is in the way.
struct no_conflict {
    static constexpr bool dynamic = false;
    static constexpr bool can_skip = false;
    template <const auto& Schema, class Row>
    static constexpr void write(sql_writer&, const no_conflict*) {}
    static void bind(binder&) noexcept {}
};

/// Tells whether columns are a key of their table; none are any key.
template <const auto& Table, class... Column>
consteval bool are_a_key() {
    using info = table_info<Table>;
    if constexpr (sizeof...(Column) == 0) {
        return true;
    } else {
        const std::array<model::name, sizeof...(Column)> names{
            info::column(column_index<typename info::definition, Column::member>).name...};
        const model::schema s = Table.model();
        return autopack_schema::detail::key_finder{s, s.tables[0]}.has_key(names);
    }
}

/// Writes ON CONFLICT with its columns.
/// errors: S158 they are no key (compile time)
template <const auto& Schema, class Row, class... Column>
constexpr void write_target(sql_writer& w) {
    constexpr const auto& table = table_of<Schema, Row>::value;
    using scope = upsert_scope<Schema, Row>;
    if constexpr (!query::are_a_key<table, Column...>()) {
        (void)query::refuse<query_problem::S158_conflict_with_no_key, label<Column>...>();
    } else {
        w.put(" ON CONFLICT ");
        if constexpr (sizeof...(Column) != 0) {
            const list<Column...>* const none = nullptr;
            w.put("(");
            query::write_list<scope>(w, none);
            w.put(") ");
        }
    }
}

/// ON CONFLICT DO NOTHING.
template <class... Column>
struct do_nothing {
    static constexpr bool dynamic = false;
    static constexpr bool can_skip = true;
    template <const auto& Schema, class Row>
    static constexpr void write(sql_writer& w, const do_nothing*) {
        query::write_target<Schema, Row, Column...>(w);
        w.put("DO NOTHING");
    }
    static void bind(binder&) noexcept {}
};

/// ON CONFLICT DO UPDATE.
template <class Target, class Where, class... Assignment>
struct do_update;
template <class... Column, class Where, class... Assignment>
struct do_update<list<Column...>, Where, Assignment...> {
    static constexpr bool dynamic = Where::dynamic || (Assignment::dynamic || ...);
    static constexpr bool can_skip = is_written<Where>;
    list<Assignment...> set;
    Where condition;

    /// Updates only a row for which the condition is true.
    template <class E>
    constexpr auto where(E&& e) const {
        auto made = query::row_condition(std::forward<E>(e));
        return do_update<list<Column...>, decltype(made), Assignment...>{set, std::move(made)};
    }
    template <const auto& Schema, class Row>
    static constexpr void write(sql_writer& w, const do_update* self) {
        using scope = upsert_scope<Schema, Row>;
        query::write_target<Schema, Row, Column...>(w);
        w.put("DO UPDATE SET ");
        query::write_list<scope>(w, self == nullptr ? nullptr : &self->set);
        query::write_where<scope>(w, self == nullptr ? nullptr : &self->condition);
    }
    void bind(binder& b) const {
        set.bind(b);
        condition.bind(b);
    }
};

/// ON CONFLICT DO UPDATE of every column that is not of the conflict.
template <class... Column>
struct do_replace {
    static constexpr bool dynamic = false;
    static constexpr bool can_skip = false;
    template <const auto& Schema, class Row>
    static constexpr void write(sql_writer& w, const do_replace*) {
        using info = table_info<table_of<Schema, Row>::value>;
        query::write_target<Schema, Row, Column...>(w);
        w.put("DO UPDATE SET ");
        bool first = true;
        for (std::size_t i = 0; i < info::columns; ++i) {
            const bool is_target = ((column_index<typename info::definition, Column::member> == i) || ...);
            if (is_target || i == info::rowid || info::column(i).generated != model::generated_kind::none) continue;
            if (!first) w.put(", ");
            first = false;
            w.name(info::column(i).name.text);
            w.put(" = excluded.");
            w.name(info::column(i).name.text);
        }
    }
    static void bind(binder&) noexcept {}
};

/// What to do where a row is in the way; see `on_conflict`.
template <class... Column>
struct conflict_target {
    /// Leaves the row as it is.
    constexpr auto do_nothing() const { return query::do_nothing<Column...>{}; }
    /// Changes the row that is there: `do_update(col<&run::state> = excluded(col<&run::state>))`.
    template <is_assignment... A>
        requires(sizeof...(A) > 0)
    constexpr auto do_update(A... a) const {
        return query::do_update<list<Column...>, nothing, A...>{list<A...>(std::move(a)...), {}};
    }
    /// Gives the row that is there all values of the new one, but for its key and its number.
    constexpr auto do_replace() const { return query::do_replace<Column...>{}; }
};

/// What an insert gives back; see `returning`.
template <class Output>
struct returning_clause {
    Output output;
};

} // namespace query

/// For an insert that may meet a row with the same key: `on_conflict(col<&run::id>).do_nothing()`; without columns, any key.
/// errors: S158 the columns are no key (compile time)
template <class... Column>
constexpr auto on_conflict(const Column&...) {
    return query::conflict_target<Column...>{};
}

/// In `do_update`: the value of the row that could not be inserted.
template <auto Member>
constexpr auto excluded(const query::column_ref<Member, query::no_alias>&) {
    return query::column_ref<Member, query::excluded_alias>{};
}

/// What an insert gives back of the row as the database has it then: `returning(col<&run::created_at>)`.
template <class... Item>
constexpr auto returning(const Item&... item) {
    using output = decltype(query::make_output(query::to_item(item)...));
    return query::returning_clause<output>{query::make_output(query::to_item(item)...)};
}
/// The whole row.
template <class Row>
constexpr auto returning() {
    return returning(query::whole_row<Row, query::no_alias>{});
}

} // namespace autopack_schema
