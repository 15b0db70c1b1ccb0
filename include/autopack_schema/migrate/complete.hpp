// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/diff.hpp>
#include <autopack_schema/migrate/data_rule.hpp>
#include <autopack_schema/migrate/problem.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/sql/sqlite/module_text.hpp>

#include <string_view>
#include <vector>

namespace autopack_schema::migrate {

namespace detail {

/// DEFAULT NULL is no value for a column that refuses NULL.
constexpr bool has_value(const model::default_value& d) { return d.present() && d.kind != model::default_kind::null; }

/// Tells whether a migration knows what a table holds: an ordinary one, or a virtual one of a module of SQLite's own.
constexpr bool knows_module(const model::table& t) {
    return t.kind == model::table_kind::ordinary ||
           sql::sqlite::read_module(t.module).family != sql::sqlite::module_family::unknown;
}

/// What a change needs and the rules do not give.
constexpr migration_finding judge(const change& c, const model::schema& from, const model::schema& to,
                                  model::items<data_rule> rules, const autopack_schema::rules& dialect) {
    using enum migration_problem;
    switch (c.kind) {
    case change_kind::add_column: {
        const model::table& t = to.tables[c.to_table];
        const model::column& added = to.columns[c.to];
        const table_scope scope{to, t};
        const bool computed = added.generated != model::generated_kind::none || dialect.rowid_alias(scope, added);
        if (computed || has_value(added.default_to) || !dialect.not_null(scope, added)) return {};
        if (find_rule(rules, rule_kind::backfill, t.name, added.name) != nullptr) return {};
        return {S390_new_column_without_value, t.name.text, added.name.text};
    }
    case change_kind::drop_column: {
        const model::name& table = from.tables[c.from_table].name;
        const model::name& column = from.columns[c.from].name;
        const bool allowed = find_rule(rules, rule_kind::drop_column, table, column) != nullptr;
        return allowed ? migration_finding{} : migration_finding{S391_removal_not_allowed, table.text, column.text};
    }
    case change_kind::drop_table: {
        const model::name& table = from.tables[c.from].name;
        const bool allowed = find_rule(rules, rule_kind::drop_table, table, {}) != nullptr;
        return allowed ? migration_finding{} : migration_finding{S391_removal_not_allowed, table.text, {}};
    }
    case change_kind::table_virtual: {
        const bool known = knows_module(from.tables[c.from_table]) && knows_module(to.tables[c.to_table]);
        return known ? migration_finding{} : migration_finding{S393_step_is_impossible, to.tables[c.to_table].name.text, {}};
    }
    default: return {};
    }
}

constexpr bool has_column(const model::schema& s, const model::name& table, const model::name& column) {
    const model::table* const t = model::find_table(s, table);
    return t != nullptr && model::find_column(s, *t, column) != nullptr;
}

/// Tells whether a rule is about something: a column to fill, or what is there before and not after.
constexpr bool names_something(const data_rule& r, const model::schema& from, const model::schema& to) {
    switch (r.kind) {
    case rule_kind::backfill: return has_column(to, r.table, r.name);
    case rule_kind::transform: return has_column(to, r.table, r.name);
    case rule_kind::drop_table:
        return model::find_table(from, r.table) != nullptr && model::find_table(to, r.table) == nullptr;
    case rule_kind::drop_column: return has_column(from, r.table, r.name) && !has_column(to, r.table, r.name);
    case rule_kind::keep_column: return !has_column(to, r.table, r.name);
    case rule_kind::drop_index: return model::find(to.indexes, r.name) == nullptr;
    case rule_kind::drop_view: return model::find(to.views, r.name) == nullptr;
    case rule_kind::drop_trigger: return model::find(to.triggers, r.name) == nullptr;
    case rule_kind::lossy: return has_column(to, r.table, r.name);
    case rule_kind::orphans: return has_column(to, r.table, r.name);
    case rule_kind::undo: return has_column(from, r.table, r.name);
    }
    return false;
}

} // namespace detail

/// Finds the first thing that a migration between two versions does not say: a value for a new NOT NULL column, the
/// permission to remove a table or a column; or a rule about nothing.
constexpr migration_finding find_gap(const model::schema& from, const model::schema& to,
                                     model::items<data_rule> rules, const autopack_schema::rules& dialect) {
    for (const data_rule& r : rules) {
        if (!detail::names_something(r, from, to))
            return {migration_problem::S392_rule_names_nothing, r.table.empty() ? r.name.text : r.table.text,
                    r.table.empty() ? std::string_view() : r.name.text};
    }
    const std::vector<change> changes = diff(from, to, dialect);
    for (const change& c : changes) {
        if (const migration_finding found = detail::judge(c, from, to, rules, dialect)) return found;
    }
    return {};
}

} // namespace autopack_schema::migrate
