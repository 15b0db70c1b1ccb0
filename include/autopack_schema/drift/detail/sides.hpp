// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/change.hpp>
#include <autopack_schema/drift/detail/describe.hpp>
#include <autopack_schema/drift/options.hpp>

#include <cstdint>
#include <string>

namespace autopack_schema::drift::detail {

/// One side of a change: its schema, its table, the element.
struct side {
    const model::schema& schema;
    const drift::dialect& sql;
    const model::table* table; ///< nullptr: not there, or a view's
    element what;
    std::uint32_t at; ///< `no_element`: nothing is there
};

inline std::string rowid_text(const side& s) {
    const model::column& c = s.schema.columns[s.at];
    const std::string type = type_text(s.sql, c, s.table->strict);
    if (s.sql.rules.rowid_alias({s.schema, *s.table}, c)) return type + " PRIMARY KEY, the row number";
    const bool inline_desc = s.table->key.inline_descending && model::in_primary_key(s.schema, *s.table, c.name);
    return type + (inline_desc ? " PRIMARY KEY DESC, not the row number" : ", not the row number");
}

inline std::string null_text(const side& s) {
    const model::column& c = s.schema.columns[s.at];
    return s.sql.rules.not_null({s.schema, *s.table}, c) ? "NOT NULL" : "NULL allowed";
}

/// One aspect of a column, or all of it.
inline std::string column_side(const side& s, change_kind kind) {
    using enum change_kind;
    const model::column& c = s.schema.columns[s.at];
    switch (kind) {
    case rename_column:
    case column_name_case: return std::string(c.name.text);
    case column_type:
    case column_type_spelling: return type_text(s.sql, c, s.table->strict);
    case column_rowid_alias: return rowid_text(s);
    case column_not_null: return null_text(s);
    case column_default: return default_text(c.default_to);
    case column_autoincrement: return c.identity == model::identity_kind::none ? "no AUTOINCREMENT" : "AUTOINCREMENT";
    case column_collation: return "COLLATE " + std::string(c.collation.empty() ? s.sql.rules.default_collation : c.collation);
    case column_generated_kind: return std::string(generated_text(c.generated));
    case column_generated_expression: return "AS (" + std::string(c.generated_as) + ")";
    case constraint_on_conflict: return "NOT NULL " + std::string(conflict_text(c.on_null));
    default: return column_text(s.sql, c, s.table->strict);
    }
}

inline std::string table_side(const side& s, change_kind kind) {
    using enum change_kind;
    const model::table& t = s.schema.tables[s.at];
    switch (kind) {
    case rename_table:
    case table_name_case: return std::string(t.name.text);
    case table_without_rowid: return t.without_rowid ? "WITHOUT ROWID" : "with a rowid";
    case table_strict: return t.strict ? "STRICT" : "not STRICT";
    default: return table_text(s.schema, t);
    }
}

inline std::string foreign_key_side(const side& s, change_kind kind) {
    using enum change_kind;
    const model::foreign_key& f = s.schema.foreign_keys[s.at];
    switch (kind) {
    case foreign_key_on_delete: return "ON DELETE " + std::string(action_text(f.on_delete));
    case foreign_key_on_update: return "ON UPDATE " + std::string(action_text(f.on_update));
    case foreign_key_deferrable: return std::string(deferral_text(f.defer));
    case foreign_key_name: return f.name.empty() ? "no name" : "CONSTRAINT " + std::string(f.name.text);
    default: return foreign_key_text(s.schema, f);
    }
}

inline std::string unique_side(const side& s, change_kind kind) {
    const model::unique_constraint& u = s.schema.uniques[s.at];
    if (kind == change_kind::unique_name) return u.name.empty() ? "no name" : "CONSTRAINT " + std::string(u.name.text);
    std::string text = "UNIQUE " + parts_text(s.schema.parts_of(u));
    if (kind == change_kind::constraint_on_conflict) text += ' ' + std::string(conflict_text(u.on_conflict));
    return text;
}

inline std::string key_side(const side& s, change_kind kind) {
    const model::primary_key& key = s.schema.tables[s.at].key;
    if (!key.present()) return {};
    std::string text = "PRIMARY KEY " + parts_text(s.schema.parts_of(key));
    if (kind == change_kind::constraint_on_conflict) text += ' ' + std::string(conflict_text(key.on_conflict));
    return text;
}

inline std::string check_side(const side& s, change_kind kind) {
    const model::check_constraint& c = s.schema.checks[s.at];
    if (kind == change_kind::check_name) return c.name.empty() ? "no name" : "CONSTRAINT " + std::string(c.name.text);
    return "CHECK (" + std::string(c.expression) + ")";
}

inline std::string index_side(const side& s, change_kind kind) {
    const model::index& i = s.schema.indexes[s.at];
    return kind == change_kind::index_name ? std::string(i.name.text) : index_text(s.schema, i);
}

/// What a report shows of one side; empty where nothing is there.
inline std::string side_text(const side& s, change_kind kind) {
    if (kind == change_kind::column_order) return column_order_text(s.schema, *s.table);
    if (s.at == no_element) return {};
    switch (s.what) {
    case element::none: return {};
    case element::table: return table_side(s, kind);
    case element::column: return column_side(s, kind);
    case element::primary_key: return key_side(s, kind);
    case element::unique: return unique_side(s, kind);
    case element::check: return check_side(s, kind);
    case element::foreign_key: return foreign_key_side(s, kind);
    case element::index: return index_side(s, kind);
    case element::view: return view_text(s.schema, s.schema.views[s.at]);
    case element::trigger: return std::string(s.schema.triggers[s.at].definition);
    }
    return {};
}

} // namespace autopack_schema::drift::detail
