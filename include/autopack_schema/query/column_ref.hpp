// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/column_traits.hpp>
#include <autopack_schema/query/detail/assignment.hpp>
#include <autopack_schema/query/detail/grouping.hpp>
#include <autopack_schema/query/detail/operations.hpp>
#include <autopack_schema/query/detail/operators.hpp>

#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace autopack_schema {

namespace query {

/// A column of a table, by the member of its row; see `col`.
template <auto Member, class Alias>
struct column_ref : expression_defaults, operations<column_ref<Member, Alias>> {
    using pointer = autopack_schema::detail::member_pointer<std::remove_cv_t<decltype(Member)>>;
    using row = typename pointer::row;
    using member_type = typename pointer::value;
    using type = typename value_inside<member_type>::type;
    using alias = Alias;
    static constexpr auto member = Member;
    static constexpr bool has_values = false;
    static constexpr bool optional = is_optional<member_type>;
    template <class Scope>
    static constexpr bool nullable = optional || Scope::template outer<row, Alias>;

    template <class Scope, class Group>
    static constexpr bool settled = query::is_keyed<Scope, row, Alias>(static_cast<const Group*>(nullptr));

    template <class Scope>
    static constexpr void write(sql_writer& w, const column_ref*) {
        if constexpr (!has_table<Scope::schema, row>) {
            (void)query::refuse<query_problem::S140_row_is_no_table_of_the_schema, row_label<row>>();
        } else if constexpr (!Scope::template has<row, Alias>) {
            (void)query::refuse<query_problem::S141_column_of_a_table_that_is_not_in_the_query, row_label<row>,
                                member_label<Member>>();
        } else {
            using info = table_info<table_of<Scope::schema, row>::value>;
            constexpr std::size_t index = column_index<typename info::definition, Member>;
            if constexpr (index == no_column) {
                (void)query::refuse<query_problem::S142_member_is_no_column, row_label<row>, member_label<Member>>();
            } else {
                w.column(info::name(), Alias::name, info::column(index).name.text,
                         Scope::qualified || std::is_same_v<Alias, excluded_alias>);
            }
        }
    }
    static void bind(binder&) noexcept {}

    /// In an update or an insert: `col<&row::state> = "done"`.
    template <class T>
    constexpr auto operator=(T&& value) const {
        return query::assign<column_ref>(std::forward<T>(value));
    }
};

template <auto Member, class Alias>
struct label_of<column_ref<Member, Alias>> {
    static constexpr std::string_view row = autopack_schema::detail::class_text<typename column_ref<Member, Alias>::row>;
    static constexpr std::size_t size = row.size() + 2 + member_text<Member>.size();
    static constexpr fixed_text<size> make() {
        fixed_text<size> text;
        std::size_t n = 0;
        for (const char c : row) text.characters[n++] = c;
        for (const char c : std::string_view("::")) text.characters[n++] = c;
        for (const char c : member_text<Member>) text.characters[n++] = c;
        return text;
    }
    static constexpr auto value = make();
};

/// All columns of a table as its row.
template <class Row, class Alias>
struct whole_row;

/// A table under another name; see `alias`.
template <class Row, class Alias>
struct aliased {
    using row = Row;
    using alias = Alias;
    /// A column of the table under this name.
    template <auto Member>
    static constexpr column_ref<Member, Alias> col{};
    /// All columns of the table under this name as its row.
    static constexpr whole_row<Row, Alias> all{};
};

} // namespace query

inline namespace words {

/// A column of a table, named by the member of its row: `col<&row::provider>`.
/// errors: S140 the row's table is not in the schema, S141 not in the query, S142 the member has no column (compile time)
template <auto Member>
    requires std::is_member_object_pointer_v<decltype(Member)>
inline constexpr query::column_ref<Member, query::no_alias> col{};

/// A table under another name, for a self-join: `alias<node, "parent">`, its columns are `alias<…>.col<&node::id>`.
template <class Row, fixed_text Name>
inline constexpr query::aliased<Row, query::alias_name<Name>> alias{};

} // namespace words
} // namespace autopack_schema
