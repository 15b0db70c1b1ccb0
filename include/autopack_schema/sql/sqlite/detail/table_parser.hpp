// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/sql/sqlite/detail/column_parser.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::sql::sqlite::detail {

inline bool begins_table_constraint(const token& t) {
    return t.is_word("CONSTRAINT") || t.is_word("PRIMARY") || t.is_word("UNIQUE") || t.is_word("CHECK") ||
           t.is_word("FOREIGN");
}

/// Reads columns and constraints up to the closing parenthesis; SQLite does not insist on commas between constraints.
inline void read_table_body(ddl_cursor& cursor, parsed_table& t, model::text_arena& kept) {
    cursor.expect("(");
    do {
        if (begins_table_constraint(cursor.peek())) break;
        read_column(cursor, t, kept);
    } while (cursor.accept(","));
    pending_name name;
    while (!cursor.accept(")")) {
        if (cursor.accept(",")) name = {};
        if (!accept_table_constraint(cursor, t, name)) cursor.fail("expected a column, a constraint or \")\"");
    }
}

inline void read_table_options(ddl_cursor& cursor, model::table& t) {
    if (cursor.at_end() || cursor.peek().is(";")) return;
    cursor.accept(","); // SQLite takes one before the first, too
    do {
        if (cursor.accept_words({"WITHOUT", "ROWID"})) {
            t.without_rowid = true;
        } else if (cursor.accept_word("STRICT")) {
            t.strict = true;
        } else {
            cursor.fail("expected WITHOUT ROWID or STRICT");
        }
    } while (cursor.accept(","));
}

/// Reads a table from its name on.
inline parsed_table read_table(ddl_cursor& cursor, std::string_view name, model::text_arena& kept) {
    parsed_table t;
    t.table.name = name;
    read_table_body(cursor, t, kept);
    read_table_options(cursor, t.table);
    for (model::column& c : t.columns) c.type = data_type_of(c.type.declared, t.table.strict);
    return t;
}

} // namespace autopack_schema::sql::sqlite::detail
