// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>

#include <filesystem>
#include <set>
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

/// What a comparison of rows leaves out, or compares by value alone.
struct row_exceptions {
    std::set<std::string> gone{};      ///< tables ("t") and columns ("t.c") that may be gone
    std::set<std::string> grown{};     ///< tables that may have more rows: those of the table that they index
    std::set<std::string> converted{}; ///< tables where a column has another type: 1, 1.0 and '1' are the same value
};

inline std::string quoted(const std::string& text, char quote) {
    std::string made(1, quote);
    for (const char c : text) made.append(c == quote ? 2 : 1, c);
    return made + quote;
}

/// The values of the columns that a table had, as one select list; the storage class is a part of them.
inline std::string values_of(autopack_schema::sqlite::connection& database, const std::string& table,
                             const row_exceptions& except) {
    std::string values;
    for (const std::string& name :
         texts(database, "SELECT name FROM pragma_table_info(" + quoted(table, '\'') + ", 'before')")) {
        if (except.gone.contains(table + "." + name)) continue;
        const std::string column = quoted(name, '"');
        if (!values.empty()) values += ", ";
        if (except.converted.contains(table)) {
            values += "CASE WHEN typeof(" + column + ") = 'blob' THEN quote(" + column + ") WHEN CAST(" + column +
                      " AS TEXT) = CAST(CAST(" + column + " AS NUMERIC) AS TEXT) THEN CAST(" + column +
                      " AS NUMERIC) + 0 ELSE CAST(" + column + " AS TEXT) END";
        } else {
            values += "typeof(" + column + "), quote(" + column + ")";
        }
    }
    return values.empty() ? "1" : values;
}

/// Compares every row of every table of a database as it was with the same columns of what became of it, value by value
/// and with the storage class, by queries that know nothing of the library. Equal rows are counted.
/// shape: "table: N rows" for each table with a row that is not there any more or was not there before; empty: all kept
inline std::vector<std::string> lost_rows(const std::filesystem::path& before, const std::filesystem::path& after,
                                          const row_exceptions& except = {}) {
    using autopack_schema::sqlite::connection;
    using autopack_schema::sqlite::open_mode;
    connection database = connection::open_file(after.string(), {.mode = open_mode::read_only});
    database.execute("ATTACH ? AS before", before.string());
    std::vector<std::string> lost;
    for (const std::string& table :
         texts(database, "SELECT name FROM pragma_table_list WHERE schema = 'before' AND type IN ('table', 'virtual') "
                         "AND name NOT LIKE 'sqlite_%'")) { // what a module keeps in shadow tables is its own
        if (except.gone.contains(table)) continue;
        const std::string values = values_of(database, table, except);
        const auto counted = [&](const std::string& side) {
            return "SELECT " + values + ", count(*) FROM " + side + "." + quoted(table, '"') + " GROUP BY " + values;
        };
        const std::string then = counted("before");
        const std::string now = counted("main");
        const std::string added = except.grown.contains(table) ? "" : " + (SELECT COUNT(*) FROM (" + now + " EXCEPT " + then + "))";
        const auto differing = database.query_int("SELECT (SELECT COUNT(*) FROM (" + then + " EXCEPT " + now + "))" + added);
        if (differing != 0) lost.push_back(table + ": " + std::to_string(differing) + " rows");
    }
    return lost;
}

} // namespace autopack_schema_test
