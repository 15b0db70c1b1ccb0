// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/diff.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema/migrate/data_rule.hpp>
#include <autopack_schema/migrate/plan.hpp>
#include <autopack_schema/migrate/sqlite/detail/scratch.hpp>
#include <autopack_schema/migrate/sqlite/detail/statements.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>

#include <string>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

constexpr bool is_rename(change_kind kind) {
    return kind == change_kind::rename_table || kind == change_kind::rename_column;
}

/// SQLite renames no column of a virtual table: it is made anew, and the column copied under its new name.
constexpr bool is_rename(const change& c, const model::schema& live) {
    if (c.kind != change_kind::rename_column) return is_rename(c.kind);
    return live.tables[c.from_table].kind == model::table_kind::ordinary;
}

inline bool has_renames(const std::vector<change>& changes, const model::schema& live) {
    for (const change& c : changes) {
        if (is_rename(c, live)) return true;
    }
    return false;
}

/// Plans one renaming; SQLite rewrites all that names the table or the column: views, triggers, indexes, foreign keys.
inline step rename_step(const change& c, const model::schema& live, const model::schema& wanted) {
    if (c.kind == change_kind::rename_table) {
        const std::string was(live.tables[c.from].name.text);
        const std::string is(wanted.tables[c.to].name.text);
        step made = simple_step(step_kind::rename_table, was, is,
                                "ALTER TABLE " + in_main(was) + " RENAME TO " + quote_identifier(is),
                                "ALTER TABLE " + in_main(is) + " RENAME TO " + quote_identifier(was));
        made.changes.push_back("rename table " + was + " to " + is);
        return made;
    }
    const std::string table(wanted.tables[c.to_table].name.text);
    const std::string was(live.columns[c.from].name.text);
    const std::string is(wanted.columns[c.to].name.text);
    const std::string alter = "ALTER TABLE " + in_main(table) + " RENAME COLUMN ";
    step made =
        simple_step(step_kind::rename_column, table, is, alter + quote_identifier(was) + " TO " + quote_identifier(is),
                    alter + quote_identifier(is) + " TO " + quote_identifier(was));
    made.changes.push_back("rename column " + table + "." + was + " to " + is);
    return made;
}

/// Plans the renamings, after views and triggers that get another text anyway: their old one need not survive them.
inline std::vector<step> rename_steps(const std::vector<change>& changes, const model::schema& live,
                                      const model::schema& wanted) {
    std::vector<step> steps;
    for (const change& c : changes) {
        if (c.kind == change_kind::trigger_definition) steps.push_back(drop_trigger_step(live.triggers[c.from]));
    }
    for (const change& c : changes) {
        if (c.kind == change_kind::view_definition) steps.push_back(drop_view_step(live, live.views[c.from]));
    }
    for (const change& c : changes) { // tables first: a column is renamed in the table's new name
        if (c.kind == change_kind::rename_table) steps.push_back(rename_step(c, live, wanted));
    }
    for (const change& c : changes) {
        if (c.kind == change_kind::rename_column && is_rename(c, live)) steps.push_back(rename_step(c, live, wanted));
    }
    return steps;
}

/// Tries steps on a schema without rows and reads what it has become: SQLite itself knows best what it rewrites.
inline model::snapshot after_steps(const model::schema& live, const std::vector<step>& steps) {
    auto scratch = scratch_of(live);
    for (const step& s : steps) {
        for (const planned_statement& p : s.statements) scratch.execute(p.sql);
    }
    return inspect(scratch);
}

} // namespace autopack_schema::migrate::sqlite::detail
