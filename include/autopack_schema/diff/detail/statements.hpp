// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/detail/differ.hpp>
#include <autopack_schema/model/vector.hpp>

#include <cstddef>
#include <cstdint>

namespace autopack_schema::detail {

constexpr bool same_view(const differ& d, const model::view& was, const model::view& is) {
    const auto old_names = d.from.names_of(was.columns);
    const auto new_names = d.to.names_of(is.columns);
    if (old_names.size() != new_names.size() || was.materialized != is.materialized) return false;
    for (std::size_t i = 0; i < new_names.size(); ++i) {
        if (!(old_names[i] == new_names[i])) return false;
    }
    return d.dialect.same_view(was.definition, is.definition);
}

constexpr bool same_trigger(const differ& d, const model::trigger& was, const model::trigger& is) {
    return was.table == is.table && d.dialect.same_trigger(was.definition, is.definition);
}

/// Reports what is gone, from positions that a matching left out.
constexpr void report_dropped(differ& d, change_kind kind, element what, const marks& kept) {
    for (std::uint32_t j = 0; j < kept.size(); ++j) {
        if (!kept[j]) d.report(kind, what, j, no_element);
    }
}

/// Compares the views of both schemas; dropped ones have been reported by `diff_dropped_statements`.
constexpr void diff_views(differ& d) {
    const model::vector<std::uint32_t> matches = match_names(d.from.views, d.to.views);
    for (std::uint32_t i = 0; i < matches.size(); ++i) {
        if (matches[i] == no_element) {
            d.report(change_kind::add_view, element::view, no_element, i);
        } else if (!same_view(d, d.from.views[matches[i]], d.to.views[i])) {
            d.report(change_kind::view_definition, element::view, matches[i], i);
        }
    }
}

/// Compares the triggers of both schemas; dropped ones have been reported by `diff_dropped_statements`.
constexpr void diff_triggers(differ& d) {
    const model::vector<std::uint32_t> matches = match_names(d.from.triggers, d.to.triggers);
    for (std::uint32_t i = 0; i < matches.size(); ++i) {
        if (matches[i] == no_element) {
            d.report(change_kind::add_trigger, element::trigger, no_element, i);
        } else if (!same_trigger(d, d.from.triggers[matches[i]], d.to.triggers[i])) {
            d.report(change_kind::trigger_definition, element::trigger, matches[i], i);
        }
    }
}

/// Reports the triggers and views that are gone: they can stand in the way of other changes.
constexpr void diff_dropped_statements(differ& d) {
    report_dropped(d, change_kind::drop_trigger, element::trigger,
                   matched(match_names(d.from.triggers, d.to.triggers), d.from.triggers.size()));
    report_dropped(d, change_kind::drop_view, element::view,
                   matched(match_names(d.from.views, d.to.views), d.from.views.size()));
}

} // namespace autopack_schema::detail
