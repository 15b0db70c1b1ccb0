// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/diff.hpp>
#include <autopack_schema/migrate/allowance.hpp>
#include <autopack_schema/migrate/detail/hints.hpp>
#include <autopack_schema/migrate/detail/sha256.hpp>
#include <autopack_schema/migrate/sqlite/chain.hpp>
#include <autopack_schema/migrate/sqlite/detail/applied.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>

#include <string_view>

namespace autopack_schema::migrate::sqlite {

AUTOPACK_SCHEMA_FUNCTION std::string checksum(const migration_view& m) {
    migrate::detail::sha256 hash;
    hash.add(m.name).add(sql::sqlite::ddl(m.from)).add(sql::sqlite::ddl(m.to));
    for (const data_rule& r : m.rules) {
        if (r.kind != rule_kind::undo) hash.add(to_text(r)).add(r.sql).add(r.when); // an undo may come later
    }
    for (const custom_step& s : m.steps)
        hash.add(s.moment == custom_moment::before ? "step before" : "step after").add(s.name);
    return hash.hex();
}

namespace detail {

/// A rule with the name that its table has when the renamings are done: what goes is named as it was before.
inline data_rule after_renames(data_rule r, const migration_view& m) {
    if (!r.table.empty()) r.table = migrate::detail::table_after(m, r.table);
    return r;
}

/// Tells whether the target still has the column that a rule is about: later migrations may have dropped it.
inline bool is_current(const data_rule& r, const model::schema& target) {
    const model::table* const t = model::find_table(target, r.table);
    return r.is_allowance() || (t != nullptr && model::find_column(target, *t, r.name) != nullptr);
}

/// Indexes, views and triggers that a migration knew and its next version lacks may go: no row is lost with them.
inline void add_known_removals(const migration_view& m, const model::schema& target, model::vector<data_rule>& rules) {
    for (const change& c : diff(m.from, m.to, sql::sqlite::rules)) {
        if (c.kind == change_kind::drop_index && model::find(target.indexes, m.from.indexes[c.from].name) == nullptr) {
            rules.push_back({.kind = rule_kind::drop_index, .name = m.from.indexes[c.from].name});
        } else if (c.kind == change_kind::drop_view &&
                   model::find(target.views, m.from.views[c.from].name) == nullptr) {
            rules.push_back({.kind = rule_kind::drop_view, .name = m.from.views[c.from].name});
        } else if (c.kind == change_kind::drop_trigger &&
                   model::find(target.triggers, m.from.triggers[c.from].name) == nullptr) {
            rules.push_back({.kind = rule_kind::drop_trigger, .name = m.from.triggers[c.from].name});
        }
    }
}

} // namespace detail

AUTOPACK_SCHEMA_FUNCTION model::vector<data_rule> active_rules(model::items<migration_view> chain, const model::schema& live,
                                           const model::schema& target, const std::vector<history_entry>& history,
                                           model::items<data_rule> more) {
    model::vector<data_rule> rules;
    for (const migration_view& m : chain) {
        for (const data_rule& given : m.rules) {
            const data_rule r = detail::after_renames(given, m);
            if (r.kind == rule_kind::undo || !detail::is_current(r, target)) continue;
            const bool once = r.kind == rule_kind::transform && r.when.empty();
            const bool applied =
                history.empty() ? !detail::is_pending(m, live, r.table) : detail::is_applied(history, m.name);
            if (!once || !applied) rules.push_back(r);
        }
        detail::add_known_removals(m, target, rules);
    }
    for (const data_rule& r : more) rules.push_back(r);
    return rules;
}

AUTOPACK_SCHEMA_FUNCTION std::vector<std::string> check_history(const std::vector<history_entry>& history,
                                              model::items<migration_view> chain) {
    std::vector<std::string> found;
    for (const history_entry& e : history) {
        if (detail::find_entry(history, e.name) != &e || e.outcome == "undone") continue;
        const migration_view* const known = find_migration(chain, e.name);
        if (known == nullptr) {
            if (!e.checksum.empty())
                found.push_back("[S388] migration " + e.name + " was applied at " + e.finished_at +
                                " and is not known to this program");
        } else if (checksum(*known) != e.checksum) {
            found.push_back("[S388] migration " + e.name + " was edited after it was applied at " + e.finished_at);
        }
    }
    return found;
}

} // namespace autopack_schema::migrate::sqlite
