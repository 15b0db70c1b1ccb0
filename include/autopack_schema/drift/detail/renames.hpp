// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/detail/printable.hpp>
#include <autopack_schema/drift/detail/case.hpp>
#include <autopack_schema/drift/finding.hpp>
#include <autopack_schema/model/vector.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema::drift::detail {

/// A finding with the case that it came from.
struct judged {
    drift_case what;
    finding found;
};

/// How many single-character edits make one name of another; names differ in little or by a word.
inline std::size_t edit_distance(std::string_view a, std::string_view b) {
    model::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (model::fold(a[i - 1]) == model::fold(b[j - 1]) ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

/// Tells whether one name looks like a spelling of the other: few edits, or one is a part of the other.
inline bool alike(std::string_view a, std::string_view b) {
    constexpr std::size_t longest = 200; // names beyond that are nobody's typing
    if (a.size() > longest || b.size() > longest || a.empty() || b.empty()) return false;
    if (a.find(b) != std::string_view::npos || b.find(a) != std::string_view::npos) return true;
    return edit_distance(a, b) * 3 <= std::max(a.size(), b.size());
}

inline bool same_shape(const drift_case& missing, const drift_case& extra) {
    const model::column& wanted = *missing.expected_column();
    const model::column& old = *extra.actual_column();
    const table_scope is{missing.expected, *missing.expected_table()};
    const table_scope was{extra.actual, *extra.actual_table()};
    const auto& rules = missing.options.dialect.rules;
    return rules.same_type(old, was, wanted, is) && rules.not_null(was, old) == rules.not_null(is, wanted) &&
           old.generated == wanted.generated;
}

/// Tells whether two columns stand between the same neighbours (or both at the same end) of their tables.
inline bool same_place(const drift_case& missing, const drift_case& extra) {
    const auto wanted = missing.expected.columns_of(*missing.expected_table());
    const auto old = extra.actual.columns_of(*extra.actual_table());
    const std::size_t i = missing.what.to - missing.expected_table()->columns.first;
    const std::size_t j = extra.what.from - extra.actual_table()->columns.first;
    const bool last = i + 1 == wanted.size();
    if ((i == 0) != (j == 0) || last != (j + 1 == old.size())) return false;
    return (i == 0 || wanted[i - 1].name == old[j - 1].name) && (last || wanted[i + 1].name == old[j + 1].name);
}

/// Tells whether a missing column may be an extra one of the same table under its old name.
inline bool may_be_renamed_column(const drift_case& missing, const drift_case& extra) {
    if (missing.what.to_table != extra.what.to_table || !same_shape(missing, extra)) return false;
    return same_place(missing, extra) || alike(missing.expected_column()->name, extra.actual_column()->name);
}

/// Tells whether a missing table may be an extra one under its old name: two thirds of the columns are the same.
inline bool may_be_renamed_table(const drift_case& missing, const drift_case& extra) {
    const auto wanted = missing.expected.columns_of(*missing.expected_table());
    const auto old = extra.actual.columns_of(*extra.actual_table());
    std::size_t shared = 0;
    for (const model::column& c : wanted) {
        if (model::find(old, c.name) != nullptr) ++shared;
    }
    const std::size_t most = std::max(wanted.size(), old.size());
    return shared != 0 && shared * 3 >= most * 2;
}

inline void point_out(judged& missing, judged& extra, std::string_view now, std::string_view before) {
    const std::string text = "perhaps " + autopack_schema::detail::quoted(before) + " was renamed to " +
                             autopack_schema::detail::quoted(now) + "; if so, say renamed_from(" +
                             autopack_schema::detail::quoted(before) + ")";
    missing.found.suggestion = text;
    extra.found.suggestion = text;
}

/// Points out what is missing under one name and there under another; each is used once.
inline void suggest_renames(model::vector<judged>& all) {
    using enum change_kind;
    for (judged& missing : all) {
        const change_kind kind = missing.what.what.kind;
        if (kind != add_table && kind != add_column) continue;
        for (judged& extra : all) {
            if (!missing.found.suggestion.empty() || !extra.found.suggestion.empty()) continue;
            if (kind == add_column && extra.what.what.kind == drop_column &&
                may_be_renamed_column(missing.what, extra.what)) {
                point_out(missing, extra, missing.what.expected_column()->name, extra.what.actual_column()->name);
            } else if (kind == add_table && extra.what.what.kind == drop_table &&
                       may_be_renamed_table(missing.what, extra.what)) {
                point_out(missing, extra, missing.what.expected_table()->name, extra.what.actual_table()->name);
            }
        }
    }
}

} // namespace autopack_schema::drift::detail
