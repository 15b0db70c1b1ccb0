// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/diff.hpp>
#include <autopack_schema/migrate/plan.hpp>
#include <autopack_schema/migrate/plan_text.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::cli {

/// What someone who reads a plan should know of one of its steps.
struct lint_finding {
    std::string code{};    ///< "S470"
    std::string rule{};    ///< "destructive"
    std::string step{};    ///< "drop column t.b"
    std::string message{}; ///< with numbers from the real rows
};

namespace detail {

inline std::string step_title(const migrate::step& s) {
    std::string title = std::string(migrate::name_of(s.kind)) + " " + s.table;
    if (!s.object.empty()) title += s.table.empty() ? s.object : "." + s.object;
    return title;
}

inline void lint_destructive(const migrate::step& s, std::vector<lint_finding>& out) {
    if (!s.loses_data) return;
    std::string what = "values go that no undo brings back";
    if (s.rows > 0) what += ": " + std::to_string(s.rows) + (s.rows == 1 ? " row" : " rows");
    out.push_back({"S470", "destructive", step_title(s), what + "; it was allowed by name; keep the backup"});
}

/// The pre-checks of a step, and what the rows answered.
inline void lint_data(const migrate::step& s, std::span<const migrate::blocker> blockers,
                      std::vector<lint_finding>& out) {
    for (const migrate::pre_check& c : s.checks) {
        std::string answer = "no such row now; rows written until the migration runs can change that";
        for (const migrate::blocker& b : blockers) {
            if (b.code == c.code && b.table == c.table && b.column == c.column) answer = migrate::to_text(b);
        }
        out.push_back(
            {"S471", "data-dependent", step_title(s), "needs no row: " + c.what + " [" + c.column + "]: " + answer});
    }
}

/// What a program that was built for the old schema stumbles over while it still runs.
inline void lint_incompatible(const migrate::step& s, std::vector<lint_finding>& out) {
    using migrate::step_kind;
    const auto add = [&](const std::string& what) {
        out.push_back({"S472", "incompatible", step_title(s),
                       what + ": programs built for the old schema fail; stop them before the migration"});
    };
    if (s.kind == step_kind::rename_table || s.kind == step_kind::rename_column || s.kind == step_kind::drop_table)
        add("a name goes");
    if (s.kind == step_kind::drop_view) add("a view goes");
    for (const std::string& change : s.changes) {
        if (change.starts_with("drop column ")) add(change);
        if (change.starts_with("make NOT NULL ") || change.starts_with("change the type of ")) add(change);
        if (change.starts_with("add a CHECK ") || change.starts_with("add UNIQUE ")) add(change);
    }
}

/// Tells whether the first columns of an index, a key or a UNIQUE are those of the foreign key, in whatever order.
inline bool leads_with(model::items<model::key_part> parts, model::items<model::name> columns) {
    if (parts.size() < columns.size()) return false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        bool found = false;
        for (const model::name& c : columns) found = found || (!parts[i].is_expression && parts[i].text == c);
        if (!found) return false;
    }
    return true;
}

inline bool has_index(const model::schema& s, const model::table& t, const model::foreign_key& f) {
    const auto columns = s.names_of(f.columns);
    for (const model::index& i : s.indexes_of(t)) {
        if (i.where.empty() && leads_with(s.parts_of(i), columns)) return true;
    }
    for (const model::unique_constraint& u : s.uniques_of(t)) {
        if (leads_with(s.parts_of(u), columns)) return true;
    }
    return leads_with(s.parts_of(t.key), columns);
}

inline std::string columns_text(model::items<model::name> columns) {
    std::string text;
    for (const model::name& c : columns) text += (text.empty() ? "" : ", ") + std::string(c.text);
    return text;
}

/// New foreign keys whose parents cannot be deleted or changed without a search through all of the child's rows.
inline void lint_indexes(const model::schema& live, const model::schema& wanted, std::vector<lint_finding>& out) {
    for (const change& c : diff(live, wanted, sql::sqlite::rules)) {
        if (c.kind != change_kind::add_foreign_key && c.kind != change_kind::add_table) continue;
        const model::table& t = wanted.tables[c.to_table];
        for (const model::foreign_key& f : wanted.foreign_keys_of(t)) {
            const bool is_new = c.kind == change_kind::add_table || &f == &wanted.foreign_keys[c.to];
            if (!is_new || has_index(wanted, t, f)) continue;
            const std::string columns = columns_text(wanted.names_of(f.columns));
            out.push_back({"S473", "missing-index", "foreign key " + std::string(t.name.text) + "(" + columns + ")",
                           "no index begins with its columns: each DELETE in " + std::string(f.parent.text) +
                               " searches all of " + std::string(t.name.text) + "; add an index on (" + columns + ")"});
        }
    }
}

} // namespace detail

/// Looks for what a plan does that someone should know beforehand; `blockers` is what the rows answered in a dry run.
inline std::vector<lint_finding> lint(const migrate::plan& plan, std::span<const migrate::blocker> blockers,
                                      const model::schema& live, const model::schema& wanted) {
    std::vector<lint_finding> found;
    for (const migrate::step& s : plan.steps) {
        detail::lint_destructive(s, found);
        detail::lint_data(s, blockers, found);
        detail::lint_incompatible(s, found);
    }
    detail::lint_indexes(live, wanted, found);
    return found;
}

} // namespace autopack_schema::cli
