// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/detail/differ.hpp>
#include <autopack_schema/diff/detail/keys.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/vector.hpp>

#include <cstdint>

namespace autopack_schema::detail {

constexpr void diff_generated(differ& d, const model::column& was, const model::column& is, std::uint32_t from,
                              std::uint32_t to) {
    const bool was_generated = was.generated != model::generated_kind::none;
    const bool is_generated = is.generated != model::generated_kind::none;
    if (was_generated != is_generated) {
        d.report(change_kind::column_generated, element::column, from, to);
    } else if (is_generated) {
        if (was.generated != is.generated) d.report(change_kind::column_generated_kind, element::column, from, to);
        if (!d.dialect.same_expression(was.generated_as, d.old_scope(), is.generated_as, d.new_scope())) {
            d.report(change_kind::column_generated_expression, element::column, from, to);
        }
    }
}

constexpr void diff_nullability(differ& d, const model::column& was, const model::column& is, std::uint32_t from,
                                std::uint32_t to) {
    const bool was_refused = d.dialect.not_null(d.old_scope(), was);
    const bool is_refused = d.dialect.not_null(d.new_scope(), is);
    if (was_refused != is_refused) {
        d.report(change_kind::column_not_null, element::column, from, to);
    } else if (is_refused && !same_conflict(was.on_null, is.on_null)) {
        d.report(change_kind::constraint_on_conflict, element::column, from, to);
    }
}

constexpr void diff_type(differ& d, const model::column& was, const model::column& is, std::uint32_t from,
                         std::uint32_t to) {
    if (!d.dialect.same_type(was, d.old_scope(), is, d.new_scope())) {
        d.report(change_kind::column_type, element::column, from, to);
    } else if (!d.dialect.same_type_spelling(was, is)) {
        d.report(change_kind::column_type_spelling, element::column, from, to);
    }
}

/// Tells whether a column is the row number on one side only because the tables or their keys are other ones, which is
/// a difference of its own.
constexpr bool follows_from_key(const differ& d, const model::column& was, const model::column& is) {
    const model::table& old_table = d.old_table();
    const model::table& new_table = d.new_table();
    if (!old_table.key.present() || !new_table.key.present()) return true;
    if (!d.dialect.same_type_spelling(was, is)) return false;
    return old_table.without_rowid != new_table.without_rowid ||
           !same_part_set(d, d.from.parts_of(old_table.key), d.to.parts_of(new_table.key));
}

/// Compares two columns that are the same one, each aspect by itself.
constexpr void diff_column(differ& d, std::uint32_t from, std::uint32_t to) {
    const model::column& was = d.from.columns[from];
    const model::column& is = d.to.columns[to];
    if (!(was.name == is.name)) {
        d.report(change_kind::rename_column, element::column, from, to);
    } else if (was.name.text != is.name.text) {
        d.report(change_kind::column_name_case, element::column, from, to);
    }
    const bool was_rowid = d.dialect.rowid_alias(d.old_scope(), was);
    const bool is_rowid = d.dialect.rowid_alias(d.new_scope(), is);
    if (was_rowid != is_rowid && !follows_from_key(d, was, is)) {
        d.report(change_kind::column_rowid_alias, element::column, from, to);
    } else {
        diff_type(d, was, is, from, to);
        if (!was_rowid) diff_nullability(d, was, is, from, to); // a row number that becomes a plain column held no NULL
    }
    const bool same_sort = (was.generated == model::generated_kind::none) == (is.generated == model::generated_kind::none);
    if (same_sort && !d.dialect.same_default(was, d.old_scope(), is, d.new_scope())) {
        d.report(change_kind::column_default, element::column, from, to);
    }
    if (was.identity != is.identity) d.report(change_kind::column_autoincrement, element::column, from, to);
    if (!same_collation(d.dialect, was.collation, is.collation)) {
        d.report(change_kind::column_collation, element::column, from, to);
    }
    diff_generated(d, was, is, from, to);
}

/// Tells whether the columns that both tables have stand in another order.
constexpr bool reordered(const model::vector<std::uint32_t>& matches) {
    std::uint32_t last = 0;
    for (const std::uint32_t at : matches) {
        if (at == no_element) continue;
        if (at < last) return true;
        last = at;
    }
    return false;
}

/// Compares the columns of the pair of tables at hand.
constexpr void diff_columns(differ& d) {
    const model::items<model::column> was = d.from.columns_of(d.old_table());
    const model::items<model::column> is = d.to.columns_of(d.new_table());
    model::vector<std::uint32_t> matches = match_names(was, is);
    match_renames(was, is, matches);
    const marks kept = matched(matches, was.size());
    const std::uint32_t from_first = d.old_table().columns.first;
    const std::uint32_t to_first = d.new_table().columns.first;
    for (std::uint32_t i = 0; i < is.size(); ++i) {
        if (matches[i] == no_element) {
            d.report(change_kind::add_column, element::column, no_element, to_first + i);
        } else {
            diff_column(d, from_first + matches[i], to_first + i);
        }
    }
    for (std::uint32_t i = 0; i < was.size(); ++i) {
        if (!kept[i]) d.report(change_kind::drop_column, element::column, from_first + i, no_element);
    }
    if (reordered(matches)) d.report(change_kind::column_order, element::none, no_element, no_element);
}

} // namespace autopack_schema::detail
