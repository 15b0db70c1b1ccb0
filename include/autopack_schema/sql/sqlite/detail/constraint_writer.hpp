// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/sql/sqlite/detail/written_expression.hpp>
#include <autopack_schema/sql/sqlite/quote.hpp>
#include <autopack_schema/sql/sqlite/render_options.hpp>

#include <cstddef>
#include <string>
#include <string_view>

// The clauses of keys and constraints, each with a space before it.
namespace autopack_schema::sql::sqlite::detail {

/// The table that is written, and how.
struct table_writing {
    const model::schema& schema;
    const model::table& table;
    const render_options& options;

    /// An expression in parentheses.
    std::string parenthesised(std::string_view expression) const {
        const bool is_renamed = !options.table_name.empty();
        const std::string text = is_renamed ? without_own_name(expression, table.name) : std::string(expression);
        return "(" + closed_text(text, false) + ")";
    }
};

inline std::string_view conflict_name(model::conflict what) {
    switch (what) {
    case model::conflict::none: return "";
    case model::conflict::rollback: return "ROLLBACK";
    case model::conflict::abort: return "ABORT";
    case model::conflict::fail: return "FAIL";
    case model::conflict::ignore: return "IGNORE";
    case model::conflict::replace: return "REPLACE";
    }
    return "";
}

inline std::string on_conflict(model::conflict what) {
    return what == model::conflict::none ? "" : " ON CONFLICT " + std::string(conflict_name(what));
}

inline std::string_view action_name(model::fk_action action) {
    switch (action) {
    case model::fk_action::no_action: return "";
    case model::fk_action::restrict: return "RESTRICT";
    case model::fk_action::cascade: return "CASCADE";
    case model::fk_action::set_null: return "SET NULL";
    case model::fk_action::set_default: return "SET DEFAULT";
    }
    return "";
}

inline std::string constraint_prefix(const model::name& name) {
    return name.empty() ? "" : "CONSTRAINT " + identifier(name) + " ";
}

inline std::string name_list(model::items<model::name> names) {
    std::string result = "(";
    for (const model::name& name : names) {
        if (result.size() > 1) result += ", ";
        result += identifier(name);
    }
    return result += ")";
}

/// One part of a key or an index. SQLite knows no NULLS FIRST there.
inline std::string key_part(const model::key_part& part) {
    std::string result;
    if (!part.is_expression) {
        result = identifier(part.text);
    } else {
        result = closed_text(part.text.text, false);
        if (!part.collation.empty()) result = "(" + result + ")";
    }
    if (!part.collation.empty()) result += " COLLATE " + identifier(part.collation);
    return part.descending ? result + " DESC" : result;
}

inline std::string key_parts(model::items<model::key_part> parts) {
    std::string result = "(";
    for (const model::key_part& part : parts) {
        if (result.size() > 1) result += ", ";
        result += key_part(part);
    }
    return result += ")";
}

/// REFERENCES and all that follows.
inline std::string references(const model::schema& s, const model::foreign_key& f) {
    std::string result = "REFERENCES " + identifier(f.parent);
    if (f.parent_columns.count != 0) result += " " + name_list(s.names_of(f.parent_columns));
    if (f.on_delete != model::fk_action::no_action) result += " ON DELETE " + std::string(action_name(f.on_delete));
    if (f.on_update != model::fk_action::no_action) result += " ON UPDATE " + std::string(action_name(f.on_update));
    if (!f.match.empty()) result += " MATCH " + identifier(f.match);
    if (f.defer == model::deferral::immediate) result += " DEFERRABLE INITIALLY IMMEDIATE";
    if (f.defer == model::deferral::deferred) result += " DEFERRABLE INITIALLY DEFERRED";
    return result;
}

inline std::string check(const table_writing& w, const model::check_constraint& c) {
    return constraint_prefix(c.name) + "CHECK " + w.parenthesised(c.expression);
}

inline std::string table_unique(const model::schema& s, const model::unique_constraint& u) {
    return constraint_prefix(u.name) + "UNIQUE " + key_parts(s.parts_of(u)) + on_conflict(u.on_conflict);
}

inline std::string table_foreign_key(const model::schema& s, const model::foreign_key& f) {
    return constraint_prefix(f.name) + "FOREIGN KEY " + name_list(s.names_of(f.columns)) + " " + references(s, f);
}

} // namespace autopack_schema::sql::sqlite::detail
