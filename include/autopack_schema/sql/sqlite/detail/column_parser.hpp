// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/sqlite/detail/constraint_parser.hpp>
#include <autopack_schema/sql/sqlite/detail/default_parser.hpp>
#include <autopack_schema/sql/sqlite/types.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::sql::sqlite::detail {

inline bool can_be_type_word(const token& t) {
    if (t.kind == token_kind::quoted_identifier || t.kind == token_kind::string) return true;
    if (t.kind != token_kind::identifier) return false;
    for (const std::string_view allowed :
         {"TRUE", "FALSE", "IF", "CAST", "RAISE", "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP"}) {
        if (t.is_word(allowed)) return true;
    }
    return !is_reserved(t.text);
}

inline void read_type_argument(ddl_cursor& cursor) {
    if (!cursor.accept("+")) cursor.accept("-");
    const token_kind kind = cursor.peek().kind;
    if (kind != token_kind::integer && kind != token_kind::real) cursor.fail("expected a number");
    cursor.take();
}

/// Reads a declared type, as it is written; GENERATED ALWAYS at its end belongs to what follows.
inline std::string_view read_type(ddl_cursor& cursor) {
    const std::size_t first = cursor.position();
    while (can_be_type_word(cursor.peek())) cursor.take();
    std::size_t end = cursor.position();
    if (end > first && cursor.accept("(")) {
        read_type_argument(cursor);
        if (cursor.accept(",")) read_type_argument(cursor);
        cursor.expect(")");
        end = cursor.position();
    }
    const auto& tokens = cursor.tokens();
    if (end - first >= 2 && tokens[end - 1].is_word("ALWAYS") && tokens[end - 2].is_word("GENERATED")) end -= 2;
    return cursor.keep_slice(first, end);
}

/// Reads what follows DEFAULT: an expression in parentheses, or a term with its sign.
inline model::default_value read_column_default(ddl_cursor& cursor, model::text_arena& kept) {
    if (cursor.peek().is("(")) return read_default(cursor.parenthesised(), kept);
    const std::size_t first = cursor.position();
    if (!cursor.accept("-")) cursor.accept("+");
    const token value = cursor.peek();
    const bool is_literal = value.is_name() || value.kind == token_kind::string || value.kind == token_kind::blob ||
                            value.kind == token_kind::integer || value.kind == token_kind::real;
    if (!is_literal) cursor.fail("expected a value");
    cursor.take();
    return read_default(cursor.slice(first, cursor.position()), kept);
}

inline void read_generated(ddl_cursor& cursor, model::column& c) {
    c.generated_as = cursor.parenthesised();
    c.generated = model::generated_kind::virtual_;
    if (cursor.accept_word("STORED")) {
        c.generated = model::generated_kind::stored;
    } else {
        cursor.accept_word("VIRTUAL");
    }
}

inline void read_column_primary_key(ddl_cursor& cursor, parsed_table& t, model::column& c, pending_name& name) {
    cursor.expect_word("KEY");
    model::key_part part{.text = c.name};
    part.descending = cursor.accept_word("DESC");
    if (!part.descending) cursor.accept_word("ASC");
    const model::conflict on_conflict = read_conflict(cursor);
    if (cursor.accept_word("AUTOINCREMENT")) c.identity = model::identity_kind::autoincrement;
    model::vector<model::key_part> parts;
    parts.push_back(part);
    add_primary_key(cursor, t, std::move(parts),
                    {.name = name.take(), .inline_descending = part.descending, .on_conflict = on_conflict});
}

/// Reads a constraint that belongs to the keys and checks of the table.
inline bool accept_key_constraint(ddl_cursor& cursor, parsed_table& t, model::column& c, pending_name& name) {
    if (cursor.accept_word("PRIMARY")) {
        read_column_primary_key(cursor, t, c, name);
    } else if (cursor.accept_word("UNIQUE")) {
        parsed_unique& u = t.uniques.push_back({});
        u.constraint.on_conflict = read_conflict(cursor);
        u.constraint.name = name.take();
        u.parts.push_back({.text = c.name});
    } else if (cursor.accept_word("CHECK")) {
        name.used = true;
        t.checks.push_back({.name = name.given, .expression = cursor.parenthesised(), .column = c.name});
    } else if (cursor.accept_word("REFERENCES")) {
        parsed_foreign_key f;
        f.key.name = name.take();
        f.columns.push_back(c.name);
        read_references(cursor, f);
        t.foreign_keys.push_back(std::move(f));
    } else {
        return false;
    }
    return true;
}

/// Reads one constraint of a column; false where there is none.
inline bool accept_column_constraint(ddl_cursor& cursor, parsed_table& t, model::column& c, pending_name& name,
                                     model::text_arena& kept) {
    if (name.accept(cursor) || accept_key_constraint(cursor, t, c, name)) return true;
    if (cursor.accept_word("DEFAULT")) {
        c.default_to = read_column_default(cursor, kept);
    } else if (cursor.accept_words({"NOT", "NULL"})) {
        c.nullable = false;
        c.on_null = read_conflict(cursor);
    } else if (cursor.accept_word("NULL")) {
        read_conflict(cursor);
    } else if (cursor.accept_word("COLLATE")) {
        c.collation = cursor.name("a collation");
    } else if (cursor.accept_words({"GENERATED", "ALWAYS", "AS"}) || cursor.accept_word("AS")) {
        read_generated(cursor, c);
    } else {
        model::deferral ignored{}; // a second one, or one without a foreign key before it
        return accept_deferral(cursor, t.foreign_keys.empty() ? ignored : t.foreign_keys.back().key.defer);
    }
    return true;
}

/// errors: S236 two columns of one name
inline void refuse_second(const parsed_table& t, const model::name& name) {
    for (const model::column& c : t.columns) {
        if (c.name != name) continue;
        throw error({.code = "S236",
                     .what_happened = "two columns of the table have this name",
                     .table = std::string(t.table.name.text),
                     .column = std::string(name.text),
                     .advice = "rename or remove one of them"});
    }
}

/// Reads the definition of one column.
inline void read_column(ddl_cursor& cursor, parsed_table& t, model::text_arena& kept) {
    model::column c;
    c.name = cursor.name("a column");
    refuse_second(t, c.name);
    c.type.declared = read_type(cursor);
    pending_name name;
    while (accept_column_constraint(cursor, t, c, name, kept)) {
    }
    t.columns.push_back(c);
}

} // namespace autopack_schema::sql::sqlite::detail
