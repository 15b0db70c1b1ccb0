// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/identity/identity.hpp>

#include <cstdint>
#include <optional>

namespace autopack_schema::ops {

/// The rows of both tables of telemetry together.
struct telemetry_count {
    std::optional<std::int64_t> rows{}; ///< empty: neither table is there, or they could not be read
    bool has_tables = false;            ///< the one of estimations is there
};

/// Counts telemetry; whatever goes wrong, there is no number then.
inline telemetry_count count_telemetry(sqlite::connection& database) noexcept {
    try {
        const auto estimations = detail::count_of(database, "token_estimation_v2_events");
        const auto escalations = detail::count_of(database, "token_budget_escalation_events");
        if (!estimations && !escalations) return {};
        return {estimations.value_or(0) + escalations.value_or(0), estimations.has_value()};
    } catch (...) {
        return {std::nullopt, true};
    }
}

/// How many were added; unknown where one of both counts is, or where rows were deleted meanwhile.
inline std::optional<std::int64_t> added(const telemetry_count& before, const telemetry_count& after) {
    if (!before.rows || !after.rows || *after.rows < *before.rows) return std::nullopt;
    return *after.rows - *before.rows;
}

} // namespace autopack_schema::ops
