// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/ops/detail/columns.hpp>
#include <autopack_schema/ops/json_text.hpp>
#include <autopack_schema/ops/metadata/run_record.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// Runs are read and written by the names of their columns and not by typed queries: real files have 18 to 32 of them, in several
// orders, and what we do not know must stay as it is.
namespace autopack_schema::ops::detail {

inline void read_value(const sqlite::statement& row, int column, std::optional<std::string>& to) {
    to = optional_text(row, column);
}
inline void read_value(const sqlite::statement& row, int column, std::optional<std::int64_t>& to) {
    to = optional_int64(row, column);
}
inline void read_value(const sqlite::statement& row, int column, std::optional<double>& to) {
    to = optional_double(row, column);
}
inline void read_value(const sqlite::statement& row, int column, std::optional<nlohmann::ordered_json>& to) {
    if (row.column_is_null(column)) return;
    auto value = nlohmann::ordered_json::parse(row.column_text(column), nullptr, false);
    if (value.is_object()) to = std::move(value);
}

template <class T>
void bind_value(sqlite::statement& to, int index, const std::optional<T>& value) {
    to.bind(index, value);
}
inline void bind_value(sqlite::statement& to, int index, const std::optional<nlohmann::ordered_json>& value) {
    if (value && !value->empty())
        to.bind(index, to_json_text(*value)); // copied
    else
        to.bind(index, nullptr);
}

inline run_record read_run(const sqlite::statement& row) {
    run_record run;
    for (int i = 0; i < row.column_count(); ++i) {
        const std::string_view name = row.column_name(i);
        if (name == "schema_version" && !row.column_is_null(i)) run.schema_version = std::string(row.column_text(i));
        for (const run_column& column : run_columns) {
            if (column.name == name) std::visit([&](auto member) { read_value(row, i, run.*member); }, column.member);
        }
    }
    return run;
}

/// The columns of a list that a file has.
inline std::vector<run_column> present(sqlite::connection& database, std::span<const run_column> wanted) {
    const std::vector<std::string> columns = require_columns(database, "runs");
    std::vector<run_column> found;
    std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(found),
                 [&](const run_column& c) { return has_column(columns, c.name); });
    return found;
}

inline void bind_run(sqlite::statement& to, std::span<const run_column> columns, const run_record& run) {
    int index = 0;
    for (const run_column& column : columns) {
        ++index;
        std::visit([&](auto member) { bind_value(to, index, run.*member); }, column.member);
    }
}

inline void insert_run(sqlite::connection& database, std::span<const run_column> wanted, const run_record& run) {
    const std::vector<run_column> columns = present(database, wanted);
    std::string names;
    std::string values;
    for (const run_column& column : columns) {
        names += (names.empty() ? "" : ", ") + std::string(column.name);
        values += values.empty() ? "?" : ", ?";
    }
    sqlite::statement insert = database.prepare("INSERT INTO runs (" + names + ") VALUES (" + values + ")");
    bind_run(insert, columns, run);
    insert.step();
}

/// Whether there was such a run.
inline bool update_run(sqlite::connection& database, std::span<const run_column> wanted, const run_record& run) {
    const std::vector<run_column> columns = present(database, wanted);
    std::string names;
    for (const run_column& column : columns) names += (names.empty() ? "" : ", ") + std::string(column.name) + " = ?";
    sqlite::statement update = database.prepare("UPDATE runs SET " + names + " WHERE run_id = ?");
    bind_run(update, columns, run);
    update.bind(static_cast<int>(columns.size()) + 1, run.run_id);
    update.step();
    return database.changes() > 0;
}

} // namespace autopack_schema::ops::detail
