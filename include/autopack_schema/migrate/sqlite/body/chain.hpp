// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/describe.hpp>
#include <autopack_schema/diff/diff.hpp>
#include <autopack_schema/migrate/allowance.hpp>
#include <autopack_schema/migrate/detail/hints.hpp>
#include <autopack_schema/migrate/detail/sha256.hpp>
#include <autopack_schema/migrate/sqlite/chain.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>

#include <algorithm>
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

inline const history_entry* find_entry(const std::vector<history_entry>& history, std::string_view name) {
    const history_entry* found = nullptr;
    for (const history_entry& e : history) {
        if (e.name == name) found = &e;
    }
    return found;
}

/// Tells whether a migration was applied, and not undone since.
inline bool is_applied(const std::vector<history_entry>& history, std::string_view name) {
    const history_entry* const e = find_entry(history, name);
    return e != nullptr && e->outcome != "undone";
}

/// The changes of one table between two schemas, as texts that can be compared.
inline std::vector<std::string> labels(const model::schema& from, const model::schema& to, const model::name& table) {
    std::vector<std::string> texts;
    for (const change& c : diff(from, to, sql::sqlite::rules)) {
        if (table == model::name(table_of(c, from, to)))
            texts.push_back(std::string(drift_name(c.kind)) + " " + object_label(c, from, to));
    }
    return texts;
}

/// Tells whether a migration has still something to do in a table of a database without a history: one of its changes is
/// not there, or it changes nothing that could be seen.
inline bool is_pending(const migration_view& m, const model::schema& live, const model::name& table) {
    const std::vector<std::string> changes = labels(m.from, m.to, table);
    const std::vector<std::string> missing = labels(live, m.to, table);
    return changes.empty() || std::any_of(changes.begin(), changes.end(), [&](const std::string& c) {
               return std::find(missing.begin(), missing.end(), c) != missing.end();
           });
}

inline bool changes_schema(const migration_view& m) { return !diff(m.from, m.to, sql::sqlite::rules).empty(); }

/// Tells whether a schema lacks a change of a migration.
inline bool is_missing(const migration_view& m, const model::schema& live) {
    const std::vector<change> changes = diff(m.from, m.to, sql::sqlite::rules);
    const std::vector<change> missing = diff(live, m.to, sql::sqlite::rules);
    return std::any_of(changes.begin(), changes.end(), [&](const change& c) {
        return std::any_of(missing.begin(), missing.end(), [&](const change& d) {
            if (d.kind == change_kind::add_table && table_of(c, m.from, m.to) == table_of(d, live, m.to)) return true;
            return c.kind == d.kind && object_label(c, m.from, m.to) == object_label(d, live, m.to);
        });
    });
}

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
inline void add_known_removals(const migration_view& m, const model::schema& target, std::vector<data_rule>& rules) {
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

AUTOPACK_SCHEMA_FUNCTION std::vector<data_rule> active_rules(std::span<const migration_view> chain, const model::schema& live,
                                           const model::schema& target, const std::vector<history_entry>& history,
                                           std::span<const data_rule> more) {
    std::vector<data_rule> rules;
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
    rules.insert(rules.end(), more.begin(), more.end());
    return rules;
}

AUTOPACK_SCHEMA_FUNCTION std::vector<std::string> check_history(const std::vector<history_entry>& history,
                                              std::span<const migration_view> chain) {
    std::vector<std::string> found;
    for (const history_entry& e : history) {
        if (detail::find_entry(history, e.name) != &e || e.outcome == "undone") continue;
        const auto known =
            std::find_if(chain.begin(), chain.end(), [&](const migration_view& m) { return m.name == e.name; });
        if (known == chain.end()) {
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
