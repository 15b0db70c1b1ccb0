// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/detail/differ.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/sorted.hpp>
#include <autopack_schema/model/vector.hpp>

#include <algorithm>
#include <cstdint>

namespace autopack_schema::detail {

/// The state of matching CHECK constraints: what is still without a partner.
struct check_match {
    model::items<model::check_constraint> was;
    model::items<model::check_constraint> is;
    marks old_done;
    marks new_done;
};

/// Pairs what `alike` finds alike and calls `report` with the positions of each pair.
template <class Alike, class Report>
constexpr void pair_checks(const differ& d, check_match& m, Alike alike, Report report) {
    for (std::uint32_t i = 0; i < m.is.size(); ++i) {
        for (std::uint32_t j = 0; j < m.was.size() && !m.new_done[i]; ++j) {
            if (m.old_done[j] || !alike(m.was[j], m.is[i])) continue;
            m.old_done[j] = m.new_done[i] = true;
            report(d.old_table().checks.first + j, d.new_table().checks.first + i);
        }
    }
}

/// Pairs CHECKs that are written in the same way and that `alike` finds alike, in the time of a sort.
/// shape: `key` makes a number of a CHECK; those with another number are not compared
template <class Key, class Alike, class Report>
constexpr void pair_equal_checks(const differ& d, check_match& m, Key key, Alike alike, Report report) {
    model::vector<model::ranked> old_keys;
    for (std::uint32_t j = 0; j < m.was.size(); ++j) {
        if (!m.old_done[j]) old_keys.push_back({key(m.was[j]), j});
    }
    std::sort(old_keys.begin(), old_keys.end());
    for (std::uint32_t i = 0; i < m.is.size(); ++i) {
        if (m.new_done[i]) continue;
        for (const auto& [hash, j] : model::find_ranked(old_keys, key(m.is[i]))) {
            if (m.new_done[i]) break;
            if (m.old_done[j] || m.was[j].expression != m.is[i].expression || !alike(m.was[j], m.is[i])) continue;
            m.old_done[j] = m.new_done[i] = true;
            report(d.old_table().checks.first + j, d.new_table().checks.first + i);
        }
    }
}

/// Compares the CHECK constraints of the pair of tables at hand: by meaning first, then by name, then by place.
constexpr void diff_checks(differ& d) {
    check_match m{d.from.checks_of(d.old_table()), d.to.checks_of(d.new_table()), {}, {}};
    m.old_done.resize(m.was.size());
    m.new_done.resize(m.is.size());
    const auto same = [&d](const model::check_constraint& was, const model::check_constraint& is) {
        return d.dialect.same_expression(was.expression, d.old_scope(), is.expression, d.new_scope());
    };
    const auto report_name = [&d](std::uint32_t from, std::uint32_t to) {
        if (same_constraint_name(d.dialect, d.from.checks[from].name, d.to.checks[to].name)) return;
        d.report(change_kind::check_name, element::check, from, to);
    };
    const auto report_expression = [&d](std::uint32_t from, std::uint32_t to) {
        d.report(change_kind::check_expression, element::check, from, to);
    };
    using check = model::check_constraint;
    const auto same_and_named = [&](const check& was, const check& is) { return was.name == is.name && same(was, is); };
    const auto same_name = [](const check& was, const check& is) { return !is.name.empty() && was.name == is.name; };
    const auto unnamed = [](const check& was, const check& is) { return was.name.empty() || is.name.empty(); };
    const auto same_place = [&](const check& was, const check& is) {
        return unnamed(was, is) && was.column == is.column;
    };
    const auto open_place = [&](const check& was, const check& is) {
        return unnamed(was, is) && (was.column.empty() || is.column.empty());
    };
    const auto text = [](const check& c) { return model::name_hash(c.expression); };
    const auto text_and_name = [](const check& c) { return model::name_hash(c.expression) * 31 + c.name.hash; };
    pair_equal_checks(d, m, text_and_name, same_and_named, report_name);
    pair_checks(d, m, same_and_named, report_name);
    pair_equal_checks(d, m, text, same, report_name);
    pair_checks(d, m, same, report_name);
    pair_checks(d, m, same_name, report_expression);
    pair_checks(d, m, same_place, report_expression);
    pair_checks(d, m, open_place, report_expression);
    report_unpaired(d, element::check, d.old_table().checks, m.old_done, change_kind::drop_check, d.new_table().checks,
                    m.new_done, change_kind::add_check);
}

} // namespace autopack_schema::detail
