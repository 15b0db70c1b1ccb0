// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/column_traits.hpp>
#include <autopack_schema/define/detail/member_name.hpp>
#include <autopack_schema/define/detail/table_writer.hpp>
#include <autopack_schema/define/problem.hpp>
#include <autopack_schema/model/items.hpp>

#include <cstddef>
#include <string_view>

namespace autopack_schema::detail {

/// The name of the member of a column, from the text of either sort of column.
constexpr std::string_view member_of(const char* text) { return search_member_name(text); }

/// Tells whether one of the first columns is for a member of that name.
constexpr bool is_bound(const table_writer& writer, std::string_view member, std::size_t columns) {
    for (std::size_t i = 0; i < columns; ++i) {
        if (member_of(writer.texts[i]) == member) return true;
    }
    return false;
}

/// Looks for a member with two columns; only columns with names of their own can hide that.
constexpr void check_member_twice(table_writer& writer) {
    if (!writer.has_own_name) return;
    for (std::size_t i = 1; i < writer.written; ++i) {
        const std::string_view member = member_of(writer.texts[i]);
        if (is_bound(writer, member, i)) writer.note(problem::S103_member_with_two_columns, member);
    }
}

/// Names the members that have no column.
constexpr void note_missing(table_writer& writer, model::items<std::string_view> members) {
    for (const std::string_view member : members) {
        if (!is_bound(writer, member, writer.written)) writer.note(problem::S102_member_without_column, member);
    }
}

/// The members of a row by name and type, where a table takes them without naming them.
struct reflected_members {
    model::items<std::string_view> names;
    model::items<const member_type*> types;
};

/// Adds a column for each member that none of the written columns is for.
constexpr void add_remaining(table_writer& writer, const reflected_members& members, model::items<const char*> texts) {
    for (std::size_t i = 0; i < members.names.size(); ++i) {
        bool bound = false;
        for (const char* const text : texts) bound = bound || member_of(text) == members.names[i];
        if (!bound) writer.add_plain(members.names[i], *members.types[i]);
    }
}

/// Keeps the text of a column; other pieces of a table have none.
template <class Item>
constexpr void gather_text(const char**& next, const Item& item) {
    if constexpr (requires { item.facts.text; }) *next++ = item.facts.text;
    else if constexpr (requires { item.text; }) *next++ = item.text;
}

} // namespace autopack_schema::detail
