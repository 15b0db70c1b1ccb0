// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/model/vector.hpp>

#include <cstdint>
#include <string_view>

namespace autopack_schema::model {

namespace detail {
template <class T>
constexpr std::uint32_t size_of(const vector<T>& list) {
    return static_cast<std::uint32_t>(list.size());
}
} // namespace detail

/// Collects a schema piece by piece; the text that it is given must outlive it.
/// shape:  add a table first, then what belongs to it, before the next table is added
struct builder {
    std::string_view name{};
    std::string_view version{};
    vector<table> tables{};
    vector<column> columns{};
    vector<key_part> parts{};
    vector<model::name> names{};
    vector<unique_constraint> uniques{};
    vector<check_constraint> checks{};
    vector<foreign_key> foreign_keys{};
    vector<index> indexes{};
    vector<view> views{};
    vector<trigger> triggers{};
    vector<unmodelled> others{};

    /// Adds a table and makes it the one that the following calls add to; its ranges are set by them.
    constexpr table& add_table(table t) {
        t.columns = {detail::size_of(columns), 0};
        t.uniques = {detail::size_of(uniques), 0};
        t.checks = {detail::size_of(checks), 0};
        t.foreign_keys = {detail::size_of(foreign_keys), 0};
        t.indexes = {detail::size_of(indexes), 0};
        t.key.parts = {};
        tables.push_back(t);
        return tables.back();
    }

    constexpr column& add_column(const column& c) {
        ++tables.back().columns.count;
        columns.push_back(c);
        return columns.back();
    }

    constexpr void set_primary_key(primary_key key, items<key_part> key_parts) {
        key.parts = add_parts(key_parts);
        tables.back().key = key;
    }

    constexpr void add_unique(unique_constraint u, items<key_part> key_parts) {
        u.parts = add_parts(key_parts);
        ++tables.back().uniques.count;
        uniques.push_back(u);
    }

    constexpr void add_check(const check_constraint& c) {
        ++tables.back().checks.count;
        checks.push_back(c);
    }

    constexpr void add_foreign_key(foreign_key f, model::items<model::name> from, model::items<model::name> to) {
        f.columns = add_names(from);
        f.parent_columns = add_names(to);
        ++tables.back().foreign_keys.count;
        foreign_keys.push_back(f);
    }

    constexpr void add_index(index i, items<key_part> key_parts) {
        i.parts = add_parts(key_parts);
        ++tables.back().indexes.count;
        indexes.push_back(i);
    }

    constexpr void add_view(view v, model::items<model::name> column_names) {
        v.columns = add_names(column_names);
        views.push_back(v);
    }

    constexpr void add_trigger(const trigger& t) { triggers.push_back(t); }
    constexpr void add_other(const unmodelled& o) { others.push_back(o); }

    /// Adds a table of another schema with all that belongs to it.
    constexpr void copy_table(const schema& from, const table& t) {
        add_table(t);
        for (const column& c : from.columns_of(t)) add_column(c);
        if (t.key.present()) set_primary_key(t.key, from.parts_of(t.key));
        for (const unique_constraint& u : from.uniques_of(t)) add_unique(u, from.parts_of(u));
        for (const check_constraint& c : from.checks_of(t)) add_check(c);
        for (const foreign_key& f : from.foreign_keys_of(t)) {
            add_foreign_key(f, from.names_of(f.columns), from.names_of(f.parent_columns));
        }
        for (const index& i : from.indexes_of(t)) add_index(i, from.parts_of(i));
    }

    /// The schema built so far, seen through views that the next addition makes stale.
    constexpr schema view_of() const {
        return {name,   version,      tables,  columns, parts,    names, uniques,
                checks, foreign_keys, indexes, views,   triggers, others};
    }

private:
    constexpr range add_parts(items<key_part> list) {
        const range r{detail::size_of(parts), static_cast<std::uint32_t>(list.size())};
        for (const key_part& p : list) parts.push_back(p);
        return r;
    }

    constexpr range add_names(model::items<model::name> list) {
        const range r{detail::size_of(names), static_cast<std::uint32_t>(list.size())};
        for (const model::name& n : list) names.push_back(n);
        return r;
    }
};

} // namespace autopack_schema::model
