// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/output.hpp>
#include <autopack_schema/query/detail/run.hpp>
#include <autopack_schema/query/detail/select_parts.hpp>

#include <string_view>
#include <type_traits>
#include <utility>

namespace autopack_schema::query {

/// A `where` that chooses every row; see `everything`.
struct every_row {
    static constexpr bool aggregate = false;
    static constexpr bool dynamic = false;
    static constexpr void bind(binder&) noexcept {}
};

/// The scope of a statement that changes one table.
template <const auto& Schema, class Row>
using change_scope = scope<Schema, false, no_parent, in_scope<Row, no_alias, false>>;

template <class Scope, class Where>
constexpr void write_where(sql_writer& w, const Where* self) {
    if constexpr (!std::is_same_v<Where, every_row> && is_written<Where>) {
        w.put(" WHERE ");
        Where::template write<Scope>(w, self);
    }
}

template <class... Assignment>
constexpr bool assigns_twice() {
    if constexpr (sizeof...(Assignment) < 2) {
        return false;
    } else {
        const std::string_view names[] = {label<typename Assignment::column>.view()...};
        for (std::size_t i = 0; i < sizeof...(Assignment); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (names[i] == names[j]) return true;
            }
        }
        return false;
    }
}

/// UPDATE of some columns.
template <class Row, class Where, class... Assignment>
struct update_parts {
    static constexpr bool dynamic = Where::dynamic || (Assignment::dynamic || ...);
    list<Assignment...> set;
    Where where;

    /// errors: S152 without where, S164 a column twice (compile time)
    template <const auto& Schema, class Parent>
    static constexpr void write(sql_writer& w, const update_parts* self) {
        using scope = change_scope<Schema, Row>;
        if constexpr (!has_table<Schema, Row>) {
            (void)query::refuse<query_problem::S140_row_is_no_table_of_the_schema, row_label<Row>>();
        } else if constexpr (!is_written<Where>) {
            (void)query::refuse<query_problem::S152_update_without_where, row_label<Row>>();
        } else if constexpr (query::assigns_twice<Assignment...>()) {
            (void)query::refuse<query_problem::S164_column_is_assigned_twice, row_label<Row>>();
        } else {
            w.put("UPDATE ");
            w.name(table_info<table_of<Schema, Row>::value>::name());
            w.put(" SET ");
            query::write_list<scope>(w, self == nullptr ? nullptr : &self->set);
            query::write_where<scope>(w, self == nullptr ? nullptr : &self->where);
        }
    }
    void bind(binder& b) const {
        set.bind(b);
        where.bind(b);
    }
};

/// DELETE.
template <class Row, class Where>
struct erase_parts {
    static constexpr bool dynamic = Where::dynamic;
    Where where;

    /// errors: S153 without where (compile time)
    template <const auto& Schema, class Parent>
    static constexpr void write(sql_writer& w, const erase_parts* self) {
        if constexpr (!has_table<Schema, Row>) {
            (void)query::refuse<query_problem::S140_row_is_no_table_of_the_schema, row_label<Row>>();
        } else if constexpr (!is_written<Where>) {
            (void)query::refuse<query_problem::S153_erase_without_where, row_label<Row>>();
        } else {
            w.put("DELETE FROM ");
            w.name(table_info<table_of<Schema, Row>::value>::name());
            query::write_where<change_scope<Schema, Row>>(w, self == nullptr ? nullptr : &self->where);
        }
    }
    void bind(binder& b) const { where.bind(b); }
};

/// A change with RETURNING.
template <class Row, class Change, class Output>
struct returning_parts {
    using output_type = Output;
    static constexpr bool changes = true;
    static constexpr bool has_values = true;
    static constexpr bool dynamic = Change::dynamic || Output::dynamic;
    template <const auto& Schema, class Parent>
    using scope_in = change_scope<Schema, Row>;
    Change change;
    Output output;

    template <const auto& Schema, class Parent>
    static constexpr void write(sql_writer& w, const returning_parts* self) {
        Change::template write<Schema, Parent>(w, self == nullptr ? nullptr : &self->change);
        w.put(" RETURNING ");
        Output::template write<change_scope<Schema, Row>>(w, self == nullptr ? nullptr : &self->output);
    }
    void bind(binder& b) const {
        change.bind(b);
        output.bind(b);
    }
};

/// Runs a change; how many rows it changed.
template <const auto& Schema, class Change>
std::int64_t run_change(session& on, const Change& change) {
    const lease statement = query::prepare<Schema>(on, change);
    binder b(statement.handle());
    change.bind(b);
    b.check();
    query::run_to_end(statement.handle());
    return sqlite3_changes64(on.handle());
}

} // namespace autopack_schema::query
