// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/ops/detail/columns.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::ops {

/// A mechanism that a run has used.
struct mechanism_entry {
    std::string mechanism{};
    std::string function_name{};
    std::string timestamp{};    ///< ISO 8601
    std::string context = "{}"; ///< JSON
};

/// A resolution that an entity has got.
struct resolution_entry {
    std::string entity_id{};
    std::string resolution{}; ///< tensor_only, scene, graph, dialog, trained, full_detail
    std::string timepoint_id{};
    std::string timestamp{};
};

/// What a validator has said.
struct validation_entry {
    std::string validator_name{};
    bool passed = false;
    std::string timestamp{};
    std::optional<std::string> message{};
    std::string violations = "[]"; ///< JSON: a list
};

namespace detail {

// No typed queries: these tables hold times as the original wrote them, 2026-01-01T00:00:00, and give them back as they are.
inline sqlite::statement rows_of_run(sqlite::connection& database, std::string_view table, std::string_view columns,
                                     const std::string& run_id) {
    sqlite::statement rows = database.prepare("SELECT " + std::string(columns) + " FROM " + std::string(table) +
                                              " WHERE run_id = ?1 ORDER BY id");
    rows.bind(1, run_id);
    return rows;
}

inline std::vector<mechanism_entry> read_mechanisms(sqlite::connection& database, const std::string& run_id) {
    std::vector<mechanism_entry> found;
    if (columns_of(database, "mechanism_usage").empty()) return found; // the documented v1 has runs alone
    auto row = rows_of_run(database, "mechanism_usage", "mechanism, function_name, timestamp, COALESCE(context, '{}')",
                           run_id);
    while (row.step()) {
        found.push_back({std::string(row.column_text(0)), std::string(row.column_text(1)),
                         std::string(row.column_text(2)), std::string(row.column_text(3))});
    }
    return found;
}

inline std::vector<resolution_entry> read_resolutions(sqlite::connection& database, const std::string& run_id) {
    std::vector<resolution_entry> found;
    if (columns_of(database, "resolution_assignments").empty()) return found;
    auto row =
        rows_of_run(database, "resolution_assignments", "entity_id, resolution, timepoint_id, timestamp", run_id);
    while (row.step()) {
        found.push_back({std::string(row.column_text(0)), std::string(row.column_text(1)),
                         std::string(row.column_text(2)), std::string(row.column_text(3))});
    }
    return found;
}

inline std::vector<validation_entry> read_validations(sqlite::connection& database, const std::string& run_id) {
    std::vector<validation_entry> found;
    if (columns_of(database, "validations").empty()) return found;
    auto row = rows_of_run(database, "validations",
                           "validator_name, passed, timestamp, message, COALESCE(violations, '[]')", run_id);
    while (row.step()) {
        found.push_back({std::string(row.column_text(0)), row.column_int64(1) != 0, std::string(row.column_text(2)),
                         optional_text(row, 3), std::string(row.column_text(4))});
    }
    return found;
}

/// Each mechanism once, in the order of first use.
inline std::vector<std::string> distinct_mechanisms(sqlite::connection& database, const std::string& run_id) {
    std::vector<std::string> found;
    for (const mechanism_entry& entry : read_mechanisms(database, run_id)) {
        if (!has_column(found, entry.mechanism)) found.push_back(entry.mechanism);
    }
    return found;
}

} // namespace detail
} // namespace autopack_schema::ops
