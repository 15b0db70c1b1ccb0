// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/error.hpp>
#include <autopack_schema/model/column.hpp>
#include <autopack_schema/model/name.hpp>
#include <autopack_schema/query/detail/reader.hpp>
#include <autopack_schema/query/detail/sql_writer.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace autopack_schema::query {

/// What a value is, for a message.
inline std::string describe_value(sqlite3_stmt* statement, int column) {
    const auto text = [&] {
        std::string found(reinterpret_cast<const char*>(sqlite3_column_text(statement, column)),
                          static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
        if (found.size() > 40) found = found.substr(0, 40) + "...";
        return found;
    };
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL: return "NULL";
    case SQLITE_INTEGER: return "the integer " + text();
    case SQLITE_FLOAT: return "the real " + text();
    case SQLITE_TEXT: return "the text '" + text() + "'";
    default: return "a blob of " + std::to_string(sqlite3_column_bytes(statement, column)) + " bytes";
    }
}

/// Tells whether SQL has a word, in either case.
inline bool has_word(std::string_view sql, std::string_view word) {
    for (std::size_t i = 0; i + word.size() <= sql.size(); ++i) {
        if (model::same_name(sql.substr(i, word.size()), word)) return true;
    }
    return false;
}

/// Finds the rowid of the current row of a query, by running it again with the rowid before all else.
/// shape:  nothing where a row of the result is no row of the table
inline std::optional<std::int64_t> find_rowid(sqlite3_stmt* statement, std::string_view table, std::int64_t ordinal) {
    constexpr std::string_view select = "SELECT ";
    char* const expanded = sqlite3_expanded_sql(statement);
    if (expanded == nullptr) return std::nullopt;
    const std::string sql = expanded;
    sqlite3_free(expanded);
    const bool grouped = query::has_word(sql, "SELECT DISTINCT") || query::has_word(sql, "GROUP BY");
    if (!model::same_name(std::string_view(sql).substr(0, select.size()), select) || grouped) return std::nullopt;
    std::string name = "\"";
    for (const char c : table) name += c == '"' ? std::string("\"\"") : std::string(1, c);
    const std::string again = "SELECT " + name + "\".rowid, " + sql.substr(select.size());
    sqlite3_stmt* found = nullptr;
    if (sqlite3_prepare_v2(sqlite3_db_handle(statement), again.c_str(), -1, &found, nullptr) != SQLITE_OK)
        return std::nullopt;
    bool there = true;
    for (std::int64_t i = 0; i < ordinal && there; ++i) there = sqlite3_step(found) == SQLITE_ROW;
    std::optional<std::int64_t> rowid;
    if (there && sqlite3_column_type(found, 0) == SQLITE_INTEGER) rowid = sqlite3_column_int64(found, 0);
    sqlite3_finalize(found);
    return rowid;
}

/// Where a value of a result comes from; empty where it is no column.
struct value_place {
    std::string_view table{};
    std::string_view column{};
    std::string_view alias{}; ///< of the table in the query, if it has one
};

/// Throws for a value that its member cannot hold.
[[noreturn]] inline void refuse_value(const reader& in, const value_place& place) {
    sqlite3_stmt* const statement = in.statement();
    sqlite3* const database = sqlite3_db_handle(statement);
    std::optional<std::int64_t> rowid;
    if (!place.table.empty()) rowid = find_rowid(statement, place.alias.empty() ? place.table : place.alias, in.ordinal());
    const bool null = sqlite3_column_type(statement, in.column()) == SQLITE_NULL;
    std::string what = rowid ? "rowid " + std::to_string(*rowid) : "row " + std::to_string(in.ordinal()) + " of the result";
    what += ": the value is " + describe_value(statement, in.column());
    what += null ? ", and the member cannot be NULL" : ", which the member cannot hold";
    const char* const name = sqlite3_column_name(statement, in.column());
    throw error({.code = "S242",
                 .what_happened = std::move(what),
                 .table = std::string(place.table),
                 .column = std::string(place.column.empty() && name != nullptr ? name : place.column),
                 .sql = sqlite3_sql(statement),
                 .database = sqlite::database_name(database),
                 .advice = null ? "correct the row, or make the member std::optional"
                                : "correct the row, or change the type of the member"});
}

} // namespace autopack_schema::query
