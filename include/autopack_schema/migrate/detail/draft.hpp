// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/builder.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/model/vector.hpp>

namespace autopack_schema::migrate::detail {

/// An element that may go; its place stays, so that positions of changes stay right.
template <class T>
struct drafted {
    T value{};
    model::vector<model::key_part> parts{};
    bool gone = false;
};

/// A column that may go, or that the definition does not know.
struct drafted_column {
    model::column value{};
    bool gone = false;
    bool unknown = false;
};

/// A foreign key that may go.
struct drafted_foreign_key {
    model::foreign_key value{};
    model::vector<model::name> columns{};
    model::vector<model::name> parent_columns{};
    bool gone = false;
};

template <class T>
constexpr model::vector<T> copy_of(model::items<T> list) {
    return {list.begin(), list.end()};
}

/// A table in pieces: loaded, changed element by element, written into a builder.
/// shape:  what the table had stays at its position, what is new comes behind
struct table_draft {
    model::table table{};
    model::primary_key key{};
    model::vector<model::key_part> key_parts{};
    model::vector<drafted_column> columns{};
    model::vector<drafted<model::unique_constraint>> uniques{};
    model::vector<drafted<model::check_constraint>> checks{};
    model::vector<drafted_foreign_key> foreign_keys{};
    model::vector<drafted<model::index>> indexes{};
    bool gone = false;
    bool remade = false; ///< a virtual table that is made anew

    static table_draft of(const model::schema& s, const model::table& t) {
        table_draft d;
        d.table = t;
        d.key = t.key;
        d.key_parts = copy_of(s.parts_of(t.key));
        for (const model::column& c : s.columns_of(t)) d.columns.push_back({c});
        for (const auto& u : s.uniques_of(t)) d.uniques.push_back({u, copy_of(s.parts_of(u)), false});
        for (const auto& c : s.checks_of(t)) d.checks.push_back({c, {}, false});
        for (const auto& f : s.foreign_keys_of(t)) d.foreign_keys.push_back(foreign_key_of(s, f));
        for (const auto& i : s.indexes_of(t)) d.indexes.push_back({i, copy_of(s.parts_of(i)), false});
        return d;
    }

    static drafted_foreign_key foreign_key_of(const model::schema& s, const model::foreign_key& f) {
        return {f, copy_of(s.names_of(f.columns)), copy_of(s.names_of(f.parent_columns)), false};
    }

    void write(model::builder& out) const {
        out.add_table(table);
        for (const auto& c : columns) {
            if (!c.gone) out.add_column(c.value);
        }
        if (!key_parts.empty()) out.set_primary_key(key, key_parts);
        for (const auto& u : uniques) {
            if (!u.gone) out.add_unique(u.value, u.parts);
        }
        for (const auto& c : checks) {
            if (!c.gone) out.add_check(c.value);
        }
        for (const auto& f : foreign_keys) {
            if (!f.gone) out.add_foreign_key(f.value, f.columns, f.parent_columns);
        }
        for (const auto& i : indexes) {
            if (!i.gone) out.add_index(i.value, i.parts);
        }
    }
};

} // namespace autopack_schema::migrate::detail
