// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/detail/arrays.hpp>
#include <autopack_schema/define/view.hpp>
#include <autopack_schema/model/schema.hpp>

#include <cstddef>
#include <cstdint>

namespace autopack_schema::detail {

/// Copies a list by pointers: the iterators of a span cost a compiler several calls for each element.
template <class T>
constexpr void copy(const T* from, std::size_t count, T*& to) {
    for (const T* const end = from + count; from != end; ++from) *to++ = *from;
}

/// Puts tables, views and triggers one behind the other into the arrays of a schema.
struct concatenation {
    cursor at;
    offsets filled{};

    constexpr void add_table(const table_arrays& from) {
        model::table& t = *at.table++;
        t = *from.table;
        t.columns.first += filled.columns;
        t.key.parts.first += filled.parts;
        t.uniques.first += filled.uniques;
        t.checks.first += filled.checks;
        t.foreign_keys.first += filled.foreign_keys;
        t.indexes.first += filled.indexes;
        add_keys(from);
        copy(from.columns, from.size.columns, at.column);
        copy(from.parts, from.size.parts, at.part);
        copy(from.names, from.size.names, at.name);
        copy(from.checks, from.size.checks, at.check);
        filled.columns += static_cast<std::uint32_t>(from.size.columns);
        filled.parts += static_cast<std::uint32_t>(from.size.parts);
        filled.names += static_cast<std::uint32_t>(from.size.names);
        filled.uniques += static_cast<std::uint32_t>(from.size.uniques);
        filled.checks += static_cast<std::uint32_t>(from.size.checks);
        filled.foreign_keys += static_cast<std::uint32_t>(from.size.foreign_keys);
        filled.indexes += static_cast<std::uint32_t>(from.size.indexes);
    }
    constexpr void add_keys(const table_arrays& from) {
        for (std::size_t i = 0; i < from.size.uniques; ++i) {
            *at.unique = from.uniques[i];
            (at.unique++)->parts.first += filled.parts;
        }
        for (std::size_t i = 0; i < from.size.foreign_keys; ++i) {
            *at.foreign_key = from.foreign_keys[i];
            at.foreign_key->columns.first += filled.names;
            (at.foreign_key++)->parent_columns.first += filled.names;
        }
        for (std::size_t i = 0; i < from.size.indexes; ++i) {
            *at.index = from.indexes[i];
            (at.index++)->parts.first += filled.parts;
        }
    }

    constexpr void take(const auto& table) { add_table(table_arrays(table.arrays)); }
    constexpr void take(const view_definition& view) { *at.view++ = view.value; }
    template <std::size_t Columns>
    constexpr void take(const view_with_columns<Columns>& view) {
        model::view v = view.value;
        v.columns = {filled.names, static_cast<std::uint32_t>(Columns)};
        filled.names += static_cast<std::uint32_t>(Columns);
        for (const model::name& n : view.columns) *at.name++ = n;
        *at.view++ = v;
    }
    constexpr void take(const trigger_definition& trigger) { *at.trigger++ = trigger.value; }
};

} // namespace autopack_schema::detail
