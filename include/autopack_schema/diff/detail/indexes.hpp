// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/detail/keys.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/vector.hpp>

#include <cstddef>
#include <cstdint>

namespace autopack_schema::detail {

constexpr bool same_predicate(const differ& d, const model::index& was, const model::index& is) {
    if (was.where.empty() != is.where.empty()) return false;
    return was.where.empty() || d.dialect.same_expression(was.where, d.old_scope(), is.where, d.new_scope());
}

/// What two indexes differ in, part by part.
struct part_differences {
    bool columns = false;
    bool expressions = false;
    bool directions = false;
    bool collations = false;

    constexpr bool none() const { return !columns && !expressions && !directions && !collations; }
};

constexpr part_differences compare_parts(const differ& d, model::items<model::key_part> was,
                                         model::items<model::key_part> is) {
    part_differences found;
    found.columns = was.size() != is.size();
    for (std::size_t i = 0; i < was.size() && i < is.size(); ++i) {
        if (was[i].is_expression || is[i].is_expression) {
            found.expressions = found.expressions || was[i].is_expression != is[i].is_expression ||
                                !d.dialect.same_expression(was[i].text, d.old_scope(), is[i].text, d.new_scope());
        } else if (!same_column(d, was[i].text, is[i].text)) {
            found.columns = true;
        }
        found.directions = found.directions || was[i].descending != is[i].descending;
        found.collations = found.collations || !same_part_collation(d, was[i], is[i]);
    }
    return found;
}

constexpr void diff_index(differ& d, std::uint32_t from, std::uint32_t to) {
    const model::index& was = d.from.indexes[from];
    const model::index& is = d.to.indexes[to];
    const auto report = [&](change_kind kind) { d.report(kind, element::index, from, to); };
    const part_differences found = compare_parts(d, d.from.parts_of(was), d.to.parts_of(is));
    if (found.columns) report(change_kind::index_columns);
    if (found.expressions) report(change_kind::index_expression);
    if (!found.columns && !found.expressions) {
        if (found.directions) report(change_kind::index_descending);
        if (found.collations) report(change_kind::index_collation);
    }
    if (was.unique != is.unique) report(change_kind::index_unique);
    if (!same_predicate(d, was, is)) report(change_kind::index_predicate);
}

/// Tells whether two indexes of different names do the same work.
constexpr bool same_index(const differ& d, const model::index& was, const model::index& is) {
    return was.unique == is.unique && same_predicate(d, was, is) &&
           compare_parts(d, d.from.parts_of(was), d.to.parts_of(is)).none();
}

/// Finds the index that does the work of an index under another name.
constexpr std::uint32_t renamed_index(const differ& d, model::items<model::index> was,
                                      const marks& old_done, const model::index& is) {
    for (std::uint32_t j = 0; j < was.size(); ++j) {
        if (!old_done[j] && same_index(d, was[j], is)) return j;
    }
    return no_element;
}

/// Marks and compares the indexes that both tables have under one name.
constexpr void diff_named_indexes(differ& d, marks& old_done, marks& new_done) {
    const model::vector<std::uint32_t> matches =
        match_names(d.from.indexes_of(d.old_table()), d.to.indexes_of(d.new_table()));
    for (std::uint32_t i = 0; i < matches.size(); ++i) {
        if (matches[i] == no_element) continue;
        old_done[matches[i]] = new_done[i] = true;
        diff_index(d, d.old_table().indexes.first + matches[i], d.new_table().indexes.first + i);
    }
}

/// Compares the indexes that have no namesake and are not marked as done.
constexpr void diff_other_indexes(differ& d, marks& old_done, const marks& new_done) {
    const auto was = d.from.indexes_of(d.old_table());
    const auto is = d.to.indexes_of(d.new_table());
    const std::uint32_t from_first = d.old_table().indexes.first;
    const std::uint32_t to_first = d.new_table().indexes.first;
    for (std::uint32_t i = 0; i < is.size(); ++i) {
        if (new_done[i]) continue;
        const std::uint32_t twin = renamed_index(d, was, old_done, is[i]);
        if (twin == no_element) {
            d.report(change_kind::add_index, element::index, no_element, to_first + i);
        } else {
            old_done[twin] = true;
            d.report(change_kind::index_name, element::index, from_first + twin, to_first + i);
        }
    }
    for (std::uint32_t j = 0; j < was.size(); ++j) {
        if (!old_done[j]) d.report(change_kind::drop_index, element::index, from_first + j, no_element);
    }
}

} // namespace autopack_schema::detail
