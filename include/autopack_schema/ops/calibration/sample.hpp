// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/ops/detail/columns.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::ops {

/// An estimation that went well, to calibrate by.
struct calibration_sample {
    std::string category{};
    std::string complexity{};
    std::int64_t estimated = 0; ///< tokens
    std::int64_t actual = 0;    ///< tokens
    std::int64_t selected_budget = 0;
    std::optional<std::int64_t> actual_max_tokens{}; ///< empty before BUILD-142
    std::string run_id{};
    std::string phase_id{};
    std::int64_t deliverable_count = 0;
};

namespace detail {

inline std::string or_unknown(std::string_view text) { return std::string(text.empty() ? "unknown" : text); }

inline calibration_sample read_sample(const sqlite::statement& row) {
    return {or_unknown(row.column_text(0)),
            or_unknown(row.column_text(1)),
            row.column_int64(2),
            row.column_int64(3),
            row.column_int64(4),
            optional_int64(row, 5),
            std::string(row.column_text(6)),
            std::string(row.column_text(7)),
            row.column_int64(8)};
}

} // namespace detail

/// Reads the samples of a database in the order in which they were stored: successful, not truncated, with both numbers, of a
/// known run and phase; of some runs only, where `runs` names any.
/// errors: S412 there is no table
inline std::vector<calibration_sample> read_calibration_samples(sqlite::connection& database,
                                                                const std::vector<std::string>& runs = {}) {
    const auto columns = detail::require_columns(database, "token_estimation_v2_events");
    sqlite::statement rows = database.prepare(
        "SELECT category, complexity, predicted_output_tokens, actual_output_tokens, selected_budget, " +
        detail::column_or(columns, "actual_max_tokens") +
        ", run_id, phase_id, deliverable_count FROM token_estimation_v2_events WHERE success = 1 AND truncated = 0 AND "
        "predicted_output_tokens IS NOT NULL AND actual_output_tokens IS NOT NULL AND run_id <> '' AND phase_id <> '' "
        "ORDER BY event_id");
    std::vector<calibration_sample> samples;
    while (rows.step()) {
        calibration_sample s = detail::read_sample(rows);
        if (runs.empty() || std::find(runs.begin(), runs.end(), s.run_id) != runs.end())
            samples.push_back(std::move(s));
    }
    return samples;
}

/// How many samples say what their provider was asked for.
struct ceiling_coverage {
    std::size_t known = 0;
    std::size_t samples = 0;

    double percent() const {
        return samples == 0 ? 0.0 : static_cast<double>(known) / static_cast<double>(samples) * 100.0;
    }
    /// Below this the waste is not to be relied on.
    bool is_low() const { return percent() < 80.0; }
};

/// Counts them.
inline ceiling_coverage coverage_of(const std::vector<calibration_sample>& samples) {
    const auto known =
        std::count_if(samples.begin(), samples.end(), [](const auto& s) { return s.actual_max_tokens.has_value(); });
    return {static_cast<std::size_t>(known), samples.size()};
}

} // namespace autopack_schema::ops
