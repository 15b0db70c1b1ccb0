// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/sql/sqlite/body/render_column.hpp>
#include <autopack_schema/sql/sqlite/render_table.hpp>

#include <string_view>
#include <vector>

namespace autopack_schema::sql::sqlite {

namespace detail {

/// The name of what is created, with its schema before it.
inline std::string created_name(std::string_view name, const render_options& options) {
    std::string result = options.if_not_exists ? "IF NOT EXISTS " : "";
    if (!options.schema_name.empty()) result += identifier(options.schema_name) + ".";
    return result + identifier(name);
}

inline std::string table_key(const table_writing& w) {
    const auto parts = w.schema.parts_of(w.table.key);
    std::string result = constraint_prefix(w.table.key.name) + "PRIMARY KEY " + key_parts(parts);
    for (const model::column& c : w.schema.columns_of(w.table)) {
        const bool counts = c.identity == model::identity_kind::autoincrement && parts.size() == 1;
        if (counts && parts.front().text == c.name) result.insert(result.size() - 1, " AUTOINCREMENT");
    }
    return result + on_conflict(w.table.key.on_conflict);
}

/// The lines between the parentheses.
inline std::vector<std::string> table_lines(const table_writing& w) {
    const model::schema& s = w.schema;
    const placement where(s, w.table);
    std::vector<std::string> lines;
    for (const model::column& c : s.columns_of(w.table)) lines.push_back(column_definition(w, where, c));
    if (w.table.key.present() && where.key_column == no_column) lines.push_back(table_key(w));
    for (const model::unique_constraint& u : s.uniques_of(w.table).subspan(where.uniques)) {
        lines.push_back(table_unique(s, u));
    }
    for (const model::check_constraint& c : s.checks_of(w.table)) {
        if (!is_at_column(s, w.table, c)) lines.push_back(check(w, c));
    }
    for (const model::foreign_key& f : s.foreign_keys_of(w.table).subspan(where.foreign_keys)) {
        lines.push_back(table_foreign_key(s, f));
    }
    return lines;
}

inline std::string table_options(const model::table& t) {
    if (t.without_rowid) return t.strict ? " WITHOUT ROWID, STRICT" : " WITHOUT ROWID";
    return t.strict ? " STRICT" : "";
}

} // namespace detail

AUTOPACK_SCHEMA_FUNCTION std::string create_table(const model::schema& s, const model::table& t, const render_options& options) {
    const std::string_view name = options.table_name.empty() ? t.name.text : options.table_name;
    if (t.kind == model::table_kind::virtual_) {
        return "CREATE VIRTUAL TABLE " + detail::created_name(name, options) + " USING " +
               detail::closed_text(t.module, false);
    }
    const std::string_view indent = options.one_line ? "" : "\n  ";
    std::string result = "CREATE TABLE " + detail::created_name(name, options) + " (";
    std::string_view separator;
    for (const std::string& line : detail::table_lines({s, t, options})) {
        result += separator;
        result += indent;
        result += line;
        separator = options.one_line ? ", " : ",";
    }
    result += options.one_line ? ")" : "\n)";
    return result + detail::table_options(t);
}

} // namespace autopack_schema::sql::sqlite
