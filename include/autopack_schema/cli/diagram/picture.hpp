// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/diagram/paint.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/sql/sqlite/affinity.hpp>
#include <autopack_schema/sql/tokenizer.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::cli::diagram {

/// What a box stands for.
enum class box_kind : std::uint8_t { table, virtual_table, view };

/// One column in a box.
struct row {
    std::string name{};
    std::string type{};
    bool primary_key = false;
    bool foreign_key = false;
    bool unique = false; ///< alone, by a constraint or an index
    bool not_null = false;
    paint colour = paint::none;
    std::string note{}; ///< what is the matter with it
};

/// One table or view.
struct box {
    std::string name{};
    box_kind kind = box_kind::table;
    std::vector<row> rows{};
    paint colour = paint::none; ///< the worst of the table and its rows
    std::string note{};         ///< what is the matter with the table itself
};

/// A line between two boxes.
struct relation {
    std::size_t child = 0;  ///< position of the box that refers
    std::size_t parent = 0; ///< position of the box that is referred to
    std::vector<std::string> child_columns{};
    std::vector<std::string> parent_columns{};
    std::string label{};   ///< "run_id, ON DELETE CASCADE"
    bool optional = false; ///< the child may refer to nothing
    bool one = false;      ///< at most one child per parent
    bool reads = false;    ///< a view reads a table
};

/// What a diagram shows, whatever it is drawn with.
struct picture {
    std::string title{};
    std::vector<box> boxes{};
    std::vector<relation> relations{};
    bool coloured = false; ///< there was something to compare with
};

namespace detail {

inline std::vector<std::string> texts_of(model::items<model::name> names) {
    std::vector<std::string> texts;
    for (const model::name& n : names) texts.emplace_back(n.text);
    return texts;
}

inline bool is_only_part(model::items<model::key_part> parts, const model::name& column) {
    return parts.size() == 1 && !parts[0].is_expression && parts[0].text == column;
}

inline bool is_unique_alone(const model::schema& s, const model::table& t, const model::name& column) {
    for (const model::unique_constraint& u : s.uniques_of(t)) {
        if (is_only_part(s.parts_of(u), column)) return true;
    }
    for (const model::index& i : s.indexes_of(t)) {
        if (i.unique && i.where.empty() && is_only_part(s.parts_of(i), column)) return true;
    }
    return is_only_part(s.parts_of(t.key), column);
}

inline bool is_foreign_key(const model::schema& s, const model::table& t, const model::name& column) {
    for (const model::foreign_key& f : s.foreign_keys_of(t)) {
        for (const model::name& n : s.names_of(f.columns)) {
            if (n == column) return true;
        }
    }
    return false;
}

inline row make_row(const model::schema& s, const model::table& t, const model::column& c) {
    row r;
    r.name = c.name.text;
    r.type = c.type.declared.empty() ? std::string(sql::sqlite::declared_type(c.type, t.strict))
                                     : std::string(c.type.declared);
    r.primary_key = model::in_primary_key(s, t, c.name);
    r.foreign_key = is_foreign_key(s, t, c.name);
    r.unique = !r.primary_key && is_unique_alone(s, t, c.name);
    r.not_null = !c.nullable;
    return r;
}

inline box make_box(const model::schema& s, const model::table& t) {
    box b;
    b.name = t.name.text;
    b.kind = t.kind == model::table_kind::virtual_ ? box_kind::virtual_table : box_kind::table;
    for (const model::column& c : s.columns_of(t)) b.rows.push_back(make_row(s, t, c));
    return b;
}

inline const box* find_box(const picture& p, const model::name& name) {
    for (const box& b : p.boxes) {
        if (model::name(b.name) == name) return &b;
    }
    return nullptr;
}

inline std::string_view action_text(model::fk_action action) {
    constexpr std::string_view words[] = {"", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"};
    return words[static_cast<std::size_t>(action)];
}

inline std::string label_of(const relation& r, const model::foreign_key& f) {
    std::string label;
    for (const std::string& c : r.child_columns) label += (label.empty() ? "" : ", ") + c;
    if (f.on_delete != model::fk_action::no_action) label += ", ON DELETE " + std::string(action_text(f.on_delete));
    if (f.on_update != model::fk_action::no_action) label += ", ON UPDATE " + std::string(action_text(f.on_update));
    return label;
}

inline bool may_be_null(const box& b, std::span<const std::string> columns) {
    for (const row& r : b.rows) {
        for (const std::string& c : columns) {
            if (model::same_name(r.name, c) && !r.not_null && !r.primary_key) return true;
        }
    }
    return false;
}

inline void add_foreign_keys(picture& p, const model::schema& s, const model::table& t) {
    const box* const child = find_box(p, t.name);
    for (const model::foreign_key& f : s.foreign_keys_of(t)) {
        const box* const parent = find_box(p, f.parent);
        if (child == nullptr || parent == nullptr) continue;
        relation r;
        r.child = static_cast<std::size_t>(child - p.boxes.data());
        r.parent = static_cast<std::size_t>(parent - p.boxes.data());
        r.child_columns = texts_of(s.names_of(f.columns));
        r.parent_columns = texts_of(s.names_of(f.parent_columns));
        r.label = label_of(r, f);
        r.optional = may_be_null(*child, r.child_columns);
        r.one = r.child_columns.size() == 1 && is_unique_alone(s, t, s.names_of(f.columns)[0]);
        p.relations.push_back(std::move(r));
    }
}

/// Lines from a view to the tables and views whose names occur in it.
inline void add_reads(picture& p, const model::view& v) {
    const std::size_t self = static_cast<std::size_t>(find_box(p, v.name) - p.boxes.data());
    std::vector<bool> seen(p.boxes.size(), false);
    for (const sql::token& t : sql::tokenize(v.definition)) {
        if (!t.is_name()) continue;
        for (std::size_t i = 0; i < p.boxes.size(); ++i) {
            if (i == self || seen[i] || !model::same_name(sql::unquote(t.text), p.boxes[i].name)) continue;
            seen[i] = true;
            relation r;
            r.child = self;
            r.parent = i;
            r.reads = true;
            p.relations.push_back(std::move(r));
        }
    }
}

} // namespace detail

/// Puts a schema into boxes and lines.
inline picture draw(const model::schema& s) {
    picture p;
    p.title = s.name;
    if (!s.version.empty()) p.title += " " + std::string(s.version);
    for (const model::table& t : s.tables) p.boxes.push_back(detail::make_box(s, t));
    for (const model::view& v : s.views) {
        box b;
        b.name = v.name.text;
        b.kind = box_kind::view;
        p.boxes.push_back(std::move(b));
    }
    for (const model::table& t : s.tables) detail::add_foreign_keys(p, s, t);
    for (const model::view& v : s.views) detail::add_reads(p, v);
    return p;
}

} // namespace autopack_schema::cli::diagram
