// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/quote.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/ops/detail/columns.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace autopack_schema::ops::detail {

/// "metadata/runs.db" and "_v1_archive" make "metadata/runs_v1_archive.db".
inline std::filesystem::path beside(const std::filesystem::path& file, std::string_view ending) {
    return file.parent_path() / (file.stem().string() + std::string(ending) + file.extension().string());
}

/// Opens a database that nobody else can open until it is closed: also not between two transactions.
/// errors: S209 others use it
inline sqlite::connection open_alone(const std::filesystem::path& file) {
    auto database = sqlite::connection::open_file(file.string(), {.foreign_keys = false});
    database.execute("PRAGMA journal_mode=DELETE"); // a WAL has no such lock; fails while others use it
    database.execute("PRAGMA locking_mode=EXCLUSIVE");
    database.execute("BEGIN EXCLUSIVE; COMMIT"); // the lock is taken here, and kept
    return database;
}

/// Removes copies that a killed program has not finished.
inline void remove_partial_copies(const std::filesystem::path& file) {
    const std::string beginning = file.filename().string() + ".partial-";
    std::vector<std::filesystem::path> found;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(file.parent_path(), ignored)) {
        if (entry.path().filename().string().starts_with(beginning)) found.push_back(entry.path());
    }
    for (const auto& path : found) std::filesystem::remove(path, ignored);
}

inline void add_to_number(std::uint64_t& number, std::string_view text) {
    for (const char c : text) number = (number ^ static_cast<unsigned char>(c)) * 1099511628211U; // FNV-1a
    number = (number ^ 0xFFU) * 1099511628211U;
}

/// A number of all that a database holds, definitions and rows: of two databases with different content it differs.
inline std::uint64_t content_number(sqlite::connection& database) {
    std::uint64_t number = 14695981039346656037U;
    std::vector<std::string> tables;
    sqlite::statement rows =
        database.prepare("SELECT type, name, COALESCE(sql, '') FROM sqlite_schema ORDER BY type, name");
    while (rows.step()) {
        for (int i = 0; i < 3; ++i) add_to_number(number, rows.column_text(i));
        if (rows.column_text(0) == "table") tables.emplace_back(rows.column_text(1));
    }
    for (const std::string& table : tables) {
        std::string values;
        for (const std::string& column : columns_of(database, table))
            values += (values.empty() ? "quote(" : ", quote(") + sqlite::quote_identifier(column) + ")";
        sqlite::statement row = database.prepare("SELECT " + values + " FROM " + sqlite::quote_identifier(table));
        while (row.step()) {
            for (int i = 0; i < row.column_count(); ++i) add_to_number(number, row.column_text(i));
        }
    }
    return number;
}

/// Removes all that a database holds, within a transaction.
inline void drop_everything(sqlite::connection& database) {
    for (const std::string type : {"trigger", "view", "table"}) {
        std::vector<std::string> names;
        sqlite::statement rows = database.prepare(
            "SELECT name FROM sqlite_schema WHERE type = ?1 AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
        rows.bind(1, type);
        while (rows.step()) names.emplace_back(rows.column_text(0));
        for (const std::string& name : names) database.execute("DROP " + type + " " + sqlite::quote_identifier(name));
    }
}

} // namespace autopack_schema::ops::detail
