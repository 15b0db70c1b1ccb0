// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/error.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::ops::detail {

/// The columns of a table as it is in a file; none where there is no such table. Real files have more layouts than one.
inline std::vector<std::string> columns_of(sqlite::connection& database, std::string_view table) {
    std::vector<std::string> names;
    sqlite::statement rows = database.prepare("SELECT name FROM pragma_table_info(?1)");
    rows.bind(1, table);
    while (rows.step()) names.emplace_back(rows.column_text(0));
    return names;
}

inline bool has_column(const std::vector<std::string>& columns, std::string_view name) {
    return std::find(columns.begin(), columns.end(), name) != columns.end();
}

/// The columns of a table that a program cannot do without.
/// errors: S412 there is no such table
inline std::vector<std::string> require_columns(sqlite::connection& database, std::string_view table) {
    std::vector<std::string> names = columns_of(database, table);
    if (!names.empty()) return names;
    throw error({.code = "S412",
                 .what_happened = "there is no such table",
                 .table = std::string(table),
                 .database = database.name(),
                 .advice = "check the path; 'autopack-schema migrate' makes the tables of an empty database"});
}

/// A column's name, or an expression in its place where the file has no such column.
inline std::string column_or(const std::vector<std::string>& columns, std::string_view name,
                             std::string_view otherwise = "NULL") {
    return std::string(has_column(columns, name) ? name : otherwise);
}

inline std::optional<std::int64_t> optional_int64(const sqlite::statement& row, int column) {
    if (row.column_is_null(column)) return std::nullopt;
    return row.column_int64(column);
}

inline std::optional<double> optional_double(const sqlite::statement& row, int column) {
    if (row.column_is_null(column)) return std::nullopt;
    return row.column_double(column);
}

inline std::optional<std::string> optional_text(const sqlite::statement& row, int column) {
    if (row.column_is_null(column)) return std::nullopt;
    return std::string(row.column_text(column));
}

inline std::optional<bool> optional_bool(const sqlite::statement& row, int column) {
    if (row.column_is_null(column)) return std::nullopt;
    return row.column_int64(column) != 0;
}

} // namespace autopack_schema::ops::detail
