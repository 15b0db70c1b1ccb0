// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/table.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/schemas/autopack/detail/spelling.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace autopack_schema::schemas::autopack {

/// A row of `llm_usage_events`: what one call of a model used.
struct llm_usage_event {
    std::int64_t id = 0;
    std::string provider{};
    std::string model{};
    std::optional<std::string> run_id{}; ///< no foreign key: telemetry names runs that were never stored, as 'unknown'
    std::optional<std::string> phase_id{};
    std::string role{};
    std::int64_t total_tokens = 0;                 ///< tokens; always known
    std::optional<std::int64_t> prompt_tokens{};     ///< tokens; empty where the provider gives a total only
    std::optional<std::int64_t> completion_tokens{}; ///< tokens; empty where the provider gives a total only
    timestamp created_at{};
    bool is_doctor_call = false;
    std::optional<std::string> doctor_model{};
    std::optional<std::string> doctor_action{};
};

// clang-format off
/// The table `llm_usage_events` from BUILD-144 on.
inline constexpr auto llm_usage_events = table<llm_usage_event>(
    "llm_usage_events",
    column<&llm_usage_event::id>(primary_key),
    column<&llm_usage_event::provider>(detail::varchar),
    column<&llm_usage_event::model>(detail::varchar),
    column<&llm_usage_event::run_id>(detail::varchar),
    column<&llm_usage_event::phase_id>(detail::varchar),
    column<&llm_usage_event::role>(detail::varchar),
    column<&llm_usage_event::total_tokens>(detail::zero),
    column<&llm_usage_event::prompt_tokens>(),
    column<&llm_usage_event::completion_tokens>(),
    column<&llm_usage_event::created_at>(detail::datetime, detail::now),
    column<&llm_usage_event::is_doctor_call>(detail::no),
    column<&llm_usage_event::doctor_model>(detail::varchar),
    column<&llm_usage_event::doctor_action>(detail::varchar),
    index("ix_llm_usage_events_id", "id"),
    index("ix_llm_usage_events_provider", "provider"),
    index("ix_llm_usage_events_model", "model"),
    index("ix_llm_usage_events_run_id", "run_id"),
    index("ix_llm_usage_events_created_at", "created_at"),
    index("ix_llm_usage_events_is_doctor_call", "is_doctor_call"));
// clang-format on

namespace pre_144 {

/// A row of `llm_usage_events` before BUILD-144: no total, and no way to leave the splits out.
struct llm_usage_event {
    std::int64_t id = 0;
    std::string provider{};
    std::string model{};
    std::optional<std::string> run_id{};
    std::optional<std::string> phase_id{};
    std::string role{};
    std::int64_t prompt_tokens = 0;
    std::int64_t completion_tokens = 0;
    timestamp created_at{};
    bool is_doctor_call = false;
    std::optional<std::string> doctor_model{};
    std::optional<std::string> doctor_action{};
};

// clang-format off
/// The table `llm_usage_events` before BUILD-144.
inline constexpr auto llm_usage_events = table<llm_usage_event>(
    "llm_usage_events",
    column<&llm_usage_event::id>(primary_key),
    column<&llm_usage_event::provider>(detail::varchar),
    column<&llm_usage_event::model>(detail::varchar),
    column<&llm_usage_event::run_id>(detail::varchar),
    column<&llm_usage_event::phase_id>(detail::varchar),
    column<&llm_usage_event::role>(detail::varchar),
    column<&llm_usage_event::prompt_tokens>(),
    column<&llm_usage_event::completion_tokens>(),
    column<&llm_usage_event::created_at>(detail::datetime, detail::now),
    column<&llm_usage_event::is_doctor_call>(detail::no),
    column<&llm_usage_event::doctor_model>(detail::varchar),
    column<&llm_usage_event::doctor_action>(detail::varchar),
    index("ix_llm_usage_events_id", "id"),
    index("ix_llm_usage_events_provider", "provider"),
    index("ix_llm_usage_events_model", "model"),
    index("ix_llm_usage_events_run_id", "run_id"),
    index("ix_llm_usage_events_created_at", "created_at"),
    index("ix_llm_usage_events_is_doctor_call", "is_doctor_call"));
// clang-format on

} // namespace pre_144
} // namespace autopack_schema::schemas::autopack
