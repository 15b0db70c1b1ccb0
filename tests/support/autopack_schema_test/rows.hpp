// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace autopack_schema_test {

/// The first column of all rows of a query.
inline std::vector<std::string> texts(autopack_schema::sqlite::connection& database, const std::string& sql) {
    std::vector<std::string> found;
    auto rows = database.prepare(sql);
    while (rows.step()) found.emplace_back(rows.column_text(0));
    return found;
}

/// Compares every row of every table of a database as it was with the same columns of what became of it, value by value
/// and with the storage class, by queries that know nothing of the library.
/// shape: "table: N rows" for each table with a row that is not there any more or was not there before; empty: all kept
inline std::vector<std::string> lost_rows(const std::filesystem::path& before, const std::filesystem::path& after) {
    using autopack_schema::sqlite::connection;
    using autopack_schema::sqlite::open_mode;
    connection database = connection::open_file(after.string(), {.mode = open_mode::read_only});
    database.execute("ATTACH ? AS before", before.string());
    std::vector<std::string> lost;
    for (const std::string& table :
         texts(database, "SELECT name FROM before.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")) {
        std::string values;
        for (const std::string& column :
             texts(database, "SELECT name FROM pragma_table_info('" + table + "', 'before')")) {
            values +=
                (values.empty() ? "" : ", ") + std::string("typeof(\"") + column + "\"), quote(\"" + column + "\")";
        }
        const std::string then = "SELECT " + values + " FROM before.\"" + table + "\"";
        const std::string now = "SELECT " + values + " FROM main.\"" + table + "\"";
        const auto differing = database.query_int("SELECT (SELECT COUNT(*) FROM (" + then + " EXCEPT " + now +
                                                  ")) + (SELECT COUNT(*) FROM (" + now + " EXCEPT " + then +
                                                  ")) + abs((SELECT COUNT(*) FROM before.\"" + table +
                                                  "\") - (SELECT COUNT(*) FROM main.\"" + table + "\"))");
        if (differing != 0) lost.push_back(table + ": " + std::to_string(differing) + " rows");
    }
    return lost;
}

} // namespace autopack_schema_test
