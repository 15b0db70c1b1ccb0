// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/drift/detail/program.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/model/sorted.hpp>
#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::drift::detail {

/// A schema built anew in memory, without rows, from its own statements, always in the same order.
struct scratch_copy {
    sqlite::connection database{};
    page_names pages{};
    std::vector<std::string> not_built{}; ///< names of what could not be made
};

/// A statement with the name of what it makes.
struct named_statement {
    std::string name;
    std::string sql;

    friend bool operator<(const named_statement& a, const named_statement& b) {
        return a.name != b.name ? a.name < b.name : a.sql < b.sql;
    }
};

/// The statements of a schema with their names, in an order that depends on names alone.
inline model::vector<named_statement> sorted_statements(const model::schema& s) {
    model::vector<named_statement> list;
    std::size_t sorted = 0;
    const auto sort_rest = [&] {
        std::sort(list.begin() + sorted, list.end());
        sorted = list.size();
    };
    const auto add = [&](std::string_view name, std::string statement) {
        list.push_back({std::string(name), std::move(statement)});
    };
    for (const model::table& t : s.tables) add(t.name, t.sql.empty() ? sql::sqlite::create_table(s, t) : std::string(t.sql));
    sort_rest();
    for (const model::table& t : s.tables) {
        for (const model::index& i : s.indexes_of(t)) {
            add(i.name, i.sql.empty() ? sql::sqlite::create_index(s, t, i) : std::string(i.sql));
        }
    }
    sort_rest();
    for (const model::view& v : s.views) add(v.name, v.sql.empty() ? sql::sqlite::create_view(s, v) : std::string(v.sql));
    sort_rest();
    for (const model::trigger& t : s.triggers) add(t.name, t.sql.empty() ? sql::sqlite::create_trigger(t) : std::string(t.sql));
    sort_rest();
    return list;
}

/// Builds the copy; what SQLite refuses to make (a module or a collation that is not there) is left out and named.
inline scratch_copy build_scratch_copy(const model::schema& s) {
    scratch_copy copy;
    copy.database = sqlite::connection::memory();
    copy.database.execute("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY");
    for (const auto& [name, statement] : sorted_statements(s)) {
        try {
            copy.database.execute(statement);
        } catch (const error&) {
            copy.not_built.push_back(name);
        }
    }
    copy.pages = read_page_names(copy.database);
    return copy;
}

} // namespace autopack_schema::drift::detail
