// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/detail/differ.hpp>
#include <autopack_schema/model/vector.hpp>

#include <cstddef>
#include <cstdint>

namespace autopack_schema::detail {

/// The parent columns of a foreign key; without a list they are the parent's primary key.
constexpr model::vector<model::name> parent_columns(const model::schema& s, const model::foreign_key& f) {
    model::vector<model::name> columns;
    for (const model::name& n : s.names_of(f.parent_columns)) columns.push_back(n);
    if (!columns.empty()) return columns;
    const model::table* const parent = model::find_table(s, f.parent);
    if (parent == nullptr) return columns;
    for (const model::key_part& p : s.parts_of(parent->key)) columns.push_back(p.text);
    return columns;
}

/// Tells whether a column of a parent table is the same one, its renaming followed.
constexpr bool same_parent_column(const differ& d, const model::foreign_key& is, const model::name& old_name,
                                  const model::name& new_name) {
    if (old_name == new_name) return true;
    const model::table* const parent = model::find_table(d.to, is.parent);
    const model::column* const c = parent != nullptr ? model::find_column(d.to, *parent, new_name) : nullptr;
    return c != nullptr && c->renamed_from == old_name;
}

/// Tells whether two foreign keys come from the same child columns, in any order.
constexpr bool same_children(const differ& d, const model::foreign_key& was, const model::foreign_key& is) {
    const auto old_names = d.from.names_of(was.columns);
    const auto new_names = d.to.names_of(is.columns);
    if (old_names.size() != new_names.size()) return false;
    for (const model::name& wanted : new_names) {
        bool found = false;
        for (const model::name& n : old_names) found = found || same_column(d, n, wanted);
        if (!found) return false;
    }
    return true;
}

constexpr bool same_parent(const differ& d, const model::foreign_key& was, const model::foreign_key& is) {
    if (was.parent == is.parent) return true;
    const model::table* const parent = model::find_table(d.to, is.parent);
    return parent != nullptr && parent->renamed_from == was.parent;
}

/// Tells whether two foreign keys tie the same child columns to the same parent columns: as a set of pairs.
constexpr bool same_pairs(const differ& d, const model::foreign_key& was, const model::foreign_key& is) {
    const auto old_names = d.from.names_of(was.columns);
    const auto new_names = d.to.names_of(is.columns);
    const model::vector<model::name> old_parents = parent_columns(d.from, was);
    const model::vector<model::name> new_parents = parent_columns(d.to, is);
    if (old_parents.size() != new_parents.size()) return false;
    for (std::size_t i = 0; i < new_names.size() && i < new_parents.size(); ++i) {
        bool found = false;
        for (std::size_t j = 0; j < old_names.size() && j < old_parents.size(); ++j) {
            found = found || (same_column(d, old_names[j], new_names[i]) &&
                              same_parent_column(d, is, old_parents[j], new_parents[i]));
        }
        if (!found) return false;
    }
    return true;
}

constexpr void diff_foreign_key(differ& d, std::uint32_t from, std::uint32_t to) {
    const model::foreign_key& was = d.from.foreign_keys[from];
    const model::foreign_key& is = d.to.foreign_keys[to];
    const auto report = [&](change_kind kind) { d.report(kind, element::foreign_key, from, to); };
    if (!same_parent(d, was, is)) {
        report(change_kind::foreign_key_table);
    } else if (!same_pairs(d, was, is)) {
        report(change_kind::foreign_key_columns);
    }
    if (was.on_delete != is.on_delete) report(change_kind::foreign_key_on_delete);
    if (was.on_update != is.on_update) report(change_kind::foreign_key_on_update);
    if (!d.dialect.same_deferral(was.defer, is.defer)) report(change_kind::foreign_key_deferrable);
    if (!same_constraint_name(d.dialect, was.name, is.name)) report(change_kind::foreign_key_name);
}

template <class Alike>
constexpr void pair_foreign_keys(differ& d, marks& old_done, marks& new_done, Alike alike) {
    const auto was = d.from.foreign_keys_of(d.old_table());
    const auto is = d.to.foreign_keys_of(d.new_table());
    for (std::uint32_t i = 0; i < is.size(); ++i) {
        for (std::uint32_t j = 0; j < was.size() && !new_done[i]; ++j) {
            if (old_done[j] || !same_children(d, was[j], is[i]) || !alike(was[j], is[i])) continue;
            old_done[j] = new_done[i] = true;
            diff_foreign_key(d, d.old_table().foreign_keys.first + j, d.new_table().foreign_keys.first + i);
        }
    }
}

/// Compares the foreign keys of the pair of tables at hand, matched by what they tie together.
constexpr void diff_foreign_keys(differ& d) {
    marks old_done(d.old_table().foreign_keys.count, false);
    marks new_done(d.new_table().foreign_keys.count, false);
    using key = model::foreign_key;
    const auto parent = [&d](const key& was, const key& is) { return same_parent(d, was, is); };
    const auto exact = [&](const key& was, const key& is) { return parent(was, is) && same_pairs(d, was, is); };
    const auto any = [](const key&, const key&) { return true; };
    pair_foreign_keys(d, old_done, new_done, exact);
    pair_foreign_keys(d, old_done, new_done, parent);
    pair_foreign_keys(d, old_done, new_done, any);
    report_unpaired(d, element::foreign_key, d.old_table().foreign_keys, old_done, change_kind::drop_foreign_key,
                    d.new_table().foreign_keys, new_done, change_kind::add_foreign_key);
}

} // namespace autopack_schema::detail
