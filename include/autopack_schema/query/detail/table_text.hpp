// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/query/detail/scope.hpp>
#include <autopack_schema/query/detail/sql_writer.hpp>

#include <cstddef>
#include <string_view>

namespace autopack_schema::query {

/// The names of all columns of a table.
constexpr void write_columns(sql_writer& w, const model::schema& s, std::string_view alias, bool qualified) {
    const model::column* const end = s.columns.data() + s.columns.size();
    for (const model::column* c = s.columns.data(); c != end; ++c) {
        if (c != s.columns.data()) w.put(", ");
        query::write_column(w, s.tables[0].name.text, alias, c->name.text, qualified);
    }
}

constexpr bool is_generated(const model::column& c) { return c.generated != model::generated_kind::none; }

/// (?, ?, …) with a parameter for each column that can be written.
constexpr void write_values(sql_writer& w, const model::schema& s) {
    bool first = true;
    w.put('(');
    for (const model::column& c : s.columns) {
        if (is_generated(c)) continue;
        w.put(first ? "?" : ", ?");
        first = false;
    }
    w.put(')');
}

/// INSERT INTO with rows of parameters.
constexpr void write_insert(sql_writer& w, const model::schema& s, std::size_t rows) {
    w.put("INSERT INTO ");
    w.name(s.tables[0].name.text);
    bool first = true;
    for (const model::column& c : s.columns) {
        if (is_generated(c)) continue;
        w.put(first ? " (" : ", ");
        w.name(c.name.text);
        first = false;
    }
    w.put(") VALUES ");
    for (std::size_t i = 0; i < rows; ++i) {
        if (i != 0) w.put(", ");
        query::write_values(w, s);
    }
}

/// WHERE with a parameter for each column of the primary key.
constexpr void write_key(sql_writer& w, const model::schema& s) {
    bool first = true;
    for (const model::key_part& p : s.parts_of(s.tables[0].key)) {
        w.put(first ? " WHERE " : " AND ");
        query::write_column(w, s.tables[0].name.text, {}, p.text.text, false);
        w.put(" = ?");
        first = false;
    }
}

/// SELECT of one row by its key.
constexpr void write_get(sql_writer& w, const model::schema& s) {
    w.put("SELECT ");
    query::write_columns(w, s, {}, false);
    w.put(" FROM ");
    w.name(s.tables[0].name.text);
    query::write_key(w, s);
}

constexpr bool is_key(const model::schema& s, const model::column& c) {
    return model::in_primary_key(s, s.tables[0], c.name);
}

/// UPDATE of one row by its key; the parameters have the numbers of the columns.
constexpr void write_update(sql_writer& w, const model::schema& s) {
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
constexpr void write_erase(sql_writer& w, const model::schema& s) {
    w.put("DELETE FROM ");
    w.name(s.tables[0].name.text);
    query::write_key(w, s);
}

} // namespace autopack_schema::query
