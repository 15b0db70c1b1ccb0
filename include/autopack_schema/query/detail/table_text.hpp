// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/query/detail/text_writer.hpp>

#include <cstddef>
#include <string_view>

namespace autopack_schema::query {

/// Writes a column with the table before it where that is needed. A name in quotes always has it: SQLite takes a
/// lonely "x" that names nothing for a text.
constexpr void write_column(text_writer& w, std::string_view table, std::string_view alias, std::string_view column,
                            bool qualified) {
    if (qualified || !query::is_plain_name(column)) {
        w.name(alias.empty() ? table : alias);
        w.put('.');
    }
    w.name(column);
}

/// The names of all columns of a table.
constexpr void write_columns(text_writer& w, model::items<model::column> columns, std::string_view table,
                             std::string_view alias, bool qualified) {
    bool first = true;
    for (const model::column& c : columns) {
        if (!first) w.put(", ");
        first = false;
        query::write_column(w, table, alias, c.name.text, qualified);
    }
}

constexpr bool is_generated(const model::column& c) { return c.generated != model::generated_kind::none; }

/// (?, ?, …) with a parameter for each column that can be written.
constexpr void write_values(text_writer& w, model::items<model::column> columns) {
    bool first = true;
    w.put('(');
    for (const model::column& c : columns) {
        if (is_generated(c)) continue;
        w.put(first ? "?" : ", ?");
        first = false;
    }
    w.put(')');
}

/// INSERT INTO with rows of parameters.
constexpr void write_insert(text_writer& w, model::items<model::column> columns, std::string_view table,
                            std::size_t rows) {
    w.put("INSERT INTO ");
    w.name(table);
    bool first = true;
    for (const model::column& c : columns) {
        if (is_generated(c)) continue;
        w.put(first ? " (" : ", ");
        w.name(c.name.text);
        first = false;
    }
    w.put(") VALUES ");
    for (std::size_t i = 0; i < rows; ++i) {
        if (i != 0) w.put(", ");
        query::write_values(w, columns);
    }
}

/// WHERE with a parameter for each column of the primary key.
constexpr void write_key(text_writer& w, const model::schema& s) {
    bool first = true;
    for (const model::key_part& p : s.parts_of(s.tables[0].key)) {
        w.put(first ? " WHERE " : " AND ");
        query::write_column(w, s.tables[0].name.text, {}, p.text.text, false);
        w.put(" = ?");
        first = false;
    }
}

/// SELECT of one row by its key.
constexpr void write_get(text_writer& w, const model::schema& s) {
    w.put("SELECT ");
    query::write_columns(w, s.columns, s.tables[0].name.text, {}, false);
    w.put(" FROM ");
    w.name(s.tables[0].name.text);
    query::write_key(w, s);
}

constexpr bool is_key(const model::schema& s, const model::column& c) {
    return model::in_primary_key(s, s.tables[0], c.name);
}

/// UPDATE of one row by its key; the parameters have the numbers of the columns.
constexpr void write_update(text_writer& w, const model::schema& s) {
    w.put("UPDATE ");
    w.name(s.tables[0].name.text);
    bool first = true;
    for (std::size_t i = 0; i < s.columns.size(); ++i) {
        if (is_generated(s.columns[i]) || query::is_key(s, s.columns[i])) continue;
        w.put(first ? " SET " : ", ");
        w.name(s.columns[i].name.text);
        w.put(" = ?");
        w.number(static_cast<long long>(i) + 1);
        first = false;
    }
    first = true;
    for (std::size_t i = 0; i < s.columns.size(); ++i) {
        if (!query::is_key(s, s.columns[i])) continue;
        w.put(first ? " WHERE " : " AND ");
        query::write_column(w, s.tables[0].name.text, {}, s.columns[i].name.text, false);
        w.put(" = ?");
        w.number(static_cast<long long>(i) + 1);
        first = false;
    }
}

/// DELETE of one row by its key.
constexpr void write_erase(text_writer& w, const model::schema& s) {
    w.put("DELETE FROM ");
    w.name(s.tables[0].name.text);
    query::write_key(w, s);
}

} // namespace autopack_schema::query
