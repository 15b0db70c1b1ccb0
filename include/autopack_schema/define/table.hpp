// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/column.hpp>
#include <autopack_schema/define/detail/arrays.hpp>
#include <autopack_schema/define/detail/check_table.hpp>
#include <autopack_schema/define/detail/table_writer.hpp>
#include <autopack_schema/define/problem.hpp>
#include <autopack_schema/model/schema.hpp>

#include <string_view>

namespace autopack_schema {

namespace detail {

/// Stands for a piece of a table that is no column.
struct no_binding {
    static constexpr decltype(nullptr) member = nullptr;
};

/// A column's member, as a type.
template <auto Member>
struct binding {
    static constexpr auto member = Member;
};

template <class Item>
struct binding_of {
    using type = no_binding;
};
template <auto Member, class Body>
struct binding_of<column_definition<Member, Body>> {
    using type = binding<Member>;
};

/// The members of a table's columns in the order of the columns; see `for_each_member`.
template <class... Binding>
struct binding_list {};

} // namespace detail

/// A table bound to a row struct; see `table`.
template <class Row, detail::sizes Size, class Bindings>
struct table_definition {
    using row_type = Row;
    using bindings = Bindings;
    static constexpr detail::sizes size = Size;

    detail::arrays<Size> arrays{};
    finding problem{}; ///< the first mistake in the definition; `schema` makes it a compile error

    /// The table as a schema of its own.
    constexpr model::schema model() const { return arrays.view({}, {}); }
    constexpr std::string_view name() const { return arrays.tables[0].name; }
};

/// A table whose rows are `Row`: its columns, keys, constraints and indexes in the order in which they are written.
/// errors: S101 to S104, S111 to S117, S126 to S134; they are reported where the table is put into a schema, because
///         only there its names can be part of the compiler's message
template <class Row, detail::is_table_item... Item>
consteval auto table(std::string_view name, const Item&... items) {
    constexpr detail::sizes size = (detail::sizes{.tables = 1} + ... + Item::size);
    table_definition<Row, size, detail::binding_list<typename detail::binding_of<Item>::type...>> definition;
    definition.arrays.tables[0].name = name;
    detail::table_writer writer{definition.arrays.tables[0], detail::cursor(definition.arrays), detail::text_of_class<Row>};
    (writer.take(items), ...);
    definition.arrays.tables[0].columns.count = size.columns;
    definition.problem =
        writer.problem ? writer.problem : detail::check_table(definition.model(), writer.has_unusual_column);
    return definition;
}

} // namespace autopack_schema
