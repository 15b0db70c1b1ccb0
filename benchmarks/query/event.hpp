// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bench {

/// The columns of token_estimation_v2_events that every version of it has.
struct event {
    std::int64_t event_id = 0;
    std::string run_id;
    std::string phase_id;
    std::string timestamp;
    std::string category;
    std::string complexity;
    std::int64_t deliverable_count = 0;
    std::string deliverables_json;
    std::int64_t predicted_output_tokens = 0;
    std::int64_t actual_output_tokens = 0;
    std::int64_t selected_budget = 0;
    std::optional<std::int64_t> actual_max_tokens;
    bool success = false;
    bool truncated = false;
    std::optional<std::string> stop_reason;
    std::string model;
    std::optional<double> smape_percent;
    std::optional<double> waste_ratio;
    std::optional<bool> underestimated;
    std::string created_at;
};

/// What the aggregate gives for each model.
struct model_use {
    std::string model;
    std::int64_t rows = 0;
    std::int64_t tokens = 0;
    std::optional<double> smape;
};

inline constexpr const char* create_table =
    "CREATE TABLE token_estimation_v2_events (event_id INTEGER PRIMARY KEY NOT NULL, run_id TEXT NOT NULL, "
    "phase_id TEXT NOT NULL, timestamp TEXT NOT NULL, category TEXT NOT NULL, complexity TEXT NOT NULL, "
    "deliverable_count INTEGER NOT NULL, deliverables_json TEXT NOT NULL, predicted_output_tokens INTEGER NOT NULL, "
    "actual_output_tokens INTEGER NOT NULL, selected_budget INTEGER NOT NULL, actual_max_tokens INTEGER, "
    "success BOOLEAN NOT NULL, truncated BOOLEAN NOT NULL, stop_reason TEXT, model TEXT NOT NULL, smape_percent REAL, "
    "waste_ratio REAL, underestimated BOOLEAN, created_at TEXT NOT NULL)";

/// The SQL that all but this library are given.
inline const std::string columns =
    "event_id, run_id, phase_id, timestamp, category, complexity, deliverable_count, deliverables_json, "
    "predicted_output_tokens, actual_output_tokens, selected_budget, actual_max_tokens, success, truncated, stop_reason, "
    "model, smape_percent, waste_ratio, underestimated, created_at";
inline std::string select_text() { return "SELECT " + columns + " FROM token_estimation_v2_events"; }
inline const char* const filter_text = " WHERE category = ? AND predicted_output_tokens > ? AND actual_max_tokens IS NOT NULL";
inline const char* const aggregate_text = "SELECT model, count(*), coalesce(sum(actual_output_tokens), ?), avg(smape_percent) "
                                          "FROM token_estimation_v2_events GROUP BY model";
/// One INSERT of so many rows; SOCI wants names for parameters.
inline std::string insert_text(int rows, bool named = false) {
    std::string values = "(";
    for (int i = 1; i <= 20; ++i) values += (i > 1 ? ", " : "") + (named ? ":v" + std::to_string(i) : std::string("?"));
    std::string sql = "INSERT INTO token_estimation_v2_events (" + columns + ") VALUES ";
    for (int i = 0; i < rows; ++i) sql += (i > 0 ? ", " : "") + values + ")";
    return sql;
}
inline const std::string insert_one = insert_text(1);
inline const std::string insert_hundred = insert_text(100);
inline const std::string insert_named = insert_text(1, true);

/// Rows as an orchestrator writes them: short and long texts, a third of the nullable columns NULL.
inline std::vector<event> make_events(std::int64_t count) {
    static const char* const models[] = {"claude-sonnet-4-5", "gpt-4o", "glm-4.6", "gemini-2.5-pro"};
    static const char* const categories[] = {"backend", "frontend", "docs", "tests", "IMPLEMENT_FEATURE"};
    static const char* const complexities[] = {"low", "medium", "high"};
    std::vector<event> events;
    events.reserve(static_cast<std::size_t>(count));
    for (std::int64_t i = 1; i <= count; ++i) {
        event e;
        e.event_id = i;
        e.run_id = "telemetry-collection-v" + std::to_string(i % 40);
        e.phase_id = "phase-" + std::to_string(i % 700) + "-implement-" + categories[i % 5];
        e.timestamp = "2025-12-29 10:" + std::to_string(10 + i % 50) + ":33.123456";
        e.category = categories[i % 5];
        e.complexity = complexities[i % 3];
        e.deliverable_count = i % 20;
        e.deliverables_json = "[\"src/autopack/module_" + std::to_string(i % 100) + ".py\", \"tests/test_module.py\"]";
        e.predicted_output_tokens = 1000 + i * 7 % 9000;
        e.actual_output_tokens = 900 + i * 13 % 12000;
        e.selected_budget = 16384;
        if (i % 3 != 0) e.actual_max_tokens = 16384 + i % 7;
        e.success = i % 4 != 0;
        e.truncated = i % 11 == 0;
        if (i % 3 != 1) e.stop_reason = i % 11 == 0 ? "max_tokens" : "end_turn";
        e.model = models[i % 4];
        if (i % 3 != 2) e.smape_percent = static_cast<double>(i % 200) + 0.18;
        if (i % 5 != 0) e.waste_ratio = 1.0 / static_cast<double>(1 + i % 9);
        if (i % 2 != 0) e.underestimated = i % 4 == 1;
        e.created_at = e.timestamp;
        events.push_back(std::move(e));
    }
    return events;
}

} // namespace bench
