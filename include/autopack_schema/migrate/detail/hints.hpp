// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/snapshot.hpp>

#include <cstddef>

namespace autopack_schema::migrate::detail {

/// The name that a table had before a migration.
constexpr model::name table_before(const migration_view& m, const model::name& table) {
    const model::table* const t = model::find_table(m.to, table);
    const bool renamed = t != nullptr && !t->renamed_from.empty() && model::find_table(m.from, table) == nullptr;
    return renamed ? t->renamed_from : table;
}

/// The name that a table has after a migration.
constexpr model::name table_after(const migration_view& m, const model::name& table) {
    for (const model::table& t : m.to.tables) {
        if (t.renamed_from == table && model::find_table(m.to, table) == nullptr) return t.name;
    }
    return table;
}

/// The name that a column had before a migration.
constexpr model::name column_before(const migration_view& m, const model::name& table, const model::name& column) {
    const model::table* const t = model::find_table(m.to, table);
    const model::column* const c = t != nullptr ? model::find_column(m.to, *t, column) : nullptr;
    if (c == nullptr || c->renamed_from.empty()) return column;
    const model::table* const old = model::find_table(m.from, table_before(m, table));
    return old != nullptr && model::find_column(m.from, *old, column) == nullptr ? c->renamed_from : column;
}

/// Finds the name under which a live schema has a wanted table, following the renamings of a chain back in time.
inline const model::table* find_live_table(const model::schema& live, const model::table& wanted,
                                           model::items<migration_view> chain) {
    model::name name = wanted.name;
    const model::table* found = model::find_table(live, name);
    if (found == nullptr && !wanted.renamed_from.empty()) found = model::find_table(live, wanted.renamed_from);
    for (std::size_t i = chain.size(); found == nullptr && i-- > 0;) {
        name = table_before(chain[i], name);
        found = model::find_table(live, name);
    }
    return found;
}

/// Finds the column of a live table that a wanted one was, following the renamings of a chain back in time.
inline const model::column* find_live_column(const model::schema& live, const model::table& was, model::name table,
                                             const model::column& wanted, model::items<migration_view> chain) {
    model::name name = wanted.name;
    const model::column* found = model::find_column(live, was, name);
    if (found == nullptr && !wanted.renamed_from.empty()) found = model::find_column(live, was, wanted.renamed_from);
    for (std::size_t i = chain.size(); found == nullptr && i-- > 0;) {
        name = column_before(chain[i], table, name);
        table = table_before(chain[i], table);
        found = model::find_column(live, was, name);
    }
    return found;
}

/// Copies a wanted schema with the hints that a live schema needs, however many versions it is behind: a renaming two
/// migrations ago is no longer in the current definition, and without it the column would be added empty (trap 39).
inline model::snapshot with_hints(const model::schema& wanted, const model::schema& live,
                                  model::items<migration_view> chain) {
    model::snapshot copy = model::snapshot::copy_of(wanted);
    for (model::table& t : copy.content().tables) {
        const model::table* const was = find_live_table(live, t, chain);
        if (was == nullptr) continue;
        const model::name table = t.name;
        if (!(was->name == t.name)) t.renamed_from = was->name;
        for (std::size_t i = 0; i < t.columns.count; ++i) {
            model::column& c = copy.content().columns[t.columns.first + i];
            const model::column* const old = find_live_column(live, *was, table, c, chain);
            if (old != nullptr && !(old->name == c.name)) c.renamed_from = old->name;
        }
    }
    copy.own_text();
    return copy;
}

} // namespace autopack_schema::migrate::detail
