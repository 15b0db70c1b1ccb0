// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/items.hpp>
#include <autopack_schema/sql/sqlite/detail/constraint_parser.hpp>
#include <autopack_schema/sql/sqlite/detail/parsed.hpp>
#include <autopack_schema/sql/sqlite/detail/trigger_parts.hpp>
#include <autopack_schema/sql/sqlite/module_text.hpp>

#include <cstddef>
#include <string_view>

// Indexes, views, triggers and virtual tables, each from its name on.
namespace autopack_schema::sql::sqlite::detail {

/// Finds the semicolon that ends a statement, or the end of the text.
inline std::size_t end_of_statement(ddl_cursor& cursor) {
    while (!cursor.at_end() && !cursor.peek().is(";")) cursor.take();
    return cursor.position();
}

/// Reads an index up to the semicolon behind it.
inline parsed_index read_index(ddl_cursor& cursor, std::string_view name, bool unique) {
    parsed_index i;
    i.index.name = name;
    i.index.unique = unique;
    cursor.expect_word("ON");
    i.table = cursor.name("a table");
    i.parts = read_key_parts(cursor);
    if (!cursor.accept_word("WHERE")) return i;
    part_range predicate{cursor.tokens(), cursor.position(), end_of_statement(cursor)};
    while (predicate.is_parenthesised()) {
        ++predicate.first;
        --predicate.end;
    }
    if (predicate.size() == 0) cursor.fail("expected an expression");
    i.index.where = cursor.keep_slice(predicate.first, predicate.end);
    return i;
}

/// Reads a view up to the semicolon behind it.
inline parsed_view read_view(ddl_cursor& cursor, std::string_view name) {
    parsed_view v;
    v.view.name = name;
    if (cursor.peek().is("(")) v.columns = read_names(cursor);
    cursor.expect_word("AS");
    const std::size_t first = cursor.position();
    const std::size_t end = end_of_statement(cursor);
    if (first == end) cursor.fail("expected SELECT");
    v.view.definition = cursor.keep_slice(first, end);
    return v;
}

/// Finds the END of a trigger's body: the one behind a semicolon, which no CASE has.
inline std::size_t end_of_trigger(ddl_cursor& cursor) {
    while (!cursor.at_end() && !cursor.peek().is_word("BEGIN") && !cursor.peek().is(";")) cursor.take();
    cursor.expect_word("BEGIN");
    for (; !cursor.at_end(); cursor.take()) {
        if (!cursor.peek().is(";") || !cursor.peek(1).is_word("END")) continue;
        cursor.take();
        cursor.take();
        return cursor.position();
    }
    cursor.fail("expected END");
}

inline model::trigger read_trigger(ddl_cursor& cursor, std::string_view name) {
    model::trigger t;
    t.name = name;
    const std::size_t first = cursor.position();
    const std::size_t end = end_of_trigger(cursor);
    const auto tokens = model::items<token>(cursor.tokens()).subspan(first, end - first);
    const trigger_parts parts = parts_of_trigger(tokens);
    if (!parts.understood) {
        cursor.move_to(first);
        cursor.fail("expected [BEFORE | AFTER | INSTEAD OF] DELETE, INSERT or UPDATE, ON and a table, BEGIN … END");
    }
    t.table = cursor.keep(unquote(parts.table.text));
    t.definition = cursor.keep_slice(first, end);
    return t;
}

/// Adds the columns that a full-text or R-tree module makes of its arguments.
inline void add_module_columns(ddl_cursor& cursor, parsed_table& t, const module_text& m) {
    const bool is_tree = m.family == module_family::rtree;
    const bool is_text_index = m.family == module_family::fts3 || m.family == module_family::fts5;
    if (!is_tree && !is_text_index) return;
    for (const module_argument& a : m.arguments) {
        if (a.option) continue;
        model::column c;
        c.name = cursor.keep(unquote(a.name));
        if (is_tree && !a.auxiliary) {
            const bool is_integer = t.columns.empty() || model::same_name(m.name, "rtree_i32");
            c.type = {.kind = is_integer ? model::type_kind::integer : model::type_kind::real,
                      .declared = is_integer ? "INT" : "REAL"};
        }
        t.columns.push_back(c);
    }
    if (m.family != module_family::fts3 || !t.columns.empty()) return;
    model::column c;
    c.name = "content"; // what FTS3 calls the only column that nobody named
    t.columns.push_back(c);
}

/// Reads a virtual table up to its end; the columns of FTS and R-tree tables are known from their arguments.
inline parsed_table read_virtual_table(ddl_cursor& cursor, std::string_view name) {
    parsed_table t;
    t.table.name = name;
    t.table.kind = model::table_kind::virtual_;
    cursor.expect_word("USING");
    const std::size_t first = cursor.position();
    cursor.name("a module");
    if (cursor.accept("(")) cursor.skip_parentheses();
    t.table.module = cursor.keep_slice(first, cursor.position());
    add_module_columns(cursor, t, read_module(t.table.module));
    return t;
}

} // namespace autopack_schema::sql::sqlite::detail
