// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/sql/sqlite/affinity.hpp>
#include <autopack_schema/sql/sqlite/detail/constraint_writer.hpp>
#include <autopack_schema/sql/sqlite/detail/placement.hpp>
#include <autopack_schema/sql/sqlite/render_column.hpp>
#include <autopack_schema/sql/sqlite/render_options.hpp>

#include <string_view>

namespace autopack_schema::sql::sqlite {

namespace detail {

inline bool is_current_word(std::string_view text) {
    return model::same_name(text, "CURRENT_TIMESTAMP") || model::same_name(text, "CURRENT_DATE") ||
           model::same_name(text, "CURRENT_TIME");
}

inline std::string default_clause(const table_writing& w, const model::default_value& value) {
    if (!value.present()) return "";
    const bool has_nul = value.kind == model::default_kind::text && value.text.find('\0') != std::string_view::npos;
    if (has_nul) return " DEFAULT (" + literal(value) + ")";
    if (value.kind != model::default_kind::expression || is_current_word(value.text)) {
        return " DEFAULT " + literal(value);
    }
    return " DEFAULT " + w.parenthesised(value.text);
}

inline std::string column_key(const model::table& t, const model::column& c) {
    std::string result = " " + constraint_prefix(t.key.name) + "PRIMARY KEY";
    if (t.key.inline_descending) result += " DESC";
    result += on_conflict(t.key.on_conflict);
    if (c.identity == model::identity_kind::autoincrement) result += " AUTOINCREMENT";
    return result;
}

/// The checks of a column; those without a name go first, for SQLite gives one the name that stands before it.
inline std::string column_checks(const table_writing& w, const model::column& c, bool named) {
    std::string result;
    for (const model::check_constraint& one : w.schema.checks_of(w.table)) {
        if (one.column == c.name && !one.column.empty() && one.name.empty() != named) result += " " + check(w, one);
    }
    return result;
}

inline std::string column_uniques(const table_writing& w, const placement& where, const model::column& c) {
    std::string result;
    for (const model::unique_constraint& u : w.schema.uniques_of(w.table).first(where.uniques)) {
        if (w.schema.parts_of(u).front().text == c.name) result += " UNIQUE" + on_conflict(u.on_conflict);
    }
    return result;
}

inline std::string column_references(const table_writing& w, const placement& where, const model::column& c) {
    std::string result;
    for (const model::foreign_key& f : w.schema.foreign_keys_of(w.table).first(where.foreign_keys)) {
        if (w.schema.names_of(f.columns).front() == c.name) result += " " + references(w.schema, f);
    }
    return result;
}

inline std::string column_definition(const table_writing& w, const placement& where, const model::column& c) {
    std::string result = identifier(c.name);
    const std::string_view type = declared_type(c.type, w.table.strict);
    if (!type.empty()) result += " " + closed_text(type, false);
    if (!c.nullable) result += " NOT NULL" + on_conflict(c.on_null);
    result += default_clause(w, c.default_to);
    if (!c.collation.empty()) result += " COLLATE " + identifier(c.collation);
    if (c.generated != model::generated_kind::none) {
        result += " GENERATED ALWAYS AS " + w.parenthesised(c.generated_as);
        result += c.generated == model::generated_kind::stored ? " STORED" : " VIRTUAL";
    }
    result += column_checks(w, c, false) + column_uniques(w, where, c) + column_references(w, where, c);
    const bool is_key = where.key_column != no_column && w.schema.columns_of(w.table)[where.key_column].name == c.name;
    if (is_key) result += column_key(w.table, c);
    return result + column_checks(w, c, true);
}

} // namespace detail

AUTOPACK_SCHEMA_FUNCTION std::string column_definition(const model::schema& s, const model::table& t, const model::column& c) {
    const render_options options;
    return detail::column_definition({s, t, options}, detail::placement(s, t), c);
}

} // namespace autopack_schema::sql::sqlite
