// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/detail/foreign_keys.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/data_rule.hpp>
#include <autopack_schema/migrate/detail/mentions.hpp>
#include <autopack_schema/migrate/plan.hpp>
#include <autopack_schema/migrate/sqlite/detail/values.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/model/sorted.hpp>
#include <autopack_schema/model/vector.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// The foreign keys that rows break, as numbers that can be compared before and after.
/// shape:  sorted; a row counts by table, parent, child columns and row number, 8 bytes each
struct broken_references {
    model::vector<std::uint64_t> rows{};
    std::vector<std::string> unusable{}; ///< tables whose foreign keys cannot be checked at all, and why
};

/// The child columns of each foreign key of a table, by its number in foreign_key_check.
inline std::vector<std::string> foreign_key_columns(connection& database, std::string_view table) {
    std::vector<std::string> columns;
    auto rows = database.prepare("SELECT id, \"from\" FROM pragma_foreign_key_list(?1, 'main') ORDER BY id, seq");
    rows.bind(1, table);
    while (rows.step()) {
        const auto id = static_cast<std::size_t>(rows.column_int64(0));
        if (columns.size() <= id) columns.resize(id + 1);
        columns[id] += std::string(rows.column_text(1)) + ',';
    }
    return columns;
}

/// Tells whether rows may break a foreign key, given its columns as "a,b,".
inline bool may_have_orphans(model::items<data_rule> rules, std::string_view table, std::string_view columns) {
    return find_rule(rules, rule_kind::orphans, table, columns.substr(0, columns.find(','))) != nullptr;
}

/// Runs foreign_key_check on one table.
inline void check_references(connection& database, std::string_view table, model::items<data_rule> rules,
                             broken_references& out) {
    const std::vector<std::string> columns = foreign_key_columns(database, table);
    if (columns.empty()) return;
    try {
        auto rows = database.prepare("PRAGMA main.foreign_key_check(" + quote_text(table) + ")");
        while (rows.step()) {
            const auto id = static_cast<std::size_t>(rows.column_int64(3));
            if (id < columns.size() && may_have_orphans(rules, table, columns[id])) continue;
            std::uint64_t hash = model::name_hash(table) * 3 + model::name_hash(rows.column_text(2));
            hash = hash * 5 + model::name_hash(id < columns.size() ? columns[id] : std::string());
            hash ^= static_cast<std::uint64_t>(rows.column_int64(1)) *
                    0x9e3779b97f4a7c15U; // 0 in tables without row numbers
            out.rows.push_back(hash ^ (hash >> 32));
        }
    } catch (const error& e) { // "foreign key mismatch": the parent columns are no key
        if (e.code() != "S215") throw;
        out.unusable.push_back(std::string(table) + ": " + e.info().what_happened);
    }
}

/// Tells whether a column is one of a foreign key, or one that a foreign key of any table may refer to.
inline bool is_referenced(const model::schema& s, const model::name& table, const model::name& column) {
    for (const model::table& t : s.tables) {
        for (const model::foreign_key& f : s.foreign_keys_of(t)) {
            if (t.name == table && migrate::detail::contains(s.names_of(f.columns), column)) return true;
            if (f.parent == table && migrate::detail::contains(autopack_schema::detail::parent_columns(s, f), column))
                return true;
        }
    }
    return false;
}

/// Tells whether a step leaves every foreign key with the parents that it had: what it adds or fills is named by none.
inline bool keeps_references(const step& one, const model::schema& s) {
    if (one.kind == step_kind::create_index) return true;
    if (one.kind == step_kind::fill_column) return !is_referenced(s, model::name(one.table), model::name(one.object));
    if (one.kind != step_kind::alter_table) return false;
    const std::string add = "ALTER TABLE " + in_main(one.table) + " ADD COLUMN ";
    for (const std::string& c : one.changes) {
        if (!c.starts_with("add column ")) return false;
    }
    for (const planned_statement& p : one.statements) {
        if (p.role != statement_role::fill && !p.sql.starts_with(add)) return false;
    }
    return true;
}

/// The tables whose foreign keys a plan can break: the changed ones and the children of changed ones.
inline model::vector<model::name> tables_to_check(const plan& p, const model::schema& s) {
    model::vector<model::name> changed;
    model::vector<model::name> found;
    for (const step& one : p.steps) {
        if (!one.table.empty() && !keeps_references(one, s)) changed.push_back(model::name(one.table));
        if (one.kind == step_kind::rename_table) changed.push_back(model::name(one.object));
    }
    for (const model::table& t : s.tables) {
        bool touched = model::contains(changed, t.name);
        for (const auto& f : s.foreign_keys_of(t)) touched = touched || model::contains(changed, f.parent);
        if (touched) found.push_back(t.name);
    }
    return found;
}

/// Finds the rows without parents now.
inline broken_references find_broken_references(connection& database, const plan& p, const model::schema& s,
                                                model::items<data_rule> rules) {
    broken_references found;
    for (const model::name& table : tables_to_check(p, s)) check_references(database, table, rules, found);
    std::sort(found.rows.begin(), found.rows.end());
    return found;
}

} // namespace autopack_schema::migrate::sqlite::detail
