// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/detail/column_writer.hpp>
#include <autopack_schema/define/detail/member_name.hpp>
#include <autopack_schema/define/fixed_text.hpp>
#include <autopack_schema/query/detail/report.hpp>
#include <autopack_schema/query/detail/sql_writer.hpp>
#include <autopack_schema/query/detail/tables.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace autopack_schema::query {

/// The table under its own name.
struct no_alias {
    static constexpr std::string_view name{};
};
/// A table under another name, as for a self-join.
template <fixed_text Name>
struct alias_name {
    static constexpr std::string_view name = Name.view();
};
/// The row that an upsert could not insert.
struct excluded_alias {
    static constexpr std::string_view name = "excluded";
};

/// A table in a query: whose rows, under which name, and whether a LEFT JOIN can leave it out.
template <class Row, class Alias, bool Outer>
struct in_scope {
    using row = Row;
    using alias = Alias;
    static constexpr bool outer = Outer;
};

/// The end of the chain of queries around a subquery.
struct no_parent {
    template <class Row, class Alias>
    static constexpr bool has = false;
    template <class Row, class Alias>
    static constexpr bool outer = false;
};

/// What the names in a query can mean: the tables of a schema that are in it, and those of the queries around it.
template <const auto& Schema, bool Qualified, class Parent, class... Source>
struct scope {
    static constexpr const auto& schema = Schema;
    static constexpr bool qualified = Qualified;

    template <class Row, class Alias>
    static constexpr bool has_own =
        ((std::is_same_v<typename Source::row, Row> && std::is_same_v<typename Source::alias, Alias>) || ...);
    template <class Row, class Alias>
    static constexpr bool has = has_own<Row, Alias> || Parent::template has<Row, Alias>;
    template <class Row, class Alias>
    static constexpr bool outer =
        ((Source::outer && std::is_same_v<typename Source::row, Row> && std::is_same_v<typename Source::alias, Alias>) || ...) ||
        (!has_own<Row, Alias> && Parent::template outer<Row, Alias>);
};

/// A text that can be a template argument.
template <const std::string_view& Text>
inline constexpr fixed_text<Text.size()> fixed{Text};

/// The names of a row and of its member, for errors.
template <class Row>
inline constexpr auto row_label = fixed<autopack_schema::detail::class_text<Row>>;
template <auto Member>
inline constexpr auto member_label = fixed<member_text<Member>>;

} // namespace autopack_schema::query
