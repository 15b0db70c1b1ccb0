// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/value.hpp>

#include <type_traits>
#include <utility>

namespace autopack_schema::query {

/// `column = value` in an update or an insert.
template <class Column, class Value>
struct assignment {
    using is_aps_assignment = void;
    using column = Column;
    using value_type = Value;
    static constexpr bool dynamic = Value::dynamic;
    static constexpr bool has_values = Value::has_values;
    Value value;

    constexpr explicit assignment(Value v) : value(std::move(v)) {}

    /// errors: S150 NULL into a plain member, S162 a generated column (compile time)
    template <class Scope>
    static constexpr void write(sql_writer& w, const assignment* self) {
        using info = table_info<table_of<Scope::schema, typename Column::row>::value>;
        constexpr std::size_t index = column_index<typename info::definition, Column::member>;
        if constexpr (index == no_column) {
            (void)query::refuse<query_problem::S142_member_is_no_column, label<Column>>();
        } else if constexpr (info::column(index).generated != model::generated_kind::none) {
            (void)query::refuse<query_problem::S162_generated_column_is_written, label<Column>>();
        } else if constexpr (!Column::optional && Value::template nullable<Scope>) {
            (void)query::refuse<query_problem::S150_null_into_a_plain_member, label<Column>>();
        } else {
            w.name(info::column(index).name.text);
            w.put(" = ");
            Value::template write<Scope>(w, self == nullptr ? nullptr : &self->value);
        }
    }
    void bind(binder& b) const { value.bind(b); }
};

template <class T>
concept is_assignment = requires { typename T::is_aps_assignment; };

/// errors: S151 a value of another type (compile time)
template <class Column, class T>
constexpr auto assign(T&& value) {
    auto made = query::to_expression(std::forward<T>(value));
    using made_type = decltype(made);
    if constexpr (!std::is_same_v<made_type, no_value> && !std::is_same_v<made_type, null_literal> &&
                  !assignable<typename Column::type, typename made_type::type>) {
        (void)query::refuse<query_problem::S151_value_of_another_type, label<Column>, label<made_type>>();
    }
    return assignment<Column, made_type>(std::move(made));
}

} // namespace autopack_schema::query
