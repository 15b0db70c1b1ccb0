// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/snapshot.hpp>
#include <autopack_schema/model/vector.hpp>

#include <string_view>

namespace autopack_schema::sql::sqlite {

/// A UNIQUE constraint with its parts.
struct parsed_unique {
    model::unique_constraint constraint{};
    model::vector<model::key_part> parts{};
};

/// A foreign key with its columns.
struct parsed_foreign_key {
    model::foreign_key key{};
    model::vector<model::name> columns{};
    model::vector<model::name> parent_columns{};
};

/// What a CREATE TABLE or CREATE VIRTUAL TABLE statement says, with everything the model can hold.
/// shape: the ranges in its parts are not set, they are when it is added to a schema
struct parsed_table {
    model::table table{};
    model::vector<model::column> columns{};
    model::vector<model::key_part> key_parts{};
    model::vector<parsed_unique> uniques{};
    model::vector<model::check_constraint> checks{};
    model::vector<parsed_foreign_key> foreign_keys{};
};

/// What a CREATE INDEX statement says.
struct parsed_index {
    model::name table{};
    model::index index{};
    model::vector<model::key_part> parts{};
};

/// What a CREATE VIEW statement says.
struct parsed_view {
    model::view view{};
    model::vector<model::name> columns{};
};

/// What a text with CREATE statements says.
/// shape: owns all of its text
struct parsed_schema {
    model::text_arena text{};
    model::vector<parsed_table> tables{};
    model::vector<parsed_index> indexes{};
    model::vector<parsed_view> views{};
    model::vector<model::trigger> triggers{};
    model::vector<model::unmodelled> others{}; ///< statements that are not understood, and why
};

/// Adds a table and the indexes that belong to it to a schema.
/// shape: the text is not copied; call `own_text` on the snapshot that it goes into
inline void add_to(model::builder& schema, const parsed_table& t, const model::vector<parsed_index>& indexes) {
    schema.add_table(t.table);
    for (const model::column& c : t.columns) schema.add_column(c);
    if (!t.key_parts.empty()) schema.set_primary_key(t.table.key, t.key_parts);
    for (const parsed_unique& u : t.uniques) schema.add_unique(u.constraint, u.parts);
    for (const model::check_constraint& c : t.checks) schema.add_check(c);
    for (const parsed_foreign_key& f : t.foreign_keys) {
        schema.add_foreign_key(f.key, f.columns, f.parent_columns);
    }
    for (const parsed_index& i : indexes) {
        if (i.table == t.table.name) schema.add_index(i.index, i.parts);
    }
}

} // namespace autopack_schema::sql::sqlite
