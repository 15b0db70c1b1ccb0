// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/options.hpp>
#include <autopack_schema/model/schema.hpp>

#include <array>
#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>

// Pieces of a schema as a report shows them: close to SQL, never executed.

namespace autopack_schema::drift::detail {

inline std::string number_text(double value) {
    std::array<char, 40> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    return std::string(digits.data(), end);
}

inline std::string literal_text(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        out += c;
        if (c == '\'') out += c;
    }
    return out + "'";
}

inline std::string default_text(const model::default_value& d) {
    using enum model::default_kind;
    switch (d.kind) {
    case none: return "no default";
    case null: return "DEFAULT NULL";
    case integer: return "DEFAULT " + std::to_string(d.integer);
    case real: return "DEFAULT " + number_text(d.real);
    case text: return "DEFAULT " + literal_text(d.text);
    case blob: return "DEFAULT x'" + std::string(d.text) + "'";
    case expression: return "DEFAULT (" + std::string(d.text) + ")";
    }
    return "no default";
}

inline std::string type_text(const dialect& sql, const model::column& c, bool strict) {
    const std::string_view name = c.type.declared.empty() ? sql.type_name(c.type, strict) : c.type.declared;
    return name.empty() ? "no type" : std::string(name);
}

inline std::string_view conflict_text(model::conflict c) {
    constexpr std::array<std::string_view, 6> names{"ON CONFLICT ABORT",  "ON CONFLICT ROLLBACK", "ON CONFLICT ABORT",
                                                    "ON CONFLICT FAIL",   "ON CONFLICT IGNORE",   "ON CONFLICT REPLACE"};
    return names[static_cast<std::size_t>(c)];
}

inline std::string_view action_text(model::fk_action action) {
    constexpr std::array<std::string_view, 5> names{"NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"};
    return names[static_cast<std::size_t>(action)];
}

inline std::string_view generated_text(model::generated_kind kind) {
    constexpr std::array<std::string_view, 3> names{"not generated", "VIRTUAL", "STORED"};
    return names[static_cast<std::size_t>(kind)];
}

inline std::string_view deferral_text(model::deferral d) {
    constexpr std::array<std::string_view, 3> names{"NOT DEFERRABLE", "DEFERRABLE INITIALLY IMMEDIATE",
                                                    "DEFERRABLE INITIALLY DEFERRED"};
    return names[static_cast<std::size_t>(d)];
}

inline std::string column_text(const dialect& sql, const model::column& c, bool strict) {
    std::string text = type_text(sql, c, strict);
    if (!c.nullable) text += " NOT NULL";
    if (c.default_to.present()) text += ' ' + default_text(c.default_to);
    if (!c.collation.empty()) text += " COLLATE " + std::string(c.collation);
    if (c.generated != model::generated_kind::none) {
        text += " AS (" + std::string(c.generated_as) + ") " + std::string(generated_text(c.generated));
    }
    return text;
}

inline std::string part_text(const model::key_part& p) {
    std::string text(p.text.text);
    if (!p.collation.empty()) text += " COLLATE " + std::string(p.collation);
    if (p.descending) text += " DESC";
    return text;
}

inline std::string parts_text(model::items<model::key_part> parts) {
    std::string text = "(";
    for (const model::key_part& p : parts) {
        if (text.size() > 1) text += ", ";
        text += part_text(p);
    }
    return text + ")";
}

inline std::string names_text(model::items<model::name> names) {
    std::string text = "(";
    for (const model::name& n : names) {
        if (text.size() > 1) text += ", ";
        text += n.text;
    }
    return text + ")";
}

inline std::string index_text(const model::schema& s, const model::index& i) {
    std::string text = i.unique ? "UNIQUE INDEX " : "INDEX ";
    text += parts_text(s.parts_of(i));
    if (!i.where.empty()) text += " WHERE " + std::string(i.where);
    return text;
}

inline std::string foreign_key_text(const model::schema& s, const model::foreign_key& f) {
    std::string text = "FOREIGN KEY " + names_text(s.names_of(f.columns)) + " REFERENCES " + std::string(f.parent.text);
    if (f.parent_columns.count != 0) text += names_text(s.names_of(f.parent_columns));
    if (f.on_delete != model::fk_action::no_action) text += " ON DELETE " + std::string(action_text(f.on_delete));
    if (f.on_update != model::fk_action::no_action) text += " ON UPDATE " + std::string(action_text(f.on_update));
    if (f.defer == model::deferral::deferred) text += " DEFERRABLE INITIALLY DEFERRED";
    return text;
}

inline std::string table_text(const model::schema& s, const model::table& t) {
    if (t.kind == model::table_kind::virtual_) return "VIRTUAL TABLE USING " + std::string(t.module);
    std::string text = "TABLE (";
    bool first = true;
    for (const model::column& c : s.columns_of(t)) {
        if (!first) text += ", ";
        text += c.name.text;
        first = false;
    }
    return text + ")";
}

inline std::string view_text(const model::schema& s, const model::view& v) {
    std::string text = v.columns.count != 0 ? names_text(s.names_of(v.columns)) + " AS " : "";
    return text + std::string(v.definition);
}

inline std::string column_order_text(const model::schema& s, const model::table& t) {
    std::string text;
    for (const model::column& c : s.columns_of(t)) {
        if (!text.empty()) text += ", ";
        text += c.name.text;
    }
    return text;
}

} // namespace autopack_schema::drift::detail
