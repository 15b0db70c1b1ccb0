// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/sqlite/detail/create_parser.hpp>

#include <string_view>

// ALTER TABLE and DROP in a text of statements, where nothing but names has to change.
namespace autopack_schema::sql::sqlite::detail {

/// Tells whether a text has a name in it; what it means there is not asked.
inline bool mentions(std::string_view text, std::string_view name) {
    for (const token& t : tokenize(text)) {
        if ((t.is_name() || t.kind == token_kind::string) && same_identifier(t.text, name)) return true;
    }
    return false;
}

inline bool any_text_mentions(const parsed_schema& s, std::string_view name) {
    for (const parsed_view& v : s.views) {
        if (mentions(v.view.definition, name)) return true;
    }
    for (const model::trigger& t : s.triggers) {
        if (mentions(t.definition, name)) return true;
    }
    for (const parsed_index& i : s.indexes) {
        if (mentions(i.index.where, name)) return true;
        for (const model::key_part& p : i.parts) {
            if (p.is_expression && mentions(p.text, name)) return true;
        }
    }
    for (const parsed_table& t : s.tables) {
        for (const model::column& c : t.columns) {
            if (mentions(c.generated_as, name)) return true;
        }
        for (const model::check_constraint& c : t.checks) {
            if (mentions(c.expression, name)) return true;
        }
    }
    return false;
}

inline parsed_table* find_parsed(parsed_schema& s, std::string_view name) {
    for (parsed_table& t : s.tables) {
        if (t.table.name == model::name(name)) return &t;
    }
    return nullptr;
}

inline void replace(model::name& name, const model::name& from, const model::name& to) {
    if (name == from) name = to;
}

inline void rename_table(parsed_schema& s, parsed_table& t, const model::name& to) {
    const model::name from = t.table.name;
    t.table.name = to;
    t.table.sql = {};
    for (parsed_table& other : s.tables) {
        for (parsed_foreign_key& f : other.foreign_keys) replace(f.key.parent, from, to);
    }
    for (parsed_index& i : s.indexes) replace(i.table, from, to);
}

inline void replace_in(model::vector<model::name>& names, const model::name& from, const model::name& to) {
    for (model::name& n : names) replace(n, from, to);
}

inline void rename_parts(model::vector<model::key_part>& parts, const model::name& from, const model::name& to) {
    for (model::key_part& p : parts) {
        if (!p.is_expression) replace(p.text, from, to);
    }
}

inline void rename_column(parsed_schema& s, parsed_table& t, const model::name& from, const model::name& to) {
    t.table.sql = {};
    for (model::column& c : t.columns) replace(c.name, from, to);
    rename_parts(t.key_parts, from, to);
    for (parsed_unique& u : t.uniques) rename_parts(u.parts, from, to);
    for (parsed_foreign_key& f : t.foreign_keys) replace_in(f.columns, from, to);
    for (parsed_table& other : s.tables) {
        for (parsed_foreign_key& f : other.foreign_keys) {
            if (f.key.parent == t.table.name) replace_in(f.parent_columns, from, to);
        }
    }
    for (parsed_index& i : s.indexes) {
        if (i.table == t.table.name) rename_parts(i.parts, from, to);
    }
}

inline void drop_column(parsed_table& t, const model::name& name) {
    t.table.sql = {};
    t.columns.erase_if([&name](const model::column& c) { return c.name == name; });
    t.checks.erase_if([&name](const model::check_constraint& c) { return c.column == name; });
    t.foreign_keys.erase_if(
        [&name](const parsed_foreign_key& f) { return f.columns.size() == 1 && f.columns.front() == name; });
}

/// Reads a statement behind ALTER; false where it cannot be followed without a database.
inline bool accept_alter(ddl_cursor& cursor, parsed_schema& into) {
    if (!cursor.accept_word("TABLE")) return false;
    const std::string_view table_name = cursor.object_name("a table");
    parsed_table* const t = find_parsed(into, table_name);
    if (t == nullptr) return false;
    if (cursor.accept_words({"RENAME", "TO"})) {
        const std::string_view to = cursor.name("a table");
        if (any_text_mentions(into, table_name)) return false;
        rename_table(into, *t, to);
    } else if (cursor.accept_word("RENAME")) {
        cursor.accept_word("COLUMN");
        const std::string_view from = cursor.name("a column");
        cursor.expect_word("TO");
        const std::string_view to = cursor.name("a column");
        if (any_text_mentions(into, from)) return false;
        rename_column(into, *t, from, to);
    } else if (cursor.accept_word("ADD")) {
        cursor.accept_word("COLUMN");
        read_column(cursor, *t, into.text);
        t->columns.back().type = data_type_of(t->columns.back().type.declared, t->table.strict);
        t->table.sql = {};
    } else if (cursor.accept_word("DROP")) {
        cursor.accept_word("COLUMN");
        drop_column(*t, cursor.name("a column"));
    } else {
        return false;
    }
    return true;
}

/// Reads a statement behind DROP; false where it drops nothing that a schema has.
inline bool accept_drop(ddl_cursor& cursor, parsed_schema& into) {
    const token kind = cursor.take();
    cursor.accept_words({"IF", "EXISTS"});
    if (kind.is_word("TABLE")) {
        const model::name name = cursor.object_name("a table");
        into.tables.erase_if([&name](const parsed_table& t) { return t.table.name == name; });
        into.indexes.erase_if([&name](const parsed_index& i) { return i.table == name; });
        into.triggers.erase_if([&name](const model::trigger& t) { return t.table == name; });
    } else if (kind.is_word("INDEX")) {
        const model::name name = cursor.object_name("an index");
        into.indexes.erase_if([&name](const parsed_index& i) { return i.index.name == name; });
    } else if (kind.is_word("VIEW")) {
        const model::name name = cursor.object_name("a view");
        into.views.erase_if([&name](const parsed_view& v) { return v.view.name == name; });
        into.triggers.erase_if([&name](const model::trigger& t) { return t.table == name; });
    } else if (kind.is_word("TRIGGER")) {
        const model::name name = cursor.object_name("a trigger");
        into.triggers.erase_if([&name](const model::trigger& t) { return t.name == name; });
    } else {
        return false;
    }
    return true;
}

} // namespace autopack_schema::sql::sqlite::detail
