// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/drift/detail/program.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/model/schema.hpp>
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

/// The statements of a schema with their names, in an order that depends on names alone.
inline std::vector<std::pair<std::string, std::string>> sorted_statements(const model::schema& s) {
    std::vector<std::pair<std::string, std::string>> list;
    const auto add = [&list](std::size_t from) {
        std::sort(list.begin() + static_cast<std::ptrdiff_t>(from), list.end());
        return list.size();
    };
    const auto text = [](std::string_view stored, auto render) { return stored.empty() ? render() : std::string(stored); };
    for (const model::table& t : s.tables) {
        list.emplace_back(t.name.text, text(t.sql, [&] { return sql::sqlite::create_table(s, t); }));
    }
    std::size_t from = add(0);
    for (const model::table& t : s.tables) {
        for (const model::index& i : s.indexes_of(t)) {
            list.emplace_back(i.name.text, text(i.sql, [&] { return sql::sqlite::create_index(s, t, i); }));
        }
    }
    from = add(from);
    for (const model::view& v : s.views) {
        list.emplace_back(v.name.text, text(v.sql, [&] { return sql::sqlite::create_view(s, v); }));
    }
    from = add(from);
    for (const model::trigger& t : s.triggers) {
        list.emplace_back(t.name.text, text(t.sql, [&] { return sql::sqlite::create_trigger(t); }));
    }
    add(from);
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
