// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/inspect/detail/agree.hpp>
#include <autopack_schema/inspect/detail/catalog.hpp>
#include <autopack_schema/model/snapshot.hpp>
#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/sqlite/detail/default_parser.hpp>
#include <autopack_schema/sql/sqlite/types.hpp>

#include <cstddef>
#include <string_view>

// Makes a model of what SQLite itself says, for what the stored text does not tell.

namespace autopack_schema::detail {

inline model::column column_from(const catalog_column& seen, bool strict, model::text_arena& text) {
    model::column c;
    c.name = seen.name;
    c.type = sql::sqlite::data_type_of(seen.type, strict);
    c.nullable = !seen.not_null;
    if (seen.has_default) c.default_to = sql::sqlite::detail::read_default(seen.default_text, text);
    if (seen.hidden == 2) c.generated = model::generated_kind::virtual_;
    if (seen.hidden == 3) c.generated = model::generated_kind::stored;
    if (!same_collation_name(seen.collation, {})) c.collation = seen.collation;
    if (seen.autoincrement) c.identity = model::identity_kind::autoincrement;
    return c;
}

inline model::vector<model::key_part> parts_from(const catalog_index& seen) {
    model::vector<model::key_part> parts;
    for (const catalog_part& p : seen.parts) {
        model::key_part part;
        part.text = p.name;
        part.is_expression = p.expression;
        part.descending = p.descending;
        part.collation = p.collation;
        parts.push_back(part);
    }
    return parts;
}

inline model::vector<model::key_part> key_from(const catalog_object& seen) {
    model::vector<model::key_part> parts;
    for (const catalog_column& c : seen.columns) {
        const auto at = static_cast<std::size_t>(c.key_position);
        if (at == 0 || at > seen.columns.size()) continue;
        if (parts.size() < at) parts.resize(at);
        parts[at - 1].text = c.name;
    }
    for (const catalog_index& i : seen.indexes) {
        if (i.origin != index_origin::primary_key || i.parts.size() != parts.size()) continue;
        for (std::size_t p = 0; p < parts.size(); ++p) parts[p].descending = i.parts[p].descending;
    }
    return parts;
}

/// The key of a column of type INTEGER that has an index is the one written `PRIMARY KEY DESC` at the column.
inline bool is_inline_descending(const catalog_object& seen) {
    for (const catalog_index& i : seen.indexes) {
        if (i.origin != index_origin::primary_key || i.parts.size() != 1 || seen.without_rowid) continue;
        for (const catalog_column& c : seen.columns) {
            if (model::same_name(c.name, i.parts[0].name) && model::same_name(c.type, "INTEGER")) return true;
        }
    }
    return false;
}

inline void add_uniques_from(const catalog_object& seen, model::builder& to) {
    for (const catalog_index& i : seen.indexes) {
        if (i.origin == index_origin::unique) to.add_unique({}, parts_from(i));
    }
}

inline void add_foreign_keys_from(const catalog_object& seen, model::builder& to) {
    for (const catalog_foreign_key& key : seen.foreign_keys) {
        model::foreign_key f;
        f.parent = key.parent;
        f.on_delete = action_from(key.on_delete);
        f.on_update = action_from(key.on_update);
        model::vector<model::name> columns, parents;
        for (const std::string_view column : key.columns) columns.push_back(column);
        for (const std::string_view parent : key.parent_columns) parents.push_back(parent);
        if (!parents.empty() && parents.front().empty()) parents.clear();
        to.add_foreign_key(f, columns, parents);
    }
}

/// Adds a table with its columns, keys, UNIQUE constraints and foreign keys.
inline void add_table_from(const catalog_object& seen, model::builder& to, model::text_arena& text) {
    model::table t;
    t.name = seen.name;
    t.without_rowid = seen.without_rowid;
    t.strict = seen.strict;
    t.sql = seen.sql;
    to.add_table(t);
    for (const catalog_column& c : seen.columns) to.add_column(column_from(c, seen.strict, text));
    const model::vector<model::key_part> key = key_from(seen);
    model::primary_key primary;
    primary.inline_descending = is_inline_descending(seen);
    if (!key.empty()) to.set_primary_key(primary, key);
    add_uniques_from(seen, to);
    add_foreign_keys_from(seen, to);
}

/// Adds a virtual table; what the module hides is left out.
inline void add_virtual_table_from(const catalog_object& seen, std::string_view module, model::builder& to,
                                   model::text_arena& text) {
    model::table t;
    t.name = seen.name;
    t.kind = model::table_kind::virtual_;
    t.module = module;
    t.sql = seen.sql;
    to.add_table(t);
    for (const catalog_column& c : seen.columns) {
        if (c.hidden != 1) to.add_column(column_from(c, false, text));
    }
}

} // namespace autopack_schema::detail
