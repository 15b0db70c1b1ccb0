// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/lock_file/layout.hpp>
#include <autopack_schema/cli/lock_file/text.hpp>
#include <autopack_schema/cli/lock_file/words.hpp>
#include <autopack_schema/model/schema.hpp>

#include <cmath>
#include <string>
#include <string_view>

namespace autopack_schema::cli::lock_file {

/// The version of the file format; a reader refuses a newer one.
inline constexpr int format_version = 1;

namespace detail {

inline void put_text(json& to, const char* key, std::string_view text) {
    if (!text.empty()) to[key] = text_to_json(text);
}

inline void put_flag(json& to, const char* key, bool flag) {
    if (flag) to[key] = true;
}

template <class Enum>
void put_word(json& to, const char* key, Enum value) {
    if (const std::string_view word = word_of(value); !word.empty()) to[key] = std::string(word);
}

inline void put_list(json& to, const char* key, json list) {
    if (!list.empty()) to[key] = std::move(list);
}

inline json default_to_json(const model::default_value& value) {
    switch (value.kind) {
    case model::default_kind::none:
    case model::default_kind::null: break;
    case model::default_kind::integer: return value.integer;
    case model::default_kind::real:
        if (std::isfinite(value.real)) return value.real;
        return json{{"real", value.real > 0 ? "infinity" : "-infinity"}};
    case model::default_kind::text: return text_to_json(value.text);
    case model::default_kind::blob: return json{{"blob", std::string(value.text)}};
    case model::default_kind::expression: return json{{"expression", text_to_json(value.text)}};
    }
    return nullptr;
}

inline json column_to_json(const model::column& c) {
    json out = json::object();
    out["name"] = text_to_json(c.name);
    put_text(out, "type", c.type.declared);
    put_word(out, "kind", c.type.kind);
    if (c.type.bytes != 0) out["bytes"] = c.type.bytes;
    put_flag(out, "not_null", !c.nullable);
    put_word(out, "on_null", c.on_null);
    if (c.default_to.present()) out["default"] = default_to_json(c.default_to);
    put_word(out, "generated", c.generated);
    put_text(out, "as", c.generated_as);
    put_word(out, "identity", c.identity);
    put_text(out, "collation", c.collation);
    put_text(out, "renamed_from", c.renamed_from);
    return out;
}

/// A column that says nothing else is its name.
inline json part_to_json(const model::key_part& p) {
    const bool plain = !p.is_expression && !p.descending && p.nulls == model::nulls_order::unspecified &&
                       p.collation.empty() && p.operator_class.empty();
    json text = text_to_json(p.text);
    if (plain && text.is_string()) return text;
    json out = json::object();
    out[p.is_expression ? "expression" : "column"] = std::move(text);
    put_flag(out, "descending", p.descending);
    put_word(out, "nulls", p.nulls);
    put_text(out, "collation", p.collation);
    put_text(out, "operator_class", p.operator_class);
    return out;
}

inline json parts_to_json(model::items<model::key_part> parts) {
    json out = json::array();
    for (const model::key_part& p : parts) out.push_back(part_to_json(p));
    return out;
}

inline json names_to_json(model::items<model::name> names) {
    json out = json::array();
    for (const model::name& n : names) out.push_back(text_to_json(n));
    return out;
}

inline json key_to_json(const model::schema& s, const model::primary_key& k) {
    json out = json::object();
    put_text(out, "name", k.name);
    out["columns"] = parts_to_json(s.parts_of(k));
    put_flag(out, "inline_descending", k.inline_descending);
    put_word(out, "on_conflict", k.on_conflict);
    return out;
}

inline json unique_to_json(const model::schema& s, const model::unique_constraint& u) {
    json out = json::object();
    put_text(out, "name", u.name);
    out["columns"] = parts_to_json(s.parts_of(u));
    put_word(out, "on_conflict", u.on_conflict);
    put_flag(out, "nulls_not_distinct", u.nulls_not_distinct);
    return out;
}

inline json check_to_json(const model::schema&, const model::check_constraint& c) {
    json out = json::object();
    put_text(out, "name", c.name);
    put_text(out, "column", c.column);
    out["expression"] = text_to_json(c.expression);
    return out;
}

inline json foreign_key_to_json(const model::schema& s, const model::foreign_key& f) {
    json out = json::object();
    put_text(out, "name", f.name);
    out["columns"] = names_to_json(s.names_of(f.columns));
    out["parent"] = text_to_json(f.parent);
    put_list(out, "parent_columns", names_to_json(s.names_of(f.parent_columns)));
    put_word(out, "on_delete", f.on_delete);
    put_word(out, "on_update", f.on_update);
    put_word(out, "deferrable", f.defer);
    put_text(out, "match", f.match);
    return out;
}

inline json index_to_json(const model::schema& s, const model::index& i) {
    json out = json::object();
    out["name"] = text_to_json(i.name);
    put_flag(out, "unique", i.unique);
    out["columns"] = parts_to_json(s.parts_of(i));
    put_text(out, "where", i.where);
    put_text(out, "method", i.method);
    put_text(out, "sql", i.sql);
    return out;
}

template <class T>
json list_to_json(const model::schema& s, model::items<T> items, json (*write)(const model::schema&, const T&)) {
    json out = json::array();
    for (const T& item : items) out.push_back(write(s, item));
    return out;
}

inline json table_to_json(const model::schema& s, const model::table& t) {
    json out = json::object();
    out["name"] = text_to_json(t.name);
    put_text(out, "renamed_from", t.renamed_from);
    if (t.kind == model::table_kind::virtual_) out["virtual"] = text_to_json(t.module);
    put_flag(out, "without_rowid", t.without_rowid);
    put_flag(out, "strict", t.strict);
    out["columns"] = json::array();
    for (const model::column& c : s.columns_of(t)) out["columns"].push_back(column_to_json(c));
    if (t.key.present()) out["primary_key"] = key_to_json(s, t.key);
    put_list(out, "uniques", list_to_json(s, s.uniques_of(t), unique_to_json));
    put_list(out, "checks", list_to_json(s, s.checks_of(t), check_to_json));
    put_list(out, "foreign_keys", list_to_json(s, s.foreign_keys_of(t), foreign_key_to_json));
    put_list(out, "indexes", list_to_json(s, s.indexes_of(t), index_to_json));
    put_text(out, "sql", t.sql);
    return out;
}

inline json view_to_json(const model::schema& s, const model::view& v) {
    json out = json::object();
    out["name"] = text_to_json(v.name);
    put_flag(out, "materialized", v.materialized);
    put_list(out, "columns", names_to_json(s.names_of(v.columns)));
    out["definition"] = text_to_json(v.definition);
    put_text(out, "sql", v.sql);
    return out;
}

inline json trigger_to_json(const model::schema&, const model::trigger& t) {
    json out = json::object();
    out["name"] = text_to_json(t.name);
    out["table"] = text_to_json(t.table);
    out["definition"] = text_to_json(t.definition);
    put_text(out, "sql", t.sql);
    return out;
}

inline json other_to_json(const model::schema&, const model::unmodelled& o) {
    json out = json::object();
    put_text(out, "kind", o.kind);
    out["name"] = text_to_json(o.name);
    put_text(out, "reason", o.reason);
    put_text(out, "sql", o.sql);
    return out;
}

} // namespace detail

/// A schema as JSON: all that the model says, what says nothing left out.
inline json to_json(const model::schema& s) {
    json out = json::object();
    out["format"] = "autopack_schema lock file";
    out["format_version"] = format_version;
    out["schema"] = text_to_json(s.name);
    detail::put_text(out, "version", s.version);
    out["tables"] = detail::list_to_json(s, s.tables, detail::table_to_json);
    detail::put_list(out, "views", detail::list_to_json(s, s.views, detail::view_to_json));
    detail::put_list(out, "triggers", detail::list_to_json(s, s.triggers, detail::trigger_to_json));
    detail::put_list(out, "others", detail::list_to_json(s, s.others, detail::other_to_json));
    return out;
}

/// The text of a schema's lock file: stable order, one line per column, key and index.
inline std::string write(const model::schema& s) { return lay_out(to_json(s)); }

} // namespace autopack_schema::cli::lock_file
