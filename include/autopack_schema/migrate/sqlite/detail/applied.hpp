// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/describe.hpp>
#include <autopack_schema/diff/diff.hpp>
#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/migrate/sqlite/history.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

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
    for (const std::string& c : changes) {
        if (model::contains(missing, c)) return true;
    }
    return changes.empty();
}

inline bool changes_schema(const migration_view& m) { return !diff(m.from, m.to, sql::sqlite::rules).empty(); }

/// Tells whether a schema lacks a change of a migration.
inline bool is_missing(const migration_view& m, const model::schema& live) {
    const std::vector<change> changes = diff(m.from, m.to, sql::sqlite::rules);
    const std::vector<change> missing = diff(live, m.to, sql::sqlite::rules);
    for (const change& c : changes) {
        for (const change& d : missing) {
            if (d.kind == change_kind::add_table && table_of(c, m.from, m.to) == table_of(d, live, m.to)) return true;
            if (c.kind == d.kind && object_label(c, m.from, m.to) == object_label(d, live, m.to)) return true;
        }
    }
    return false;
}

} // namespace autopack_schema::migrate::sqlite::detail
