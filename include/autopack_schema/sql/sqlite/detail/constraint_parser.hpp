// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/sqlite/detail/ddl_cursor.hpp>
#include <autopack_schema/sql/sqlite/detail/key_part_parser.hpp>
#include <autopack_schema/sql/sqlite/detail/parsed.hpp>

#include <string_view>
#include <utility>

namespace autopack_schema::sql::sqlite::detail {

/// The name that CONSTRAINT gave; a CHECK keeps it even where another constraint stood between them, as SQLite does.
struct pending_name {
    model::name given{};
    bool used = false;

    model::name take() noexcept { return std::exchange(used, true) ? model::name() : given; }
    bool accept(ddl_cursor& cursor) {
        if (!cursor.accept_word("CONSTRAINT")) return false;
        given = cursor.name("the name of a constraint");
        used = false;
        return true;
    }
};

inline model::conflict read_conflict(ddl_cursor& cursor) {
    if (!cursor.accept_words({"ON", "CONFLICT"})) return model::conflict::none;
    if (cursor.accept_word("ROLLBACK")) return model::conflict::rollback;
    if (cursor.accept_word("ABORT")) return model::conflict::abort;
    if (cursor.accept_word("FAIL")) return model::conflict::fail;
    if (cursor.accept_word("IGNORE")) return model::conflict::ignore;
    if (cursor.accept_word("REPLACE")) return model::conflict::replace;
    cursor.fail("expected ROLLBACK, ABORT, FAIL, IGNORE or REPLACE");
}

inline model::fk_action read_action(ddl_cursor& cursor) {
    if (cursor.accept_words({"SET", "NULL"})) return model::fk_action::set_null;
    if (cursor.accept_words({"SET", "DEFAULT"})) return model::fk_action::set_default;
    if (cursor.accept_word("CASCADE")) return model::fk_action::cascade;
    if (cursor.accept_word("RESTRICT")) return model::fk_action::restrict;
    if (cursor.accept_words({"NO", "ACTION"})) return model::fk_action::no_action;
    cursor.fail("expected SET NULL, SET DEFAULT, CASCADE, RESTRICT or NO ACTION");
}

/// Reads [NOT] DEFERRABLE [INITIALLY DEFERRED | INITIALLY IMMEDIATE], if it is there.
inline bool accept_deferral(ddl_cursor& cursor, model::deferral& defer) {
    const bool negated = cursor.accept_words({"NOT", "DEFERRABLE"});
    if (!negated && !cursor.accept_word("DEFERRABLE")) return false;
    const bool deferred = cursor.accept_words({"INITIALLY", "DEFERRED"});
    if (!deferred) cursor.accept_words({"INITIALLY", "IMMEDIATE"});
    if (negated) {
        defer = model::deferral::not_deferrable;
    } else {
        defer = deferred ? model::deferral::deferred : model::deferral::immediate;
    }
    return true;
}

/// Reads what follows REFERENCES.
inline void read_references(ddl_cursor& cursor, parsed_foreign_key& f) {
    f.key.parent = cursor.name("a table");
    if (cursor.peek().is("(")) f.parent_columns = read_names(cursor);
    while (true) {
        if (cursor.accept_words({"ON", "DELETE"})) {
            f.key.on_delete = read_action(cursor);
        } else if (cursor.accept_words({"ON", "UPDATE"})) {
            f.key.on_update = read_action(cursor);
        } else if (cursor.accept_words({"ON", "INSERT"})) {
            read_action(cursor); // accepted and ignored, as SQLite does
        } else if (cursor.accept_word("MATCH")) {
            f.key.match = cursor.name("MATCH type");
        } else if (!accept_deferral(cursor, f.key.defer)) {
            return;
        }
    }
}

inline void add_primary_key(ddl_cursor& cursor, parsed_table& t, model::vector<model::key_part> parts,
                            model::primary_key key) {
    if (!t.key_parts.empty()) cursor.fail("a table can have only one PRIMARY KEY");
    t.key_parts = std::move(parts);
    t.table.key = key;
}

inline void read_table_primary_key(ddl_cursor& cursor, parsed_table& t, pending_name& name) {
    cursor.expect_word("KEY");
    bool autoincrement = false;
    model::vector<model::key_part> parts = read_key_parts(cursor, &autoincrement);
    if (autoincrement) {
        for (model::column& c : t.columns) {
            if (c.name == parts.back().text) c.identity = model::identity_kind::autoincrement;
        }
    }
    const model::conflict on_conflict = read_conflict(cursor);
    add_primary_key(cursor, t, std::move(parts), {.name = name.take(), .on_conflict = on_conflict});
}

inline void read_table_foreign_key(ddl_cursor& cursor, parsed_table& t, pending_name& name) {
    parsed_foreign_key f;
    cursor.expect_word("KEY");
    f.key.name = name.take();
    f.columns = read_names(cursor);
    cursor.expect_word("REFERENCES");
    read_references(cursor, f);
    t.foreign_keys.push_back(std::move(f));
}

/// Reads one constraint of a table; false where there is none.
inline bool accept_table_constraint(ddl_cursor& cursor, parsed_table& t, pending_name& name) {
    if (name.accept(cursor)) return true;
    if (cursor.accept_word("PRIMARY")) {
        read_table_primary_key(cursor, t, name);
    } else if (cursor.accept_word("UNIQUE")) {
        parsed_unique u;
        u.constraint.name = name.take();
        u.parts = read_key_parts(cursor);
        u.constraint.on_conflict = read_conflict(cursor);
        t.uniques.push_back(std::move(u));
    } else if (cursor.accept_word("CHECK")) {
        name.used = true;
        t.checks.push_back({.name = name.given, .expression = cursor.parenthesised()});
        read_conflict(cursor); // accepted and ignored, as SQLite does
    } else if (cursor.accept_word("FOREIGN")) {
        read_table_foreign_key(cursor, t, name);
    } else {
        return false;
    }
    return true;
}

} // namespace autopack_schema::sql::sqlite::detail
