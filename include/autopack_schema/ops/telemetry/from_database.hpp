// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/ops/detail/columns.hpp>
#include <autopack_schema/ops/estimation/metrics.hpp>
#include <autopack_schema/ops/telemetry/record.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// A row of `token_estimation_v2_events` as far as every layout of the table has it.
struct telemetry_event {
    std::int64_t event_id = 0;
    std::string run_id{};
    std::string phase_id{};
    std::string timestamp{}; ///< as it is stored
    std::string category{};
    std::string complexity{};
    std::int64_t deliverable_count = 0;
    std::string deliverables_json{};
    std::int64_t predicted = 0;
    std::int64_t actual = 0;
    std::int64_t selected_budget = 0;
    std::optional<std::int64_t> actual_max_tokens{}; ///< empty before BUILD-142
    bool success = false;
    bool truncated = false;
    std::optional<std::string> stop_reason{};
    std::string model{};
    std::optional<double> smape_percent{};
    std::optional<double> waste_ratio{};
    std::optional<bool> underestimated{};

    /// When, as ISO 8601; what is stored where that is no time.
    std::string iso_time() const {
        const auto time = autopack_schema::timestamp::parse(timestamp);
        return time ? time->to_iso_string() : timestamp;
    }
};

namespace detail {

inline telemetry_event read_event(const sqlite::statement& row) {
    const auto text = [&row](int column) { return std::string(row.column_text(column)); };
    telemetry_event e{row.column_int64(0), text(1), text(2), text(3), text(4), text(5), row.column_int64(6), text(7)};
    e.predicted = row.column_int64(8);
    e.actual = row.column_int64(9);
    e.selected_budget = row.column_int64(10);
    e.success = row.column_int64(11) != 0;
    e.truncated = row.column_int64(12) != 0;
    e.stop_reason = optional_text(row, 13);
    e.model = text(14);
    e.smape_percent = optional_double(row, 15);
    e.waste_ratio = optional_double(row, 16);
    e.underestimated = optional_bool(row, 17);
    e.actual_max_tokens = optional_int64(row, 18);
    return e;
}

} // namespace detail

/// In which order events are read.
enum class event_order : std::uint8_t { stored, newest_first };

/// Reads all estimation events, one after the other, whatever the layout of the table; `each` may stop by throwing.
/// shape:  `each(const telemetry_event&)`
/// errors: S412 there is no table
template <class Each>
void for_each_event(sqlite::connection& database, event_order order, Each&& each) {
    const auto columns = detail::require_columns(database, "token_estimation_v2_events");
    sqlite::statement rows = database.prepare(
        "SELECT event_id, run_id, phase_id, timestamp, category, complexity, deliverable_count, deliverables_json, "
        "predicted_output_tokens, actual_output_tokens, selected_budget, success, truncated, stop_reason, model, "
        "smape_percent, "
        "waste_ratio, underestimated, " +
        detail::column_or(columns, "actual_max_tokens") + " FROM token_estimation_v2_events ORDER BY " +
        (order == event_order::stored ? "event_id" : "timestamp DESC, event_id"));
    while (rows.step()) each(detail::read_event(rows));
}

/// The same as a list.
inline std::vector<telemetry_event> read_events(sqlite::connection& database, event_order order = event_order::stored) {
    std::vector<telemetry_event> events;
    for_each_event(database, order, [&](telemetry_event e) { events.push_back(std::move(e)); });
    return events;
}

/// An event as a line of a log would say it; its error is computed where it is not stored.
inline telemetry_record record_of(const telemetry_event& e, std::string source) {
    const auto word = [](bool value) { return std::string(value ? "True" : "False"); };
    return {.predicted = e.predicted,
            .actual = e.actual,
            .error_percent = e.smape_percent.value_or(
                e.predicted == 0 && e.actual == 0 ? 0.0 : smape_percent(e.predicted, e.actual)),
            .timestamp = e.timestamp,
            .source = std::move(source),
            .line = static_cast<std::size_t>(e.event_id),
            .is_v2 = true,
            .selected_budget = std::to_string(e.selected_budget),
            .category = e.category,
            .complexity = e.complexity,
            .deliverables = e.deliverable_count,
            .success = word(e.success),
            .stop_reason = e.stop_reason.value_or("None"),
            .truncated = word(e.truncated),
            .model = e.model};
}

} // namespace autopack_schema::ops
