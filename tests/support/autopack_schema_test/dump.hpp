// SPDX-License-Identifier: MIT
#pragma once
// A look at a database that uses nothing of the library: SQLite's C API alone.

#include <sqlite3.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema_test {

/// All rows of a query, one line each.
inline std::string query_lines(sqlite3* database, const std::string& sql) {
    sqlite3_stmt* rows = nullptr;
    if (sqlite3_prepare_v2(database, sql.c_str(), -1, &rows, nullptr) != SQLITE_OK)
        throw std::runtime_error(sql + ": " + sqlite3_errmsg(database));
    std::string text;
    int result = sqlite3_step(rows);
    for (; result == SQLITE_ROW; result = sqlite3_step(rows)) {
        for (int i = 0; i < sqlite3_column_count(rows); ++i) {
            const auto* const value = reinterpret_cast<const char*>(sqlite3_column_text(rows, i));
            text += i == 0 ? "" : "|";
            text +=
                value == nullptr ? "NULL" : std::string(value, static_cast<std::size_t>(sqlite3_column_bytes(rows, i)));
        }
        text += '\n';
    }
    const std::string failed = result == SQLITE_DONE ? "" : sqlite3_errmsg(database);
    sqlite3_finalize(rows);
    if (!failed.empty()) throw std::runtime_error(sql + ": " + failed);
    return text;
}

inline std::string quoted_name(std::string_view name) {
    std::string text = "\"";
    for (const char c : name) text.append(c == '"' ? 2 : 1, c);
    return text + '"';
}

/// The select list of a table: row number, then each column quoted; in the history no times.
inline std::string columns_to_dump(sqlite3* database, const std::string& table, bool without_rowid) {
    std::string list = without_rowid ? "'-'" : "rowid";
    const std::string names = query_lines(database, "SELECT name FROM pragma_table_xinfo('" + table + "', 'main')");
    for (std::size_t at = 0; at < names.size();) {
        const std::size_t end = names.find('\n', at);
        const std::string name = names.substr(at, end - at);
        at = end + 1;
        if (table == "autopack_schema_history" && name.ends_with("_at")) continue;
        list += ", quote(" + quoted_name(name) + ")";
    }
    return list;
}

/// Everything in a database: stored statements in their order, all rows of all tables with row numbers, storage classes,
/// numbers given and statistics, rows that break foreign keys; and what integrity_check says.
inline std::string dump(sqlite3* database) {
    std::string text = query_lines(database, "PRAGMA integrity_check");
    text += query_lines(database, "PRAGMA foreign_key_check");
    text += query_lines(database, "PRAGMA user_version");
    text += query_lines(database, "SELECT type, name, tbl_name, sql FROM main.sqlite_schema ORDER BY rowid");
    const std::string tables =
        query_lines(database, "SELECT wr || name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', "
                              "'shadow') AND name <> 'sqlite_schema' ORDER BY name");
    for (std::size_t at = 0; at < tables.size();) {
        const std::size_t end = tables.find('\n', at);
        const std::string name = tables.substr(at + 1, end - at - 1);
        const bool without_rowid = tables[at] == '1';
        at = end + 1;
        text += name + ":\n" +
                query_lines(database, "SELECT " + columns_to_dump(database, name, without_rowid) + " FROM main." +
                                          quoted_name(name) + " ORDER BY 1, 2");
    }
    return text;
}

/// The same of a file, opened with the system's own VFS, which recovers it where a journal is to be rolled back or a
/// write-ahead log to be read.
inline std::string dump_file(const std::filesystem::path& file) {
    sqlite3* database = nullptr;
    const int result = sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READWRITE, "unix");
    if (result != SQLITE_OK) {
        sqlite3_close_v2(database);
        throw std::runtime_error(file.string() + ": " + sqlite3_errstr(result));
    }
    try {
        std::string text = dump(database);
        sqlite3_close_v2(database);
        return text;
    } catch (const std::exception& e) {
        sqlite3_close_v2(database);
        return std::string("unreadable: ") + e.what();
    }
}

} // namespace autopack_schema_test
