// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/detail/columns.hpp>
#include <autopack_schema/ops/detail/percent.hpp>
#include <autopack_schema/ops/identity/identity.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// Names and how many rows have each.
using counted_names = std::vector<std::pair<std::string, std::int64_t>>;

/// What a database says of the work on its phases.
struct phase_states {
    counted_names states{}; ///< COMPLETE, FAILED, QUEUED and EXECUTING always, others where there are any
    std::int64_t total = 0;
};

/// What a database says of estimations.
struct telemetry_statistics {
    std::int64_t total = 0;
    std::int64_t success = 0;
    std::int64_t truncated = 0;
    std::optional<std::int64_t> escalations{}; ///< empty where there is no such table
    counted_names success_by_category{};       ///< in the order of names
    counted_names success_by_complexity{};
};

namespace detail {

inline counted_names count_names(sqlite::connection& database, const std::string& sql) {
    counted_names found;
    sqlite::statement rows = database.prepare(sql);
    while (rows.step()) found.emplace_back(std::string(rows.column_text(0)), rows.column_int64(1));
    return found;
}

inline std::string counted_text(const counted_names& names) {
    std::string text;
    for (const auto& [name, count] : names) text += "    " + name + ": " + std::to_string(count) + "\n";
    return text;
}

inline std::string share_text(std::string_view what, std::int64_t part, std::int64_t whole) {
    return "  " + std::string(what) + ": " + std::to_string(part) + " (" + percent_of(part, whole) + ")\n";
}

} // namespace detail

/// Counts the phases by state.
/// errors: S412 there is no table `phases`
inline phase_states read_phase_states(sqlite::connection& database) {
    detail::require_columns(database, "phases");
    phase_states found;
    found.states = {{"COMPLETE", 0}, {"FAILED", 0}, {"QUEUED", 0}, {"EXECUTING", 0}};
    for (auto& counted :
         detail::count_names(database, "SELECT state, COUNT(*) FROM phases GROUP BY state ORDER BY state")) {
        found.total += counted.second;
        bool known = false;
        for (auto& state : found.states) {
            if (state.first == counted.first) state.second = counted.second, known = true;
        }
        if (!known) found.states.push_back(std::move(counted));
    }
    return found;
}

/// Counts the estimations.
/// errors: S412 there is no table `token_estimation_v2_events`
inline telemetry_statistics read_telemetry_statistics(sqlite::connection& database) {
    detail::require_columns(database, "token_estimation_v2_events");
    telemetry_statistics found;
    sqlite::statement row =
        database.prepare("SELECT COUNT(*), COUNT(CASE WHEN success THEN 1 END), COUNT(CASE WHEN truncated THEN 1 END) "
                         "FROM token_estimation_v2_events");
    row.step();
    found.total = row.column_int64(0);
    found.success = row.column_int64(1);
    found.truncated = row.column_int64(2);
    found.escalations = detail::count_of(database, "token_budget_escalation_events");
    const std::string by = "SELECT {}, COUNT(*) FROM token_estimation_v2_events WHERE success GROUP BY 1 ORDER BY 1";
    const auto grouped = [&](std::string_view column) {
        std::string sql = by;
        return detail::count_names(database, sql.replace(sql.find("{}"), 2, column));
    };
    found.success_by_category = grouped("category");
    found.success_by_complexity = grouped("complexity");
    return found;
}

/// The states for people: a line each.
inline std::string to_text(const phase_states& phases) {
    std::string text = "Phase State Breakdown:\n";
    for (const auto& [state, count] : phases.states) text += "  " + state + ": " + std::to_string(count) + "\n";
    return text + "  TOTAL: " + std::to_string(phases.total) + "\n";
}

/// The estimations for people.
inline std::string to_text(const telemetry_statistics& telemetry) {
    std::string text = "Telemetry Statistics:\n";
    text += "  Total events (v2): " + std::to_string(telemetry.total) + "\n";
    text += detail::share_text("Success=True", telemetry.success, telemetry.total);
    text += detail::share_text("Truncated=True", telemetry.truncated, telemetry.total);
    if (telemetry.escalations) text += "  Escalation events: " + std::to_string(*telemetry.escalations) + "\n";
    if (telemetry.total == 0) return text;
    text += "\n  By category (success only):\n" + detail::counted_text(telemetry.success_by_category);
    return text + "\n  By complexity (success only):\n" + detail::counted_text(telemetry.success_by_complexity);
}

} // namespace autopack_schema::ops
