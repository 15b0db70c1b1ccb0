// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/diff.hpp>
#include <autopack_schema/migrate/data_rule.hpp>
#include <autopack_schema/migrate/detail/hints.hpp>
#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/sql/sqlite/affinity.hpp>

#include <string_view>
#include <vector>

namespace autopack_schema::migrate {

/// A step of a migration that nothing brings back.
struct undo_gap {
    std::string_view what{};  ///< "drop column", "transform", "step"
    std::string_view table{}; ///< in the older version; or the name of the step
    std::string_view column{};
};

namespace detail {

/// Tells whether every value of a column comes back as it was when its type changes to and fro: not a text that became a
/// REAL ('1' comes back as '1.0'), nor what no type has kept from being a text or a number.
constexpr bool comes_back(const model::table& older, const model::column& was, const model::table& newer,
                          const model::column& is) {
    using sql::sqlite::affinity;
    const affinity from = sql::sqlite::affinity_of(was.type, older.strict);
    const affinity to = sql::sqlite::affinity_of(is.type, newer.strict);
    if (from == to || to == affinity::blob) return true;
    return from != affinity::blob && !(from == affinity::text && to == affinity::real);
}

constexpr undo_gap gap_of(const change& c, const migration_view& m, model::items<data_rule> more) {
    const auto says = [&](rule_kind kind, model::items<data_rule> rules, const model::name& table,
                          const model::name& column) { return find_rule(rules, kind, table, column) != nullptr; };
    if (c.kind == change_kind::drop_table) return {"drop table", m.from.tables[c.from].name.text, {}};
    if (c.kind != change_kind::drop_column && c.kind != change_kind::column_type) return {};
    const model::name& table = m.from.tables[c.from_table].name;
    const model::column& column = m.from.columns[c.from];
    if (says(rule_kind::undo, m.rules, table, column.name)) return {};
    if (c.kind == change_kind::drop_column) {
        const bool given = says(rule_kind::backfill, more, table, column.name);
        const bool computed = column.generated != model::generated_kind::none;
        return given || computed ? undo_gap{} : undo_gap{"drop column", table.text, column.name.text};
    }
    const model::table& newer = m.to.tables[c.to_table];
    const bool lossy = says(rule_kind::lossy, m.rules, newer.name, m.to.columns[c.to].name) ||
                       !comes_back(m.from.tables[c.from_table], column, newer, m.to.columns[c.to]);
    return lossy && !says(rule_kind::transform, more, table, column.name)
               ? undo_gap{"change the type of", table.text, column.name.text}
               : undo_gap{};
}

} // namespace detail

/// Finds what keeps a migration from being undone: tables and columns that went, values that were changed and for which it
/// has no `undo`, steps in C++ without one. `more`: rules of this run, a backfill of which stands for an undo.
/// shape: empty: every step has an undo; the names refer to the migration
constexpr std::vector<undo_gap> undo_gaps(const migration_view& m, const rules& dialect,
                                          model::items<data_rule> more = {}) {
    std::vector<undo_gap> found;
    for (const change& c : diff(m.from, m.to, dialect)) {
        if (const undo_gap gap = detail::gap_of(c, m, more); !gap.what.empty()) found.push_back(gap);
    }
    for (const data_rule& r : m.rules) {
        if (r.kind != rule_kind::transform) continue;
        const model::name table = detail::table_before(m, r.table);
        const model::name column = detail::column_before(m, r.table, r.name);
        if (find_rule(m.rules, rule_kind::undo, table, column) != nullptr) continue;
        if (find_rule(more, rule_kind::transform, table, column) != nullptr) continue;
        found.push_back({"transform", table.text, column.text});
    }
    for (const custom_step& s : m.steps) {
        if (s.undo == nullptr) found.push_back({"step", s.name, {}});
    }
    return found;
}

} // namespace autopack_schema::migrate
