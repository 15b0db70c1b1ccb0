// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/plan.hpp>
#include <autopack_schema/migrate/sqlite/detail/column_checks.hpp>
#include <autopack_schema/migrate/sqlite/detail/copy_rows.hpp>
#include <autopack_schema/migrate/sqlite/detail/describe_changes.hpp>
#include <autopack_schema/migrate/sqlite/detail/key_checks.hpp>
#include <autopack_schema/migrate/sqlite/detail/naming.hpp>
#include <autopack_schema/migrate/sqlite/detail/render.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

inline bool has_autoincrement(const model::schema& s, const model::table& t) {
    for (const model::column& c : s.columns_of(t)) {
        if (c.identity != model::identity_kind::none) return true;
    }
    return false;
}

/// Asks all that the rows must answer before a table is rebuilt.
inline void check_rows(check_list& list) {
    const table_pair& pair = list.pair();
    for (const column_source& s : list.sources()) check_column(list, s);
    for (const change& c : pair.changes) {
        if (c.kind == change_kind::drop_column) check_removal(list, pair.live.columns[c.from]);
    }
    for (const auto& c : pair.target.checks_of(pair.is)) check_expression(list, c);
    check_unique(list, pair.target.parts_of(pair.is.key), {});
    for (const auto& u : pair.target.uniques_of(pair.is)) check_unique(list, pair.target.parts_of(u), {});
    for (const auto& i : pair.target.indexes_of(pair.is)) {
        if (i.unique) check_unique(list, pair.target.parts_of(i), i.where);
    }
    for (const auto& f : pair.target.foreign_keys_of(pair.is)) check_parents(list, f);
}

/// Adds what dropping the old table took along: its indexes and triggers, those that stay byte for byte.
inline void restore_dependents(const table_pair& pair, step& made) {
    const auto add = [&made](std::string sql) { made.statements.push_back({statement_role::change, std::move(sql)}); };
    for (const model::index& i : pair.target.indexes_of(pair.is)) add(index_sql(pair.target, pair.is, i));
    for (const model::trigger& t : pair.target.triggers) {
        const bool kept =
            t.table == pair.is.name && !t.sql.empty() && model::find(pair.live.triggers, t.name) != nullptr;
        if (kept) add(std::string(t.sql));
    }
}

/// Drops the old table and gives its name to the one that was made beside it.
inline void take_its_place(const table_pair& pair, const std::string& successor, step& made) {
    const auto add = [&made](std::string sql) { made.statements.push_back({statement_role::change, std::move(sql)}); };
    add("DROP TABLE " + in_main(pair.was.name.text));
    add("PRAGMA legacy_alter_table=ON"); // views and triggers that name the table do not block the rename (trap 10)
    add("ALTER TABLE " + in_main(successor) + " RENAME TO " + quote_identifier(pair.is.name.text));
    add("PRAGMA legacy_alter_table=OFF");
    made.successor = successor;
}

/// The columns whose values are copied as they are: they are compared afterwards.
inline std::vector<std::string> same_columns(const check_list& list) {
    std::vector<std::string> names;
    for (const column_source& c : list.sources()) {
        if (c.copied && is_unchanged(list.pair(), c)) names.emplace_back(c.column->name.text);
    }
    return names;
}

/// Plans the rebuild of one table with all that changes in it.
/// source: https://sqlite.org/lang_altertable.html, 7
inline step rebuild_step(const table_pair& pair, std::string_view fingerprint) {
    step made{.kind = step_kind::rebuild_table,
              .table = std::string(pair.is.name.text),
              .changes = words_for(pair),
              .rows = pair.known.rows};
    check_list list(pair, made.checks);
    check_rows(list);
    const std::string name = temporary_name(fingerprint, pair.is.name.text, pair.live, pair.target);
    const auto add = [&made](std::string sql) { made.statements.push_back({statement_role::change, std::move(sql)}); };
    add(table_sql(pair.target, pair.is, name));
    made.statements.push_back({statement_role::copy, copy_rows(pair, name, list.sources())});
    if (has_autoincrement(pair.live, pair.was) && has_autoincrement(pair.target, pair.is)) {
        for (std::string& sql : keep_sequence(pair.was.name.text, name)) add(std::move(sql));
    }
    take_its_place(pair, name, made);
    restore_dependents(pair, made);
    if (pair.known.has_statistics) add("ANALYZE " + in_main(pair.is.name.text));
    made.loses_data = loses_values(pair);
    made.same_columns = same_columns(list);
    return made;
}

} // namespace autopack_schema::migrate::sqlite::detail
