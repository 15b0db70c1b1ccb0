// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/table.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/schemas/autopack/detail/spelling.hpp>

#include <cstdint>
#include <string>

namespace autopack_schema::schemas::autopack {

/// A row of `doctor_usage_stats`: how often a run called the doctor.
struct doctor_usage {
    std::int64_t id = 0;
    std::string run_id{};
    std::int64_t doctor_calls_total = 0;
    std::int64_t doctor_cheap_calls = 0;
    std::int64_t doctor_strong_calls = 0;
    std::int64_t doctor_escalations = 0;
    std::string doctor_actions = "{}"; ///< JSON: how often each action was taken, {"replan": 2}
    timestamp created_at{};
    timestamp updated_at{};
};

// clang-format off
/// The table `doctor_usage_stats`, the same in every version.
inline constexpr auto doctor_usage_stats = table<doctor_usage>(
    "doctor_usage_stats",
    column<&doctor_usage::id>(primary_key),
    column<&doctor_usage::run_id>(detail::varchar),
    column<&doctor_usage::doctor_calls_total>(detail::zero),
    column<&doctor_usage::doctor_cheap_calls>(detail::zero),
    column<&doctor_usage::doctor_strong_calls>(detail::zero),
    column<&doctor_usage::doctor_escalations>(detail::zero),
    column<&doctor_usage::doctor_actions>(detail::json, default_value("{}")),
    column<&doctor_usage::created_at>(detail::datetime, detail::now),
    column<&doctor_usage::updated_at>(detail::datetime, detail::now),
    index("ix_doctor_usage_stats_id", "id"),
    unique_index("ix_doctor_usage_stats_run_id", "run_id"));
// clang-format on

} // namespace autopack_schema::schemas::autopack
