// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/sql/sqlite/detail/object_parser.hpp>
#include <autopack_schema/sql/sqlite/detail/table_parser.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::sql::sqlite::detail {

/// The words of a CREATE statement up to the name.
struct create_head {
    bool temporary = false;
    bool unique = false;
    bool if_not_exists = false;
    std::string_view kind{}; ///< TABLE, VIRTUAL TABLE, INDEX, VIEW or TRIGGER; empty: something else
    std::size_t name_at = 0; ///< the token of the name, behind a schema's name
    std::string_view name{};
};

inline create_head read_create_head(ddl_cursor& cursor) {
    create_head head;
    head.temporary = cursor.accept_word("TEMP") || cursor.accept_word("TEMPORARY");
    head.unique = cursor.accept_word("UNIQUE");
    if (cursor.accept_words({"VIRTUAL", "TABLE"})) {
        head.kind = "VIRTUAL TABLE";
    } else {
        for (const std::string_view kind : {"TABLE", "INDEX", "VIEW", "TRIGGER"}) {
            if (head.kind.empty() && cursor.accept_word(kind)) head.kind = kind;
        }
    }
    if (head.kind.empty()) return head;
    head.if_not_exists = cursor.accept_words({"IF", "NOT", "EXISTS"});
    const std::string_view first = cursor.name("a name");
    head.name = first;
    if (cursor.accept(".")) {
        head.name = cursor.name("a name");
        head.temporary = head.temporary || model::same_name(first, "temp");
    }
    head.name_at = cursor.position() - 1;
    return head;
}

/// The statement as SQLite stores it: no schema, no TEMP, no IF NOT EXISTS, one space.
inline std::string_view stored_text(ddl_cursor& cursor, const create_head& head) {
    std::string text = head.unique ? "CREATE UNIQUE " : "CREATE ";
    text += std::string(head.kind) + " ";
    text += cursor.slice(head.name_at, cursor.position());
    return cursor.keep(text);
}

inline bool has_table(const parsed_schema& into, const model::name& name) {
    for (const parsed_table& t : into.tables) {
        if (t.table.name == name) return true;
    }
    for (const parsed_view& v : into.views) {
        if (v.view.name == name) return true;
    }
    return false;
}

inline bool has_object(const parsed_schema& into, const create_head& head) {
    const model::name name(head.name); // hashed once: a schema can have thousands
    if (head.kind == "INDEX") {
        for (const parsed_index& i : into.indexes) {
            if (i.index.name == name) return true;
        }
        return false;
    }
    if (head.kind == "TRIGGER") {
        for (const model::trigger& t : into.triggers) {
            if (t.name == name) return true;
        }
        return false;
    }
    return has_table(into, name);
}

inline void read_create_table(ddl_cursor& cursor, parsed_schema& into, const create_head& head) {
    if (cursor.peek().is_word("AS")) {
        end_of_statement(cursor);
        into.others.push_back({.kind = "table",
                               .name = head.name,
                               .sql = stored_text(cursor, head),
                               .reason = "the columns of CREATE TABLE … AS SELECT are not known without a database"});
        return;
    }
    parsed_table t =
        head.kind == "TABLE" ? read_table(cursor, head.name, into.text) : read_virtual_table(cursor, head.name);
    t.table.sql = stored_text(cursor, head);
    into.tables.push_back(std::move(t));
}

inline void read_create_object(ddl_cursor& cursor, parsed_schema& into, const create_head& head) {
    if (head.kind == "INDEX") {
        parsed_index i = read_index(cursor, head.name, head.unique);
        i.index.sql = stored_text(cursor, head);
        into.indexes.push_back(std::move(i));
    } else if (head.kind == "VIEW") {
        parsed_view v = read_view(cursor, head.name);
        v.view.sql = stored_text(cursor, head);
        into.views.push_back(std::move(v));
    } else if (head.kind == "TRIGGER") {
        model::trigger t = read_trigger(cursor, head.name);
        t.sql = stored_text(cursor, head);
        into.triggers.push_back(t);
    } else {
        read_create_table(cursor, into, head);
    }
}

/// Reads one statement behind CREATE; false where it creates nothing that a schema has.
/// errors: S235 syntax error, S236 an object of that name is there
inline bool accept_create(ddl_cursor& cursor, parsed_schema& into) {
    const create_head head = read_create_head(cursor);
    if (head.kind.empty() || (head.unique && head.kind != "INDEX")) return false;
    const bool exists = has_object(into, head);
    if (exists && !head.if_not_exists) {
        throw error(
            {.code = "S236",
             .what_happened = "the text creates " + std::string(head.kind) + " " + std::string(head.name) + " twice",
             .advice = "remove one of the statements"});
    }
    if (exists || head.temporary) {
        parsed_schema ignored;
        read_create_object(cursor, ignored, head);
        if (!exists) {
            into.others.push_back({.kind = "statement",
                                   .name = head.name,
                                   .sql = stored_text(cursor, head),
                                   .reason = "temporary objects are no part of a schema"});
        }
        return true;
    }
    read_create_object(cursor, into, head);
    return true;
}

} // namespace autopack_schema::sql::sqlite::detail
