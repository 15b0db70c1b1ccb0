// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/sql/sqlite/detail/alter_parser.hpp>
#include <autopack_schema/sql/sqlite/detail/create_parser.hpp>
#include <autopack_schema/sql/sqlite/detail/parsed.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::sql::sqlite {

namespace detail {

/// Notes a statement that is not understood; those that begin with the same word are counted, not kept, for a dump
/// has as many INSERTs as rows.
inline void add_unread(ddl_cursor& cursor, parsed_schema& into, std::size_t first, std::string_view reason) {
    const token word = cursor.tokens()[first];
    const std::string_view name = word.kind == token_kind::identifier ? cursor.keep(word.text) : std::string_view();
    if (name.empty() || reason.empty()) {
        for (const model::unmodelled& other : into.others) {
            if (other.kind == "statement" && !name.empty() && other.name == model::name(name)) return;
        }
        reason = "only CREATE, ALTER TABLE and DROP statements say something about a schema";
    }
    constexpr std::size_t longest = 400;
    into.others.push_back({.kind = "statement",
                           .name = name,
                           .sql = cursor.keep(cursor.slice(first, cursor.position()).substr(0, longest)),
                           .reason = reason});
}

/// Takes everything up to the semicolon that ends a statement, or the end of the text.
inline void take_statement_end(ddl_cursor& cursor, bool must_be_here) {
    if (must_be_here && !cursor.at_end() && !cursor.peek().is(";")) cursor.fail("expected \";\"");
    end_of_statement(cursor);
}

inline void read_statement(ddl_cursor& cursor, parsed_schema& into) {
    const std::size_t first = cursor.position();
    const token word = cursor.take();
    bool understood = false;
    std::string_view reason;
    if (word.is_word("CREATE")) {
        understood = accept_create(cursor, into);
    } else if (word.is_word("ALTER")) {
        understood = accept_alter(cursor, into);
        reason = "this ALTER TABLE changes texts that only a database can change";
    } else if (word.is_word("DROP")) {
        understood = accept_drop(cursor, into);
    }
    take_statement_end(cursor, understood);
    if (!understood) add_unread(cursor, into, first, reason);
}

} // namespace detail

/// Reads a text of statements: what CREATE TABLE, INDEX, VIEW, TRIGGER and VIRTUAL TABLE say; ALTER TABLE and DROP are
/// followed where that needs no database. Other statements are listed as not understood.
/// shape:  owns its text
/// errors: S235 syntax error with line and column, S236 something is created twice
inline parsed_schema read_statements(std::string_view text) {
    parsed_schema result;
    detail::ddl_cursor cursor(text, result.text);
    while (!cursor.at_end()) {
        if (!cursor.accept(";")) detail::read_statement(cursor, result);
    }
    return result;
}

} // namespace autopack_schema::sql::sqlite
