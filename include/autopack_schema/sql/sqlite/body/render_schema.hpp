// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/sqlite/render_schema.hpp>
#include <autopack_schema/sql/tokenizer.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <cstddef>
#include <string_view>

namespace autopack_schema::sql::sqlite {

namespace detail {

/// For each thing, the positions of the things that it needs.
using dependencies = model::vector<model::vector<std::size_t>>;

/// Orders things so that each comes behind those it needs; in a circle, the first one comes last.
inline model::vector<std::size_t> dependency_order(const dependencies& needs) {
    model::vector<std::size_t> order;
    model::vector<bool> seen(needs.size());
    struct visit {
        std::size_t thing;
        std::size_t next;
    };
    for (std::size_t start = 0; start < needs.size(); ++start) {
        if (seen[start]) continue;
        seen[start] = true;
        model::vector<visit> open;
        open.push_back({start, 0});
        while (!open.empty()) {
            visit& top = open.back();
            if (top.next == needs[top.thing].size()) {
                order.push_back(top.thing);
                open.pop_back();
                continue;
            }
            const std::size_t needed = needs[top.thing][top.next++];
            if (!seen[needed]) open.push_back({needed, 0});
            seen[needed] = true;
        }
    }
    return order;
}

inline model::vector<std::size_t> table_order(const model::schema& s) {
    dependencies needs(s.tables.size());
    for (std::size_t i = 0; i < s.tables.size(); ++i) {
        for (const model::foreign_key& f : s.foreign_keys_of(s.tables[i])) {
            const model::table* parent = find_table(s, f.parent);
            if (parent != nullptr) needs[i].push_back(static_cast<std::size_t>(parent - s.tables.data()));
        }
    }
    return dependency_order(needs);
}

inline model::vector<std::size_t> view_order(const model::schema& s) {
    dependencies needs(s.views.size());
    for (std::size_t i = 0; i < s.views.size(); ++i) {
        for (const token& t : tokenize(s.views[i].definition)) {
            if (!t.is_name()) continue;
            const model::view* other = find(s.views, model::name(unquote(t.text)));
            if (other != nullptr) needs[i].push_back(static_cast<std::size_t>(other - s.views.data()));
        }
    }
    return dependency_order(needs);
}

} // namespace detail

AUTOPACK_SCHEMA_FUNCTION std::vector<std::string> create_statements(const model::schema& s, const render_options& options) {
    std::vector<std::string> statements;
    for (const std::size_t position : detail::table_order(s)) {
        const model::table& t = s.tables[position];
        statements.push_back(create_table(s, t, options));
        for (const model::index& i : s.indexes_of(t)) statements.push_back(create_index(s, t, i, options));
    }
    for (const std::size_t position : detail::view_order(s)) {
        statements.push_back(create_view(s, s.views[position], options));
    }
    for (const model::trigger& t : s.triggers) statements.push_back(create_trigger(t, options));
    return statements;
}

AUTOPACK_SCHEMA_FUNCTION std::string ddl(const model::schema& s, const render_options& options) {
    std::string result;
    for (const std::string& statement : create_statements(s, options)) result += statement + ";\n";
    for (const model::unmodelled& other : s.others) {
        std::string line = "-- left out: " + std::string(other.kind) + " " + std::string(other.name.text) + ": " +
                           std::string(other.reason);
        for (char& c : line) {
            if (c == '\n' || c == '\r' || c == '\0') c = ' ';
        }
        result += line + "\n";
    }
    return result;
}

} // namespace autopack_schema::sql::sqlite
