// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/column.hpp>
#include <autopack_schema/define/schema.hpp>
#include <autopack_schema/define/table.hpp>
#include <autopack_schema/model/schema.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace autopack_schema::query {

/// Stands for a definition that has no rows: a view, a trigger.
struct no_row {};

template <class Definition>
struct row_of {
    using type = no_row;
};
template <class Row, autopack_schema::detail::sizes Size, class Bindings>
struct row_of<table_definition<Row, Size, Bindings>> {
    using type = Row;
};

/// Says that the rows of a table are `Row`; a schema's map is a class with one such base for each definition, so that
/// a lookup is one overload resolution and not a walk through the tables.
template <class Row, const auto& Definition>
struct table_entry {};

template <class Schema>
struct table_map;
template <const auto&... Definition>
struct table_map<schema_definition<Definition...>>
    : table_entry<typename row_of<std::remove_cvref_t<decltype(Definition)>>::type, Definition>... {};

template <const auto& Definition>
struct found_table {
    static constexpr const auto& value = Definition;
};

template <class Row, const auto& Definition>
found_table<Definition> find_entry(const table_entry<Row, Definition>*);

template <const auto& Schema>
using map_of = table_map<std::remove_cvref_t<decltype(Schema)>>;

/// Tells whether exactly one table of the schema has rows of this type.
template <const auto& Schema, class Row>
concept has_table = requires(const map_of<Schema>* map) { query::find_entry<Row>(map); };

/// The definition of the table whose rows are `Row`.
template <const auto& Schema, class Row>
using table_of = decltype(query::find_entry<Row>(static_cast<const map_of<Schema>*>(nullptr)));

template <auto Member>
consteval std::string_view pretty_member() {
#if defined(_MSC_VER) && !defined(__clang__)
    return {__FUNCSIG__, sizeof(__FUNCSIG__) - 1};
#else
    return {__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1};
#endif
}
/// The name of a member.
template <auto Member>
inline constexpr std::string_view member_text =
    autopack_schema::detail::search_member_name(query::pretty_member<Member>());

inline constexpr std::size_t no_column = static_cast<std::size_t>(-1);

template <auto Member, class... Binding>
consteval std::size_t position_of(autopack_schema::detail::binding_list<Binding...>) {
    using wanted = autopack_schema::detail::binding<Member>;
    std::size_t position = 0;
    const bool found = ((std::is_same_v<Binding, wanted> || (position += Binding::is_column, false)) || ...);
    return found ? position : no_column;
}
/// Columns that were not written have no pointers to members, only their names.
template <auto Member, class Row, std::size_t Count, class... Binding>
consteval std::size_t position_of(autopack_schema::detail::reflected_list<Row, Count, Binding...>) {
    using bindings = autopack_schema::detail::reflected_list<Row, Count, Binding...>;
    for (std::size_t i = 0; i < Count; ++i) {
        const std::size_t member = bindings::member_of_column[i];
        if (autopack_schema::detail::member_names<Row, Count>[member] == member_text<Member>) return i;
    }
    return no_column;
}

/// The number of a member's column in its table; `no_column` where it has none.
template <class Definition, auto Member>
inline constexpr std::size_t column_index = query::position_of<Member>(typename Definition::bindings{});

/// A table of a schema with what queries ask about it.
template <const auto& Table>
struct table_info {
    using definition = std::remove_cvref_t<decltype(Table)>;
    using row_type = typename definition::row_type;
    static constexpr std::size_t columns = definition::size.columns;

    static constexpr const model::table& table() { return Table.arrays.tables[0]; }
    static constexpr std::string_view name() { return table().name.text; }
    static constexpr const model::column& column(std::size_t i) { return Table.arrays.columns[i]; }

    /// The only column of the primary key, if it is another name of the rowid.
    static constexpr std::size_t find_rowid() {
        const model::table& t = table();
        if (t.without_rowid || t.key.parts.count != 1 || t.key.inline_descending) return no_column;
        const std::string_view key = Table.arrays.parts[t.key.parts.first].text;
        for (std::size_t i = 0; i < columns; ++i) {
            const model::column& c = column(i);
            if (!model::same_name(c.name.text, key)) continue;
            const bool integer = c.type.declared.empty() || model::same_name(c.type.declared, "INTEGER");
            return integer && c.type.kind == model::type_kind::integer ? i : no_column;
        }
        return no_column;
    }
    static constexpr std::size_t rowid = find_rowid();
    /// Its parameter in an INSERT, from 1.
    static constexpr int number_parameter = [] {
        int number = 1;
        for (std::size_t i = 0; i < rowid && i < columns; ++i) number += column(i).generated == model::generated_kind::none;
        return number;
    }();
    static constexpr bool has_generated = [] {
        for (const model::column& c : Table.arrays.columns) {
            if (c.generated != model::generated_kind::none) return true;
        }
        return false;
    }();
};

} // namespace autopack_schema::query
