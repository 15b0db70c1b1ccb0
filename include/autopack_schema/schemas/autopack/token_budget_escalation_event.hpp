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

/// A row of `token_budget_escalation_events`: a phase was tried again with a larger budget.
struct token_budget_escalation_event {
    std::int64_t event_id = 0;
    std::string run_id{};
    std::string phase_id{};
    autopack_schema::timestamp timestamp{};
    std::int64_t attempt_index = 0;
    escalation_reason reason = escalation_reason::truncation;
    bool was_truncated = false;
    std::optional<double> output_utilization{}; ///< percent
    double escalation_factor = 1.25;
    std::int64_t base_value = 0; ///< tokens
    budget_source base_source = budget_source::selected_budget;
    std::int64_t retry_max_tokens = 0;
    std::optional<std::int64_t> selected_budget{};
    std::optional<std::int64_t> actual_max_tokens{};
    std::optional<std::int64_t> tokens_used{};
};

// clang-format off
/// The table `token_budget_escalation_events`, the same from pre-142 on.
inline constexpr auto token_budget_escalation_events = table<token_budget_escalation_event>(
    "token_budget_escalation_events",
    column<&token_budget_escalation_event::event_id>(primary_key),
    column<&token_budget_escalation_event::run_id>(detail::varchar, references("runs", "id")),
    column<&token_budget_escalation_event::phase_id>(detail::varchar),
    column<&token_budget_escalation_event::timestamp>(detail::datetime, detail::now),
    column<&token_budget_escalation_event::attempt_index>(),
    column<&token_budget_escalation_event::reason>(detail::varchar),
    column<&token_budget_escalation_event::was_truncated>(detail::no),
    column<&token_budget_escalation_event::output_utilization>(detail::float_),
    column<&token_budget_escalation_event::escalation_factor>(detail::float_),
    column<&token_budget_escalation_event::base_value>(),
    column<&token_budget_escalation_event::base_source>(detail::varchar),
    column<&token_budget_escalation_event::retry_max_tokens>(),
    column<&token_budget_escalation_event::selected_budget>(),
    column<&token_budget_escalation_event::actual_max_tokens>(),
    column<&token_budget_escalation_event::tokens_used>(),
    foreign_key(name("fk_token_budget_escalation_run_phase"), "run_id", "phase_id")
        .references("phases", "run_id", "phase_id")
        .on_delete(cascade),
    index("ix_token_budget_escalation_events_event_id", "event_id"),
    index("ix_token_budget_escalation_events_run_id", "run_id"),
    index("ix_token_budget_escalation_events_phase_id", "phase_id"),
    index("ix_token_budget_escalation_events_timestamp", "timestamp"));
// clang-format on

} // namespace autopack_schema::schemas::autopack
