// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/table.hpp>

#include <cstddef>
#include <string_view>

namespace autopack_schema::model {

/// A schema as data: a handful of flat arrays, seen through views.
/// shape:  a view, cheap to copy; the arrays belong to a definition (`autopack_schema::schema`) or to a `snapshot`
struct schema {
    std::string_view name{};
    std::string_view version{};
    items<table> tables{};
    items<column> columns{};
    items<key_part> parts{};
    model::items<model::name> names{};
    items<unique_constraint> uniques{};
    items<check_constraint> checks{};
    items<foreign_key> foreign_keys{};
    items<index> indexes{};
    items<view> views{};
    items<trigger> triggers{};
    items<unmodelled> others{};

    template <class T>
    static constexpr items<T> part(items<T> all, range r) noexcept {
        return {all.data() + r.first, r.count};
    }

    constexpr auto columns_of(const table& t) const { return part(columns, t.columns); }
    constexpr auto uniques_of(const table& t) const { return part(uniques, t.uniques); }
    constexpr auto checks_of(const table& t) const { return part(checks, t.checks); }
    constexpr auto foreign_keys_of(const table& t) const { return part(foreign_keys, t.foreign_keys); }
    constexpr auto indexes_of(const table& t) const { return part(indexes, t.indexes); }
    constexpr auto parts_of(const primary_key& k) const { return part(parts, k.parts); }
    constexpr auto parts_of(const unique_constraint& u) const { return part(parts, u.parts); }
    constexpr auto parts_of(const index& i) const { return part(parts, i.parts); }
    constexpr auto names_of(range r) const { return part(names, r); }
};

/// Finds the first element of that name.
/// shape: nullptr where there is none
template <class T>
constexpr const T* find(items<T> items, const name& wanted) {
    for (const T& item : items) {
        if (item.name == wanted) return &item;
    }
    return nullptr;
}

/// Finds a table by name; nullptr where there is none.
constexpr const table* find_table(const schema& s, const name& wanted) { return find(s.tables, wanted); }

/// Finds a column of a table by name; nullptr where there is none.
constexpr const column* find_column(const schema& s, const table& t, const name& wanted) {
    return find(s.columns_of(t), wanted);
}

/// Tells whether a column is part of the table's primary key.
constexpr bool in_primary_key(const schema& s, const table& t, const name& column_name) {
    for (const key_part& p : s.parts_of(t.key)) {
        if (!p.is_expression && p.text == column_name) return true;
    }
    return false;
}

} // namespace autopack_schema::model
