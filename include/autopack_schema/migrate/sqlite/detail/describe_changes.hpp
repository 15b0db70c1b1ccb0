// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/describe.hpp>
#include <autopack_schema/migrate/sqlite/detail/table_pair.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <string>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// Says in words what a change does to a table: "add column runs.notes", "make runs.name NOT NULL".
inline std::string words_for(const change& c, const model::schema& from, const model::schema& to) {
    const std::string object = object_label(c, from, to);
    switch (c.kind) {
    case change_kind::add_column: return "add column " + object;
    case change_kind::drop_column: return "drop column " + object;
    case change_kind::column_not_null:
        return (!sql::sqlite::rules.not_null({to, to.tables[c.to_table]}, to.columns[c.to]) ? "allow NULL in "
                                                                                            : "make NOT NULL ") +
               object;
    case change_kind::column_type: return "change the type of " + object;
    case change_kind::column_default:
        return to.columns[c.to].default_to.present()
                   ? "set the default of " + object + " to " + sql::sqlite::literal(to.columns[c.to].default_to)
                   : "remove the default of " + object;
    case change_kind::add_check: return "add a CHECK to " + object;
    case change_kind::drop_check:
        return "drop a CHECK of " + object + ": " + std::string(from.checks[c.from].expression);
    case change_kind::check_expression: return "change the CHECK of " + object;
    case change_kind::add_unique: return "add UNIQUE " + object;
    case change_kind::drop_unique: return "drop UNIQUE " + object;
    case change_kind::add_foreign_key: return "add a foreign key to " + object;
    case change_kind::drop_foreign_key: return "drop the foreign key of " + object;
    case change_kind::add_index: return "create index " + object;
    case change_kind::drop_index: return "drop index " + object;
    default: return "change " + std::string(drift_name(c.kind)) + " of " + object;
    }
}

/// What the changes of a pair of tables do, one text each.
inline std::vector<std::string> words_for(const table_pair& pair) {
    std::vector<std::string> words;
    for (const change& c : pair.changes) words.push_back(words_for(c, pair.live, pair.target));
    return words;
}

} // namespace autopack_schema::migrate::sqlite::detail
