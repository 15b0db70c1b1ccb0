// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/table.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/schemas/autopack/detail/spelling.hpp>
#include <autopack_schema/schemas/autopack/states.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace autopack_schema::schemas::autopack {

/// A row of `runs`: one build from plan to result.
struct run {
    std::string id{};
    run_state state = run_state::RUN_CREATED;
    timestamp created_at{};
    timestamp updated_at{};
    std::optional<timestamp> started_at{};
    std::optional<timestamp> completed_at{};
    std::string safety_profile = "normal";
    std::string run_scope = "multi_tier";
    std::int64_t token_cap = 5'000'000;
    std::int64_t max_phases = 25;
    std::int64_t max_duration_minutes = 120;
    std::optional<std::int64_t> max_minor_issues_total{};
    std::int64_t tokens_used = 0;
    std::int64_t ci_runs_used = 0;
    std::int64_t minor_issues_count = 0;
    std::int64_t major_issues_count = 0;
    std::string promotion_eligible_to_main = "false"; ///< "true" or "false": a text since the first version
    std::optional<std::string> debt_status{};
    std::optional<std::string> failure_reason{};
    std::optional<std::string> goal_anchor{};
};

// clang-format off
/// The table `runs`, the same in every version.
inline constexpr auto runs = table<run>(
    "runs",
    column<&run::id>(detail::varchar, primary_key),
    column<&run::state>(type("VARCHAR(33)"), default_value(run_state::RUN_CREATED)),
    column<&run::created_at>(detail::datetime, detail::now),
    column<&run::updated_at>(detail::datetime, detail::now),
    column<&run::started_at>(detail::datetime),
    column<&run::completed_at>(detail::datetime),
    column<&run::safety_profile>(detail::varchar, default_value("normal")),
    column<&run::run_scope>(detail::varchar, default_value("multi_tier")),
    column<&run::token_cap>(default_value(5'000'000)),
    column<&run::max_phases>(default_value(25)),
    column<&run::max_duration_minutes>(default_value(120)),
    column<&run::max_minor_issues_total>(),
    column<&run::tokens_used>(detail::zero),
    column<&run::ci_runs_used>(detail::zero),
    column<&run::minor_issues_count>(detail::zero),
    column<&run::major_issues_count>(detail::zero),
    column<&run::promotion_eligible_to_main>(detail::varchar, default_value("false")),
    column<&run::debt_status>(detail::varchar),
    column<&run::failure_reason>(detail::text),
    column<&run::goal_anchor>(detail::text),
    index("ix_runs_id", "id"));
// clang-format on

} // namespace autopack_schema::schemas::autopack
