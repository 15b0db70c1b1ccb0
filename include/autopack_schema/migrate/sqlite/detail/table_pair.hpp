// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/change.hpp>
#include <autopack_schema/migrate/data_rule.hpp>
#include <autopack_schema/migrate/sqlite/facts.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/sql/sqlite/affinity.hpp>
#include <autopack_schema/sql/sqlite/module_text.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>

#include <string>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// Tells whether a column is another name of the row number: of an R-tree it is the first one.
inline bool is_row_number(const model::schema& s, const model::table& t, const model::column& c) {
    if (t.kind == model::table_kind::ordinary) return sql::sqlite::rules.rowid_alias({s, t}, c);
    const auto columns = s.columns_of(t);
    return sql::sqlite::read_module(t.module).family == sql::sqlite::module_family::rtree && !columns.empty() &&
           columns[0].name == c.name;
}

/// A table as it is and as it shall be, under one name, with what is to be changed.
struct table_pair {
    const model::schema& live;
    const model::schema& target;
    const model::table& was;
    const model::table& is;
    model::items<data_rule> rules;
    std::vector<change> changes{};
    table_facts known{};

    /// The column that a new one was; those of ordinary tables have been renamed before.
    const model::column* old_column(const model::name& name) const {
        const model::column* const same = model::find_column(live, was, name);
        if (same != nullptr || was.kind == model::table_kind::ordinary) return same;
        const model::column* const now = model::find_column(target, is, name);
        return now == nullptr || now->renamed_from.empty() ? nullptr
                                                           : model::find_column(live, was, now->renamed_from);
    }

    bool has(change_kind kind) const {
        for (const change& c : changes) {
            if (c.kind == kind) return true;
        }
        return false;
    }

    const data_rule* rule(rule_kind kind, const model::name& column) const {
        return find_rule(rules, kind, is.name, column);
    }

    bool was_rowid(const model::column& c) const { return is_row_number(live, was, c); }
    bool is_rowid(const model::column& c) const { return is_row_number(target, is, c); }
    bool is_not_null(const model::column& c) const { return sql::sqlite::rules.not_null({target, is}, c); }
    sql::sqlite::affinity affinity_of(const model::column& c) const {
        return sql::sqlite::affinity_of(c.type, is.strict);
    }

    /// The column keeps other values than before.
    bool changes_type(const model::column& old, const model::column& now) const {
        return !sql::sqlite::rules.same_type(old, {live, was}, now, {target, is});
    }
    /// The column compares in another way than before.
    static bool changes_collation(const model::column& old, const model::column& now) {
        const auto of = [](const model::column& c) {
            return c.collation.empty() ? std::string_view("BINARY") : c.collation;
        };
        return !model::same_name(of(old), of(now));
    }
};

/// Finds a name of the row number that no column of the table has taken; empty where there is none.
inline std::string_view rowid_name(const model::schema& s, const model::table& t) {
    if (t.without_rowid) return {};
    for (const std::string_view name : {"rowid", "_rowid_", "oid"}) {
        if (model::find_column(s, t, name) == nullptr) return name;
    }
    return {};
}

/// Finds the column that is another name of the row number; nullptr where there is none.
inline const model::column* rowid_column(const model::schema& s, const model::table& t) {
    for (const model::column& c : s.columns_of(t)) {
        if (is_row_number(s, t, c)) return &c;
    }
    return nullptr;
}

} // namespace autopack_schema::migrate::sqlite::detail
