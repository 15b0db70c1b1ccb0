// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/diff.hpp>
#include <autopack_schema/migrate/detail/hints.hpp>
#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/migrate/sqlite/detail/row_source.hpp>
#include <autopack_schema/migrate/sqlite/detail/values.hpp>
#include <autopack_schema/model/snapshot.hpp>
#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>
#include <autopack_schema/sql/token.hpp>
#include <autopack_schema/sql/tokenizer.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema::migrate::sqlite::detail {

/// A migration read backwards: the older version with the renamings turned round, and what may go on the way.
struct reversed_migration {
    migration_view forward{};
    model::snapshot wanted{};
    model::vector<data_rule> rules{};
};

/// The older version; its renamings say what its tables and columns are called now.
inline model::snapshot turned_round(const migration_view& m) {
    model::snapshot older = model::snapshot::copy_of(m.from);
    for (model::table& t : older.content().tables) t.renamed_from = {};
    for (model::column& c : older.content().columns) c.renamed_from = {};
    for (const model::table& now : m.to.tables) {
        const model::name name = migrate::detail::table_before(m, now.name);
        for (model::table& t : older.content().tables) {
            if (!(t.name == name)) continue;
            if (!(name == now.name)) t.renamed_from = now.name;
            for (const model::column& c : m.to.columns_of(now)) {
                const model::name was = migrate::detail::column_before(m, now.name, c.name);
                for (std::size_t i = 0; i < t.columns.count; ++i) {
                    model::column& old = older.content().columns[t.columns.first + i];
                    if (old.name == was && !(was == c.name)) old.renamed_from = c.name;
                }
            }
        }
    }
    older.own_text();
    return older;
}

/// Writes a column of the older version as an expression over a row of the newer one; empty where nothing says it.
inline std::string over_newer_row(const migration_view& m, const model::table& older, const model::table& newer,
                                  const model::column& c) {
    if (const data_rule* const undo = find_rule(m.rules, rule_kind::undo, older.name, c.name))
        return parenthesized(undo->sql);
    const bool there = model::find_column(m.to, newer, c.name) != nullptr;
    const bool changed = find_rule(m.rules, rule_kind::transform, newer.name, c.name) != nullptr;
    return there && !changed ? quote_identifier(c.name.text) : std::string();
}

/// Writes an expression over a row of the older version as one over a row of the newer one; empty where that cannot be.
inline std::string over_newer_row(const migration_view& m, const model::table& older, const model::table& newer,
                                  std::string_view sql) {
    std::string text;
    const char* copied = sql.data();
    char before = ' ';
    sql::tokenizer source(sql);
    for (sql::token t = source.next_significant(); t.kind != sql::token_kind::end; t = source.next_significant()) {
        const bool name = t.kind == sql::token_kind::identifier || t.kind == sql::token_kind::quoted_identifier;
        for (const model::column& c : m.from.columns_of(older)) {
            if (!name || !sql::same_identifier(t.text, c.name.text)) continue;
            const std::string value = over_newer_row(m, older, newer, c);
            if (value.empty() || before == '.') return {};
            text.append(copied, t.text.data()).append(value);
            copied = t.text.data() + t.text.size();
        }
        before = t.text.back();
    }
    return text.append(copied, sql.data() + sql.size());
}

/// The predicate for rows with a value in a new column that migrating up again would not give them.
inline std::string lost_value(const migration_view& m, const model::table& newer, const model::column& c) {
    const std::string column = quote_identifier(c.name.text) + " COLLATE BINARY IS NOT ";
    const model::table* const older = model::find_table(m.from, migrate::detail::table_before(m, newer.name));
    if (const data_rule* const fill = find_rule(m.rules, rule_kind::backfill, newer.name, c.name)) {
        const std::string again = older == nullptr ? std::string() : over_newer_row(m, *older, newer, fill->sql);
        return column + (again.empty() ? std::string("NULL") : parenthesized(again));
    }
    const bool constant = c.default_to.present() && c.default_to.kind != model::default_kind::expression;
    return column + (constant ? parenthesized(sql::sqlite::literal(c.default_to)) : std::string("NULL"));
}

/// Turns one change of the way back into what it needs: a permission to remove with its condition, or a value.
inline void add_rules_back(const change& c, const migration_view& m, reversed_migration& out) {
    const model::schema to = out.wanted.view();
    const auto may_go = [&](rule_kind kind, const model::name& table, const model::name& name, std::string_view when) {
        out.rules.push_back({.kind = kind, .table = table, .name = name, .when = out.wanted.keep(when)});
    };
    switch (c.kind) {
    case change_kind::drop_table: may_go(rule_kind::drop_table, m.to.tables[c.from].name, {}, "1"); break;
    case change_kind::drop_index: may_go(rule_kind::drop_index, {}, m.to.indexes[c.from].name, {}); break;
    case change_kind::drop_view: may_go(rule_kind::drop_view, {}, m.to.views[c.from].name, {}); break;
    case change_kind::drop_trigger: may_go(rule_kind::drop_trigger, {}, m.to.triggers[c.from].name, {}); break;
    case change_kind::drop_column: {
        const model::column& column = m.to.columns[c.from];
        const bool computed = column.generated != model::generated_kind::none;
        may_go(rule_kind::drop_column, to.tables[c.to_table].name, column.name,
               computed ? std::string() : lost_value(m, m.to.tables[c.from_table], column));
        break;
    }
    default: break;
    }
}

/// Tells whether the newer version has the column of an undo, under whatever name.
inline bool is_still_there(const migration_view& m, const model::schema& wanted, const data_rule& r) {
    const model::table* const t = model::find_table(wanted, r.table);
    const model::column* const c = t == nullptr ? nullptr : model::find_column(wanted, *t, r.name);
    const model::table* const newer = c == nullptr ? nullptr : migrate::detail::find_live_table(m.to, *t, {});
    return newer != nullptr && migrate::detail::find_live_column(m.to, *newer, r.table, *c, {}) != nullptr;
}

/// Reads a migration backwards; valid as long as the migration is.
inline reversed_migration reverse(const migration_view& m) {
    reversed_migration made{m, turned_round(m), {}};
    for (const change& c : diff(m.to, made.wanted.view(), sql::sqlite::rules)) add_rules_back(c, m, made);
    for (const data_rule& r : m.rules) {
        if (r.kind != rule_kind::undo) continue;
        const bool there = is_still_there(m, made.wanted.view(), r);
        made.rules.push_back({.kind = there ? rule_kind::transform : rule_kind::backfill,
                              .table = r.table,
                              .name = r.name,
                              .sql = r.sql});
    }
    return made;
}

} // namespace autopack_schema::migrate::sqlite::detail
