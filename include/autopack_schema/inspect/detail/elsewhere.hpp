// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/inspect/detail/catalog.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::detail {

/// Lists the objects of the TEMP database and of attached ones, which are not read.
inline void list_elsewhere(sqlite::connection& database, catalog& to) {
    std::vector<std::string> names;
    sqlite::statement list = database.prepare("SELECT name FROM pragma_database_list WHERE name <> 'main'");
    while (list.step()) names.emplace_back(list.column_text(0));
    for (const std::string& name : names) {
        const std::string table = name == "temp" ? "sqlite_temp_schema" : sqlite::quote_identifier(name) + ".sqlite_schema";
        sqlite::statement rows = database.prepare("SELECT type, name, sql FROM " + table + " WHERE sql IS NOT NULL");
        const std::string_view reason = to.text.keep("it is in the database \"" + name + "\", only main is read");
        while (rows.step()) {
            to.elsewhere.push_back({to.text.keep(rows.column_text(0)), to.text.keep(rows.column_text(1)),
                                    to.text.keep(rows.column_text(2)), reason});
        }
    }
}

} // namespace autopack_schema::detail
