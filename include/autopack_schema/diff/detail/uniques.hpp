// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/detail/keys.hpp>
#include <autopack_schema/model/items.hpp>

#include <cstddef>
#include <cstdint>

namespace autopack_schema::detail {

/// Tells whether a unique index enforces what a UNIQUE constraint would.
constexpr bool is_plain_unique(const model::schema& s, const model::index& i) {
    if (!i.unique || !i.where.empty()) return false;
    for (const model::key_part& p : s.parts_of(i)) {
        if (p.is_expression) return false;
    }
    return true;
}

/// The state of matching UNIQUE constraints: what is still without a partner.
struct unique_match {
    model::items<model::unique_constraint> was;
    model::items<model::unique_constraint> is;
    marks old_done;
    marks new_done;
};

constexpr void report_unique_pair(differ& d, change_kind kind, std::uint32_t from, std::uint32_t to) {
    const model::unique_constraint& was = d.from.uniques[from];
    const model::unique_constraint& is = d.to.uniques[to];
    if (kind != change_kind::add_unique) d.report(kind, element::unique, from, to);
    if (!same_conflict(was.on_conflict, is.on_conflict)) {
        d.report(change_kind::constraint_on_conflict, element::unique, from, to);
    }
    if (!same_constraint_name(d.dialect, was.name, is.name)) d.report(change_kind::unique_name, element::unique, from, to);
}

/// Pairs what `alike` finds alike; `kind` is reported for each pair, `add_unique` standing for nothing to report.
template <class Alike>
constexpr void pair_uniques(differ& d, unique_match& m, change_kind kind, Alike alike) {
    for (std::uint32_t i = 0; i < m.is.size(); ++i) {
        for (std::uint32_t j = 0; j < m.was.size() && !m.new_done[i]; ++j) {
            if (m.old_done[j] || !alike(d, d.from.parts_of(m.was[j]), d.to.parts_of(m.is[i]))) continue;
            m.old_done[j] = m.new_done[i] = true;
            report_unique_pair(d, kind, d.old_table().uniques.first + j, d.new_table().uniques.first + i);
        }
    }
}

constexpr bool same_parts_and_directions(const differ& d, model::items<model::key_part> was,
                                         model::items<model::key_part> is) {
    return same_parts(d, was, is) && same_directions(was, is);
}

/// A constraint that only repeats another one of its own table, which has its partner, needs none.
constexpr void drop_repeated(const differ& d, unique_match& m) {
    const auto alike = [&](std::size_t j, std::size_t i) {
        return same_parts(d, d.from.parts_of(m.was[j]), d.to.parts_of(m.is[i]));
    };
    const marks old_paired = m.old_done;
    const marks new_paired = m.new_done;
    for (std::size_t i = 0; i < m.is.size(); ++i) {
        for (std::size_t j = 0; j < m.was.size() && !m.new_done[i]; ++j) m.new_done[i] = old_paired[j] && alike(j, i);
    }
    for (std::size_t j = 0; j < m.was.size(); ++j) {
        for (std::size_t i = 0; i < m.is.size() && !m.old_done[j]; ++i) m.old_done[j] = new_paired[i] && alike(j, i);
    }
}

/// Nor does a constraint that only repeats the other table's primary key.
constexpr void drop_key_like(const differ& d, unique_match& m) {
    const auto old_key = d.from.parts_of(d.old_table().key);
    const auto new_key = d.to.parts_of(d.new_table().key);
    for (std::size_t i = 0; i < m.is.size(); ++i) {
        m.new_done[i] = m.new_done[i] || same_part_set(d, old_key, d.to.parts_of(m.is[i]));
    }
    for (std::size_t j = 0; j < m.was.size(); ++j) {
        m.old_done[j] = m.old_done[j] || same_part_set(d, d.from.parts_of(m.was[j]), new_key);
    }
}

constexpr void report_unique_form(differ& d, element was, std::uint32_t from, element what, std::uint32_t to) {
    d.changes.push_back({change_kind::unique_form, what, d.from_table, d.to_table, from, to, was});
}

/// Pairs a UNIQUE constraint on one side with a unique index on the other one.
/// shape: marks the paired indexes as done, so that they are not reported again
constexpr void pair_forms(differ& d, unique_match& m, marks& old_index_done,
                          marks& new_index_done) {
    const auto old_indexes = d.from.indexes_of(d.old_table());
    const auto new_indexes = d.to.indexes_of(d.new_table());
    for (std::uint32_t i = 0; i < m.is.size(); ++i) {
        for (std::uint32_t j = 0; j < old_indexes.size() && !m.new_done[i]; ++j) {
            if (old_index_done[j] || !is_plain_unique(d.from, old_indexes[j])) continue;
            if (!same_part_set(d, d.from.parts_of(old_indexes[j]), d.to.parts_of(m.is[i]))) continue;
            old_index_done[j] = m.new_done[i] = true;
            report_unique_form(d, element::index, d.old_table().indexes.first + j, element::unique,
                               d.new_table().uniques.first + i);
        }
    }
    for (std::uint32_t i = 0; i < new_indexes.size(); ++i) {
        if (new_index_done[i] || !is_plain_unique(d.to, new_indexes[i])) continue;
        for (std::uint32_t j = 0; j < m.was.size() && !new_index_done[i]; ++j) {
            if (m.old_done[j] || !same_part_set(d, d.from.parts_of(m.was[j]), d.to.parts_of(new_indexes[i]))) continue;
            m.old_done[j] = new_index_done[i] = true;
            report_unique_form(d, element::unique, d.old_table().uniques.first + j, element::index,
                               d.new_table().indexes.first + i);
        }
    }
}

/// Compares the UNIQUE constraints of the pair of tables at hand; generated names count for nothing.
constexpr void diff_uniques(differ& d, marks& old_index_done, marks& new_index_done) {
    unique_match m{d.from.uniques_of(d.old_table()), d.to.uniques_of(d.new_table()), {}, {}};
    m.old_done.resize(m.was.size());
    m.new_done.resize(m.is.size());
    pair_uniques(d, m, change_kind::add_unique, same_parts_and_directions);
    drop_repeated(d, m);
    drop_key_like(d, m);
    pair_uniques(d, m, change_kind::unique_order, same_part_set);
    pair_forms(d, m, old_index_done, new_index_done);
    pair_uniques(d, m, change_kind::unique_columns, share_column);
    report_unpaired(d, element::unique, d.old_table().uniques, m.old_done, change_kind::drop_unique,
                    d.new_table().uniques, m.new_done, change_kind::add_unique);
}

} // namespace autopack_schema::detail
