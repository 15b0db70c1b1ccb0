// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/define/enum_name.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/detail/columns.hpp>
#include <autopack_schema/ops/estimation/complexity.hpp>
#include <autopack_schema/ops/estimation/estimation.hpp>
#include <autopack_schema/ops/estimation/metrics.hpp>
#include <autopack_schema/ops/estimation/sanitise.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// The run of a phase whose run is not known: the highest run id, in the order of text, that has such a phase; what was given
/// where there is none.
inline std::string resolve_run_id(sqlite::connection& database, const std::string& run_id, std::string_view phase_id) {
    if (!run_id.empty() && run_id != "unknown") return run_id;
    sqlite::statement row =
        database.prepare("SELECT run_id FROM phases WHERE phase_id = ?1 ORDER BY run_id DESC LIMIT 1");
    row.bind(1, phase_id);
    return row.step() && !row.column_is_null(0) ? std::string(row.column_text(0)) : run_id;
}

namespace detail {

/// An INSERT into the columns that a file has: files of BUILD-129 have 19 of the 29.
class event_insert {
public:
    event_insert(sqlite::connection& database, std::string table)
        : database_(database), table_(std::move(table)), columns_(require_columns(database, table_)) {}

    /// Adds a column where the file has it.
    void add(std::string_view column) {
        if (has_column(columns_, column)) names_.emplace_back(column);
    }

    /// Prepares the statement; its parameters are the columns that were added.
    void prepare() {
        std::string sql = "INSERT INTO " + table_ + " (";
        std::string values;
        for (const std::string& name : names_) {
            sql += (values.empty() ? "" : ", ") + name;
            values += values.empty() ? "?" : ", ?";
        }
        statement_ = database_.prepare(sql + ") VALUES (" + values + ")");
    }

    template <class Value>
    void bind(std::string_view column, Value value) {
        for (std::size_t i = 0; i < names_.size(); ++i) {
            if (names_[i] == column) return statement_.bind(static_cast<int>(i) + 1, std::move(value)); // copies text
        }
    }

    void run() { statement_.step(); }

private:
    sqlite::connection& database_;
    std::string table_;
    std::vector<std::string> columns_;
    std::vector<std::string> names_{};
    sqlite::statement statement_{};
};

inline constexpr std::array<std::string_view, 28> estimation_columns{"run_id",
                                                                     "phase_id",
                                                                     "timestamp",
                                                                     "category",
                                                                     "complexity",
                                                                     "deliverable_count",
                                                                     "deliverables_json",
                                                                     "predicted_output_tokens",
                                                                     "actual_output_tokens",
                                                                     "selected_budget",
                                                                     "actual_max_tokens",
                                                                     "success",
                                                                     "truncated",
                                                                     "stop_reason",
                                                                     "model",
                                                                     "smape_percent",
                                                                     "waste_ratio",
                                                                     "underestimated",
                                                                     "is_truncated_output",
                                                                     "api_reference_required",
                                                                     "examples_required",
                                                                     "research_required",
                                                                     "usage_guide_required",
                                                                     "context_quality",
                                                                     "is_sot_file",
                                                                     "sot_file_name",
                                                                     "sot_entry_count_hint",
                                                                     "created_at"};

inline void bind_metrics(event_insert& insert, std::int64_t predicted, std::int64_t actual) {
    const std::optional<estimation_metrics> metrics = metrics_of(predicted, actual);
    insert.bind("predicted_output_tokens", predicted);
    insert.bind("actual_output_tokens", actual);
    insert.bind("smape_percent", metrics ? std::optional(metrics->smape_percent) : std::nullopt);
    insert.bind("waste_ratio", metrics ? std::optional(metrics->waste_ratio) : std::nullopt);
    insert.bind("underestimated", metrics ? std::optional(metrics->underestimated) : std::nullopt);
}

inline void bind_features(event_insert& insert, const estimation& e) {
    insert.bind("is_truncated_output", e.is_truncated_output);
    insert.bind("api_reference_required", e.api_reference_required);
    insert.bind("examples_required", e.examples_required);
    insert.bind("research_required", e.research_required);
    insert.bind("usage_guide_required", e.usage_guide_required);
    insert.bind("context_quality", e.context_quality);
    insert.bind("is_sot_file", e.is_sot_file);
    insert.bind("sot_file_name", e.sot_file_name);
    insert.bind("sot_entry_count_hint", e.sot_entry_count_hint);
}

} // namespace detail

/// Stores an estimation, whatever the layout of the file's table is.
/// errors: S413 deliverables that are no list, S412 no table, S217 to S219 and what else the database refuses
inline void write_estimation(sqlite::connection& database, const estimation& e, timestamp now) {
    if (!e.predicted_output_tokens || !e.actual_output_tokens) {
        throw error({.code = "S414",
                     .what_happened = "an estimation needs the predicted and the actual number of tokens",
                     .table = "token_estimation_v2_events",
                     .advice = "give both; 0 predicted tokens are allowed"});
    }
    const sanitised_deliverables deliverables = sanitise_deliverables(e.deliverables);
    const auto complexity = normalize_complexity(e.complexity).level;
    detail::event_insert insert(database, "token_estimation_v2_events");
    for (const std::string_view column : detail::estimation_columns) insert.add(column);
    insert.prepare();
    const std::string run = resolve_run_id(database, e.run_id, e.phase_id);
    const std::string time = now.to_string();
    insert.bind("run_id", run);
    insert.bind("phase_id", e.phase_id);
    insert.bind("timestamp", time);
    insert.bind("created_at", time);
    insert.bind("category", e.category);
    insert.bind("complexity", std::string(enum_name(complexity)));
    insert.bind("deliverable_count", deliverables.count);
    insert.bind("deliverables_json", deliverables.json);
    insert.bind("selected_budget", e.selected_budget);
    insert.bind("actual_max_tokens", e.actual_max_tokens);
    insert.bind("success", e.success);
    insert.bind("truncated", e.truncated);
    insert.bind("stop_reason", e.stop_reason);
    insert.bind("model", e.model);
    detail::bind_metrics(insert, *e.predicted_output_tokens, *e.actual_output_tokens);
    detail::bind_features(insert, e);
    insert.run();
}

} // namespace autopack_schema::ops
