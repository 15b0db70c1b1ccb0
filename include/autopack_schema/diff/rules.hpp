// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/schema.hpp>

#include <string_view>

namespace autopack_schema {

/// A table with its schema: what the names in an expression can mean.
struct table_scope {
    const model::schema& schema;
    const model::table& table;
};

/// What a database makes of a schema: the questions that `diff` asks a dialect.
/// shape: plain functions that can run in constant expressions; `as_written` answers them without any dialect
struct rules {
    /// Do two columns hold the same values (affinity in SQLite, canonical type in PostgreSQL)?
    bool (*same_type)(const model::column&, const table_scope&, const model::column&, const table_scope&);
    /// Is the type written in the same way, but for case and space?
    bool (*same_type_spelling)(const model::column&, const model::column&);
    /// Does a row that leaves the column out get the same value?
    bool (*same_default)(const model::column&, const table_scope&, const model::column&, const table_scope&);
    /// Do two expressions mean the same?
    bool (*same_expression)(std::string_view, const table_scope&, std::string_view, const table_scope&);
    /// Do two SELECT statements of views mean the same?
    bool (*same_view)(std::string_view, std::string_view);
    /// Do two trigger definitions mean the same?
    bool (*same_trigger)(std::string_view, std::string_view);
    /// Does the database refuse NULL in the column, by NOT NULL or by what a key implies?
    bool (*not_null)(const table_scope&, const model::column&);
    /// Is the column another name of the row number (SQLite)?
    bool (*rowid_alias)(const table_scope&, const model::column&);
    /// Are two foreign keys checked at the same moment?
    bool (*same_deferral)(model::deferral, model::deferral);
    /// The collation of a column that names none.
    std::string_view default_collation;
    /// Is a constraint without a name another one than one with a name?
    bool exact_names = false;
    /// Do two virtual tables have the same module and arguments? Not set: compared as views are.
    bool (*same_module)(std::string_view, std::string_view) = nullptr;
};

namespace detail {

constexpr bool written_same_type(const model::column& a, const table_scope&, const model::column& b,
                                 const table_scope&) {
    return a.type.kind == b.type.kind && a.type.bytes == b.type.bytes;
}
constexpr bool written_same_spelling(const model::column& a, const model::column& b) {
    return model::same_name(a.type.declared, b.type.declared);
}
constexpr bool written_same_default(const model::column& a, const table_scope&, const model::column& b,
                                    const table_scope&) {
    return a.default_to == b.default_to;
}
constexpr bool written_same_expression(std::string_view a, const table_scope&, std::string_view b,
                                       const table_scope&) {
    return a == b;
}
constexpr bool written_same_text(std::string_view a, std::string_view b) { return a == b; }
constexpr bool written_not_null(const table_scope&, const model::column& c) { return !c.nullable; }
constexpr bool written_rowid_alias(const table_scope&, const model::column&) { return false; }
constexpr bool written_same_deferral(model::deferral a, model::deferral b) { return a == b; }

} // namespace detail

/// Compares two schemas as they are written, without the knowledge of any database.
inline constexpr rules as_written{
    detail::written_same_type, detail::written_same_spelling, detail::written_same_default,
    detail::written_same_expression, detail::written_same_text, detail::written_same_text,
    detail::written_not_null, detail::written_rowid_alias, detail::written_same_deferral, ""};

} // namespace autopack_schema
