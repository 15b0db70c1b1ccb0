// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/ops/usage/period.hpp>
#include <autopack_schema/ops/usage/totals.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace autopack_schema::ops {

/// One provider's tokens in each step of a timeline.
struct timeline_series {
    std::string provider{};
    std::vector<std::int64_t> tokens{};
};

/// Usage over time: steps of an hour or a day up to now.
struct usage_timeline {
    timestamp start{}; ///< of the first step
    std::chrono::hours step{1};
    std::vector<timeline_series> series{}; ///< in the order in which providers appear first

    std::size_t steps() const { return series.empty() ? 0 : series.front().tokens.size(); }
};

namespace detail {

inline std::vector<std::int64_t>& series_of(usage_timeline& line, const std::string& provider, std::size_t steps) {
    const auto found =
        std::find_if(line.series.begin(), line.series.end(), [&](const auto& s) { return s.provider == provider; });
    if (found != line.series.end()) return found->tokens;
    line.series.push_back({provider, std::vector<std::int64_t>(steps, 0)});
    return line.series.back().tokens;
}

} // namespace detail

/// Sums the events of a period by step and provider; the steps end now, so the first and the last are whole.
/// shape:  events whose time cannot be read belong to no step; events from the future to the last
/// errors: S412 no table, S415 a table from before BUILD-144
inline usage_timeline read_timeline(sqlite::connection& database, const usage_period& period, timestamp now) {
    detail::require_totals(database);
    usage_timeline line{.start = period.start(now), .step = period.step()};
    const auto steps = static_cast<std::size_t>(period.length() / period.step());
    sqlite::statement rows = database.prepare("SELECT provider, created_at, total_tokens FROM llm_usage_events "
                                              "WHERE created_at >= ?1 ORDER BY created_at, id");
    rows.bind(1, line.start.to_string());
    while (rows.step()) {
        const auto when = timestamp::parse(rows.column_text(1));
        if (!when) continue;
        const auto passed = (when->time() - line.start.time()) / std::chrono::microseconds(line.step);
        const auto place =
            static_cast<std::size_t>(std::clamp<std::int64_t>(passed, 0, static_cast<std::int64_t>(steps) - 1));
        detail::series_of(line, std::string(rows.column_text(0)), steps)[place] += rows.column_int64(2);
    }
    return line;
}

} // namespace autopack_schema::ops
