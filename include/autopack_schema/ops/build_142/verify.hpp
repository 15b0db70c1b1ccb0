// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/ops/detail/columns.hpp>
#include <autopack_schema/ops/detail/percent.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace autopack_schema::ops::build_142 {

/// A row shown as an example.
struct sample {
    std::string phase_id{};
    std::int64_t selected_budget = 0;
    std::optional<std::int64_t> actual_max_tokens{};
};

/// What the verification of the BUILD-142 runbook found in a database.
struct verification {
    bool column_exists = false;
    std::int64_t events = 0;
    std::int64_t populated = 0;
    std::int64_t equal = 0; ///< rows where the ceiling is the estimator's budget: all, before the first new telemetry
    std::vector<sample> samples{}; ///< the first five rows

    /// Every criterion that a migration can meet: the column, and a value in every row.
    bool met() const noexcept { return column_exists && populated == events; }
};

/// Checks a database by the BUILD-142 runbook, step 3. Nothing is changed.
/// shape:  a database that was not migrated gives criteria that are not met, not an error
/// errors: S412 there is no table
inline verification verify(sqlite::connection& database) {
    const auto columns = ops::detail::require_columns(database, "token_estimation_v2_events");
    const std::string ceiling = ops::detail::column_or(columns, "actual_max_tokens");
    verification v{.column_exists = ops::detail::has_column(columns, "actual_max_tokens")};
    sqlite::statement counts =
        database.prepare("SELECT COUNT(*), COUNT(" + ceiling + "), COUNT(CASE WHEN selected_budget = " + ceiling +
                         " THEN 1 END) FROM token_estimation_v2_events");
    counts.step();
    v.events = counts.column_int64(0);
    v.populated = counts.column_int64(1);
    v.equal = counts.column_int64(2);
    sqlite::statement rows = database.prepare("SELECT phase_id, selected_budget, " + ceiling +
                                              " FROM token_estimation_v2_events ORDER BY event_id LIMIT 5");
    while (rows.step()) {
        v.samples.push_back(
            {std::string(rows.column_text(0)), rows.column_int64(1), ops::detail::optional_int64(rows, 2)});
    }
    return v;
}

namespace detail {

inline std::string criterion_text(bool met, const std::string& what, const std::string& number = {}) {
    return (met ? "✅ met      " : "❌ not met  ") + what + (number.empty() ? "" : ": " + number) + "\n";
}

inline std::string share_text(std::int64_t part, std::int64_t whole) {
    return std::to_string(part) + " of " + std::to_string(whole) + " (" + ops::detail::percent_of(part, whole) + ")";
}

inline std::string sample_text(const sample& s) {
    return "Phase: " + s.phase_id + "\n  selected_budget: " + std::to_string(s.selected_budget) +
           "\n  actual_max_tokens: " + (s.actual_max_tokens ? std::to_string(*s.actual_max_tokens) : "None") +
           "\n  Match: " + (s.actual_max_tokens == s.selected_budget ? "True" : "False") + "\n\n";
}

} // namespace detail

/// Option A of the runbook.
inline std::string option_a(const verification& v) {
    return std::string("Column exists: ") + (v.column_exists ? "True" : "False") +
           "\nTotal events: " + std::to_string(v.events) + "\nPopulated: " + std::to_string(v.populated) + " (" +
           ops::detail::percent_of(v.populated, v.events) + ")\n";
}

/// Option B of the runbook: one row of numbers, as the sqlite3 shell prints it.
inline std::string option_b(const verification& v) {
    return "total|populated\n" + std::to_string(v.events) + "|" + std::to_string(v.populated) + "\n";
}

/// The whole verification as the runbook shows it: options A and B, sample values, criteria.
inline std::string to_text(const verification& v) {
    std::string text = option_a(v) + "\n" + option_b(v) + "\n";
    for (const sample& s : v.samples) text += detail::sample_text(s);
    if (v.samples.empty()) text += "(no events)\n\n";
    text += "=== Validation Criteria ===\n" +
            detail::criterion_text(v.column_exists, "Column `actual_max_tokens` exists in schema");
    text += detail::criterion_text(v.met(), "Population rate = 100% (all rows have non-null `actual_max_tokens`)",
                                   detail::share_text(v.populated, v.events));
    text += detail::criterion_text(v.column_exists && v.equal == v.events,
                                   "For pre-BUILD-142 data: `selected_budget == actual_max_tokens`",
                                   detail::share_text(v.equal, v.events));
    if (v.column_exists && v.equal != v.populated) {
        text += std::to_string(v.populated - v.equal) +
                " rows have another ceiling than the estimator's budget: telemetry from after BUILD-142 may\n";
    }
    return text;
}

} // namespace autopack_schema::ops::build_142
