// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/migrate/sqlite/detail/compare_content.hpp>
#include <autopack_schema/migrate/sqlite/detail/values.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>
#include <autopack_schema/model/vector.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// Removes copies that a killed program has not finished.
inline void remove_partial_copies(const std::filesystem::path& file) {
    const std::string beginning = file.filename().string() + ".partial-";
    model::vector<std::filesystem::path> found;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(file.parent_path(), ignored)) {
        if (entry.path().filename().string().starts_with(beginning)) found.push_back(entry.path());
    }
    for (const auto& path : found) std::filesystem::remove(path, ignored);
}

/// A number of all that a database holds, definitions and rows: of two databases with different content it differs.
inline std::uint64_t content_number(connection& database) {
    std::uint64_t number = 0xcbf29ce484222325U;
    std::vector<std::string> tables;
    auto objects = database.prepare("SELECT type, name, coalesce(sql, '') FROM main.sqlite_schema ORDER BY type, name");
    while (objects.step()) {
        for (int i = 0; i < 3; ++i) number = hash_value(objects, i, number);
        if (objects.column_text(0) == "table") tables.emplace_back(objects.column_text(1));
    }
    for (const std::string& table : tables) {
        auto row = database.prepare("SELECT * FROM " + in_main(table));
        while (row.step()) {
            for (int i = 0; i < row.column_count(); ++i) number = hash_value(row, i, number);
        }
    }
    return number;
}

/// Removes all that a database holds, within a transaction; virtual tables first, which take their own tables along.
inline void drop_everything(connection& database) {
    constexpr std::string_view objects[] = {"type = 'trigger'", "type = 'view'",
                                            "type = 'table' AND sql LIKE 'CREATE VIRTUAL%'", "type = 'table'"};
    for (const std::string_view which : objects) {
        std::vector<std::string> drops;
        auto rows = database.prepare("SELECT type, name FROM main.sqlite_schema WHERE " + std::string(which) +
                                     " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
        while (rows.step())
            drops.push_back("DROP " + std::string(rows.column_text(0)) + " IF EXISTS " + in_main(rows.column_text(1)));
        for (const std::string& drop : drops) database.execute(drop);
    }
}

} // namespace autopack_schema::migrate::sqlite::detail
