// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/detail/differ.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace autopack_schema::detail {

/// The collation that a part of a key compares by: its own, or that of its column.
constexpr std::string_view part_collation(const model::schema& s, const model::table& t, const model::key_part& p) {
    if (!p.collation.empty() || p.is_expression) return p.collation;
    const model::column* const c = model::find_column(s, t, p.text);
    return c != nullptr ? c->collation : std::string_view{};
}

/// Tells whether two parts compare by the same collation; where both inherit it, the column answers for it.
constexpr bool same_part_collation(const differ& d, const model::key_part& was, const model::key_part& is) {
    if (was.collation.empty() && is.collation.empty()) return true;
    return same_collation(d.dialect, part_collation(d.from, d.old_table(), was),
                          part_collation(d.to, d.new_table(), is));
}

constexpr bool same_part(const differ& d, const model::key_part& was, const model::key_part& is) {
    return was.is_expression == is.is_expression && same_column(d, was.text, is.text) &&
           same_part_collation(d, was, is);
}

/// Tells whether two keys have the same parts in the same order, sort orders aside.
constexpr bool same_parts(const differ& d, model::items<model::key_part> was, model::items<model::key_part> is) {
    if (was.size() != is.size()) return false;
    for (std::size_t i = 0; i < is.size(); ++i) {
        if (!same_part(d, was[i], is[i])) return false;
    }
    return true;
}

constexpr bool has_part(const differ& d, model::items<model::key_part> was, const model::key_part& wanted) {
    for (const model::key_part& p : was) {
        if (same_part(d, p, wanted)) return true;
    }
    return false;
}

/// Tells whether two keys have the same parts in any order.
constexpr bool same_part_set(const differ& d, model::items<model::key_part> was,
                             model::items<model::key_part> is) {
    if (was.size() != is.size()) return false;
    for (const model::key_part& p : is) {
        if (!has_part(d, was, p)) return false;
    }
    return true;
}

constexpr bool share_column(const differ& d, model::items<model::key_part> was,
                            model::items<model::key_part> is) {
    for (const model::key_part& p : is) {
        for (const model::key_part& q : was) {
            if (!p.is_expression && !q.is_expression && same_column(d, q.text, p.text)) return true;
        }
    }
    return false;
}

constexpr bool is_rowid_key(const differ& d, const table_scope& scope, model::items<model::key_part> parts) {
    if (parts.size() != 1) return false;
    const model::column* const c = model::find_column(scope.schema, scope.table, parts[0].text);
    return c != nullptr && d.dialect.rowid_alias(scope, *c);
}

constexpr bool same_directions(model::items<model::key_part> was, model::items<model::key_part> is) {
    for (std::size_t i = 0; i < is.size(); ++i) {
        if (was[i].descending != is[i].descending) return false;
    }
    return true;
}

/// Compares the primary keys of the pair of tables at hand.
constexpr void diff_primary_key(differ& d) {
    const auto report = [&d](change_kind kind) { d.report(kind, element::primary_key, d.from_table, d.to_table); };
    const model::primary_key& was = d.old_table().key;
    const model::primary_key& is = d.new_table().key;
    if (!was.present() && !is.present()) return;
    if (!was.present()) return report(change_kind::add_primary_key);
    if (!is.present()) return report(change_kind::drop_primary_key);
    const auto old_parts = d.from.parts_of(was);
    const auto new_parts = d.to.parts_of(is);
    if (!same_part_set(d, old_parts, new_parts)) {
        report(change_kind::primary_key_columns);
    } else if (!same_parts(d, old_parts, new_parts)) {
        report(change_kind::primary_key_order);
    } else if (!same_directions(old_parts, new_parts) && !is_rowid_key(d, d.old_scope(), old_parts) &&
               !is_rowid_key(d, d.new_scope(), new_parts)) {
        report(change_kind::primary_key_descending);
    }
    if (!same_conflict(was.on_conflict, is.on_conflict)) report(change_kind::constraint_on_conflict);
}

} // namespace autopack_schema::detail
