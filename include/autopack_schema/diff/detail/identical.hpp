// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/detail/differ.hpp>

#include <cstddef>

namespace autopack_schema::detail {

/// Compares two lists of keyed elements by what they say, wherever their parts lie.
template <class T, class Same>
constexpr bool identical_lists(model::items<T> a, model::items<T> b, Same same) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!same(a[i], b[i])) return false;
    }
    return true;
}

/// Tells whether the pair of tables at hand is written in the same way to the last character, so that nothing has to be
/// understood: most tables of two versions are. A foreign key that leaves its parent columns out depends on another table.
constexpr bool is_identical(const differ& d) {
    const model::table& was = d.old_table();
    const model::table& is = d.new_table();
    if (was.name.text != is.name.text || was.kind != is.kind || was.without_rowid != is.without_rowid ||
        was.strict != is.strict || was.module != is.module || was.key.name.text != is.key.name.text ||
        was.key.inline_descending != is.key.inline_descending || was.key.on_conflict != is.key.on_conflict) {
        return false;
    }
    const auto same_part = [](const model::key_part& a, const model::key_part& b) {
        return a == b && a.text.text == b.text.text; // names fold case, the literals of an expression do not
    };
    const auto same_parts = [&d, same_part](const auto& a, const auto& b) {
        return identical_lists(d.from.parts_of(a), d.to.parts_of(b), same_part);
    };
    const auto same_column = [](const model::column& a, const model::column& b) {
        return a.name.text == b.name.text && a == b;
    };
    const auto same_unique = [&](const model::unique_constraint& a, const model::unique_constraint& b) {
        return a.name == b.name && a.on_conflict == b.on_conflict && a.nulls_not_distinct == b.nulls_not_distinct &&
               same_parts(a, b);
    };
    const auto same_check = [](const model::check_constraint& a, const model::check_constraint& b) { return a == b; };
    const auto same_index = [&](const model::index& a, const model::index& b) {
        return a.name == b.name && a.unique == b.unique && a.where == b.where && a.method == b.method &&
               same_parts(a, b);
    };
    const auto same_key = [&d](const model::foreign_key& a, const model::foreign_key& b) {
        return a.name == b.name && a.parent == b.parent && a.on_delete == b.on_delete && a.on_update == b.on_update &&
               a.defer == b.defer && a.match == b.match && a.parent_columns.count != 0 &&
               d.from.names_of(a.columns) == d.to.names_of(b.columns) &&
               d.from.names_of(a.parent_columns) == d.to.names_of(b.parent_columns);
    };
    return identical_lists(d.from.columns_of(was), d.to.columns_of(is), same_column) && same_parts(was.key, is.key) &&
           identical_lists(d.from.uniques_of(was), d.to.uniques_of(is), same_unique) &&
           identical_lists(d.from.checks_of(was), d.to.checks_of(is), same_check) &&
           identical_lists(d.from.foreign_keys_of(was), d.to.foreign_keys_of(is), same_key) &&
           identical_lists(d.from.indexes_of(was), d.to.indexes_of(is), same_index);
}

} // namespace autopack_schema::detail
