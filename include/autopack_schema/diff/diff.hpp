// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/change.hpp>
#include <autopack_schema/diff/detail/checks.hpp>
#include <autopack_schema/diff/detail/columns.hpp>
#include <autopack_schema/diff/detail/differ.hpp>
#include <autopack_schema/diff/detail/foreign_keys.hpp>
#include <autopack_schema/diff/detail/identical.hpp>
#include <autopack_schema/diff/detail/indexes.hpp>
#include <autopack_schema/diff/detail/keys.hpp>
#include <autopack_schema/diff/detail/statements.hpp>
#include <autopack_schema/diff/detail/uniques.hpp>
#include <autopack_schema/diff/rules.hpp>
#include <autopack_schema/model/vector.hpp>

#include <cstdint>
#include <vector>

namespace autopack_schema {

namespace detail {

/// Compares what a table is, apart from what it holds.
constexpr void diff_table_options(differ& d) {
    const model::table& was = d.old_table();
    const model::table& is = d.new_table();
    const auto report = [&d](change_kind kind) { d.report(kind, element::table, d.from_table, d.to_table); };
    if (!(was.name == is.name)) {
        report(change_kind::rename_table);
    } else if (was.name.text != is.name.text) {
        report(change_kind::table_name_case);
    }
    if (was.without_rowid != is.without_rowid) report(change_kind::table_without_rowid);
    if (was.strict != is.strict) report(change_kind::table_strict);
    const auto same_module = d.dialect.same_module != nullptr ? d.dialect.same_module : d.dialect.same_view;
    if (was.kind != is.kind || !same_module(was.module, is.module)) report(change_kind::table_virtual);
}

/// Compares the pair of tables at hand.
constexpr void diff_table(differ& d) {
    if (is_identical(d)) return;
    diff_columns(d);
    diff_table_options(d);
    marks old_indexes(d.old_table().indexes.count, false);
    marks new_indexes(d.new_table().indexes.count, false);
    diff_primary_key(d);
    diff_named_indexes(d, old_indexes, new_indexes);
    diff_uniques(d, old_indexes, new_indexes);
    diff_checks(d);
    diff_foreign_keys(d);
    diff_other_indexes(d, old_indexes, new_indexes);
}

constexpr void diff_tables(differ& d) {
    model::vector<std::uint32_t> matches = match_names(d.from.tables, d.to.tables);
    match_renames(d.from.tables, d.to.tables, matches);
    const marks kept = matched(matches, d.from.tables.size());
    for (std::uint32_t i = 0; i < matches.size(); ++i) {
        differ pair{d.from, d.to, d.dialect, d.changes, matches[i], i};
        if (matches[i] == no_element) {
            pair.report(change_kind::add_table, element::table, no_element, i);
        } else {
            diff_table(pair);
        }
    }
    for (std::uint32_t j = 0; j < kept.size(); ++j) {
        differ gone{d.from, d.to, d.dialect, d.changes, j, no_element};
        if (!kept[j]) gone.report(change_kind::drop_table, element::table, j, no_element);
    }
}

} // namespace detail

/// Lists what makes `to` out of `from`, in an order in which it can be done.
/// shape:  dropped triggers and views, tables in the order of `to`, dropped tables, then views and triggers; empty
///         where both mean the same to the dialect. An added or dropped table stands for all that belongs to it.
constexpr std::vector<change> diff(const model::schema& from, const model::schema& to,
                                   const rules& dialect = as_written) {
    std::vector<change> changes;
    detail::differ d{from, to, dialect, changes};
    detail::diff_dropped_statements(d);
    detail::diff_tables(d);
    detail::diff_views(d);
    detail::diff_triggers(d);
    return changes;
}

} // namespace autopack_schema
