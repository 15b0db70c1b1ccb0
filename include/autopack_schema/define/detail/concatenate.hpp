// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/detail/arrays.hpp>
#include <autopack_schema/define/view.hpp>
#include <autopack_schema/model/schema.hpp>

#include <cstdint>
#include <span>

namespace autopack_schema::detail {

constexpr std::uint32_t count_of(const auto& list) { return static_cast<std::uint32_t>(list.size()); }

constexpr model::range shifted(model::range r, std::uint32_t by) { return {r.first + by, r.count}; }

/// Copies a list by pointers: the iterators of a span cost a compiler several calls for each element.
template <class T>
constexpr void copy(std::span<const T> from, T*& to) {
    const T* const end = from.data() + from.size();
    for (const T* p = from.data(); p != end; ++p) *to++ = *p;
}

/// Puts tables, views and triggers one behind the other into the arrays of a schema.
struct concatenation {
    cursor at;
    offsets filled{};

    constexpr void add_table(const model::schema& from) {
        model::table t = from.tables[0];
        t.columns = shifted(t.columns, filled.columns);
        t.key.parts = shifted(t.key.parts, filled.parts);
        t.uniques = shifted(t.uniques, filled.uniques);
        t.checks = shifted(t.checks, filled.checks);
        t.foreign_keys = shifted(t.foreign_keys, filled.foreign_keys);
        t.indexes = shifted(t.indexes, filled.indexes);
        *at.table++ = t;
        add_constraints(from);
        copy(from.columns, at.column);
        copy(from.parts, at.part);
        copy(from.names, at.name);
        filled.columns += count_of(from.columns);
        filled.parts += count_of(from.parts);
        filled.names += count_of(from.names);
        filled.uniques += count_of(from.uniques);
        filled.checks += count_of(from.checks);
        filled.foreign_keys += count_of(from.foreign_keys);
        filled.indexes += count_of(from.indexes);
    }
    constexpr void add_constraints(const model::schema& from) {
        for (model::unique_constraint u : from.uniques) {
            u.parts = shifted(u.parts, filled.parts);
            *at.unique++ = u;
        }
        for (const model::check_constraint& c : from.checks) *at.check++ = c;
        for (model::foreign_key f : from.foreign_keys) {
            f.columns = shifted(f.columns, filled.names);
            f.parent_columns = shifted(f.parent_columns, filled.names);
            *at.foreign_key++ = f;
        }
        for (model::index i : from.indexes) {
            i.parts = shifted(i.parts, filled.parts);
            *at.index++ = i;
        }
    }

    constexpr void take(const auto& table) { add_table(table.model()); }
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
