// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/detail/check_table.hpp>
#include <autopack_schema/define/problem.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/model/vector.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace autopack_schema::detail {

enum class object_kind : std::uint8_t { table, index, view, trigger };

/// What has a name in a schema.
struct named_object {
    model::name name{};
    std::string_view table{}; ///< whose it is, or itself
    object_kind kind{};
};

/// Tells whether an equal set of names is a key of the table: its primary key, a unique constraint, a unique index.
struct key_finder {
    const model::schema& schema;
    const model::table& table;

    constexpr bool same_columns(model::items<model::key_part> parts, model::items<model::name> names) const {
        if (parts.size() != names.size()) return false;
        for (const model::name& name : names) {
            bool found = false;
            for (const model::key_part& p : parts) found = found || (!p.is_expression && p.text == name);
            if (!found) return false;
        }
        return true;
    }
    constexpr bool has_key(model::items<model::name> names) const {
        if (same_columns(schema.parts_of(table.key), names)) return true;
        for (const model::unique_constraint& u : schema.uniques_of(table)) {
            if (same_columns(schema.parts_of(u), names)) return true;
        }
        for (const model::index& i : schema.indexes_of(table)) {
            if (i.unique && i.where.empty() && same_columns(schema.parts_of(i), names)) return true;
        }
        return false;
    }
};

/// Where a table is; the number of tables if nowhere.
constexpr std::uint32_t table_position(const model::schema& s, const model::name& name) {
    return position_of(s.tables.data(), static_cast<std::uint32_t>(s.tables.size()), name);
}
constexpr bool has_table(const model::schema& s, const model::name& name) {
    return table_position(s, name) != s.tables.size();
}

constexpr finding check_parent(const model::schema& s, const model::table& child, const model::foreign_key& key) {
    const auto columns = s.names_of(key.columns);
    const auto parents = s.names_of(key.parent_columns);
    const model::name& column = columns[0];
    const std::uint32_t at = table_position(s, key.parent);
    if (at == s.tables.size()) return {problem::S118_foreign_key_parent_not_in_schema, child.name, column, key.parent};
    const model::table& parent = s.tables[at];
    const std::size_t wanted = parents.empty() ? s.parts_of(parent.key).size() : parents.size();
    if (wanted != columns.size()) {
        return {problem::S120_foreign_key_sides_differ_in_length, child.name, column, key.parent};
    }
    for (const model::name& name : parents) {
        if (!table_checker{s, parent}.has_column(name)) {
            return {problem::S119_foreign_key_parent_has_no_such_column, child.name, column, name};
        }
    }
    if (!parents.empty() && !key_finder{s, parent}.has_key(parents)) {
        return {problem::S121_foreign_key_references_no_key, child.name, column, key.parent};
    }
    return {};
}

constexpr finding check_foreign_keys(const model::schema& s) {
    for (const model::table& t : s.tables) {
        for (const model::foreign_key& key : s.foreign_keys_of(t)) {
            if (const finding f = check_parent(s, t, key)) return f;
        }
    }
    return {};
}

constexpr model::vector<named_object> objects_of(const model::schema& s) {
    model::vector<named_object> all;
    all.reserve(s.tables.size() + s.indexes.size() + s.views.size() + s.triggers.size());
    for (const model::table& t : s.tables) {
        all.push_back({t.name, t.name, object_kind::table});
        for (const model::index& i : s.indexes_of(t)) all.push_back({i.name, t.name, object_kind::index});
    }
    for (const model::view& v : s.views) all.push_back({v.name, v.name, object_kind::view});
    for (const model::trigger& t : s.triggers) all.push_back({t.name, t.table, object_kind::trigger});
    return all;
}

constexpr finding same_name_finding(const named_object& a, const named_object& b) {
    if (a.kind == object_kind::table && b.kind == object_kind::table) return {problem::S122_two_tables_with_one_name, b.name, {}, {}};
    if (a.kind == object_kind::index && b.kind == object_kind::index) {
        return {problem::S123_two_indexes_with_one_name, b.table, b.name, a.table};
    }
    return {problem::S124_two_objects_with_one_name, b.table, b.name, a.table};
}

/// Tables, views and indexes share one space of names, triggers have their own (SQLite).
constexpr finding check_names(const model::schema& s) {
    const model::vector<named_object> all = objects_of(s);
    std::size_t slots = 16;
    while (slots < 2 * all.size()) slots *= 2;
    model::vector<std::uint32_t> table(slots, 0); // positions in `all`, from 1; open addressing
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        const named_object& o = all[i];
        if (o.name.empty()) return {problem::S129_empty_name, "a view or a trigger", {}, {}};
        std::size_t slot = (o.name.hash >> 32) & (slots - 1);
        for (; table[slot] != 0; slot = (slot + 1) & (slots - 1)) {
            const named_object& other = all[table[slot] - 1];
            const bool apart = (o.kind == object_kind::trigger) != (other.kind == object_kind::trigger);
            if (!apart && other.name == o.name) return same_name_finding(other, o);
        }
        table[slot] = i + 1;
    }
    return {};
}

// Makes the compiler instantiate the lists here: at the place of a schema GCC 12 would warn that names in them shadow the user's.
static_assert(!check_names({}));

constexpr finding check_triggers(const model::schema& s) {
    for (const model::trigger& t : s.triggers) {
        const std::uint32_t views = static_cast<std::uint32_t>(s.views.size());
        if (!has_table(s, t.table) && position_of(s.views.data(), views, t.table) == views) {
            return {problem::S125_trigger_on_nothing_in_schema, t.table, t.name, {}};
        }
    }
    return {};
}

constexpr finding check_renames(const model::schema& s) {
    for (const model::table& t : s.tables) {
        if (!t.renamed_from.empty() && has_table(s, t.renamed_from)) {
            return {problem::S128_renamed_from_existing_name, t.name, t.renamed_from, {}};
        }
    }
    return {};
}

/// Looks for the first mistake in the tables of a schema and between its objects.
/// shape: `unusual` says whether a column has to be looked at by itself
constexpr finding check_schema(const model::schema& s, bool unusual) {
    for (const model::table& t : s.tables) {
        if (const finding f = check_table(s, t, unusual)) return f;
    }
    if (const finding f = check_names(s)) return f;
    if (const finding f = check_foreign_keys(s)) return f;
    if (const finding f = check_renames(s)) return f;
    return check_triggers(s);
}

} // namespace autopack_schema::detail
