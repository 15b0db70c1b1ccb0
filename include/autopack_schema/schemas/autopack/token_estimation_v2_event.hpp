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

namespace detail {
/// Ruling: the CHECK of the SQL migration 004, which no ORM file has.
inline constexpr auto known_complexity = check("complexity IN ('low', 'medium', 'high', 'maintenance')");
} // namespace detail

/// A row of `token_estimation_v2_events`: what the estimator predicted for a phase, and what came.
struct token_estimation_v2_event {
    std::int64_t event_id = 0;
    std::string run_id{};
    std::string phase_id{};
    autopack_schema::timestamp timestamp{};
    std::string category{};
    complexity_level complexity = complexity_level::low;
    std::int64_t deliverable_count = 0; ///< of all deliverables, also of those that `deliverables_json` leaves out
    std::string deliverables_json{};      ///< JSON: at most 20 paths
    std::int64_t predicted_output_tokens = 0;
    std::int64_t actual_output_tokens = 0;
    std::int64_t selected_budget = 0;              ///< what the estimator asked for
    std::optional<std::int64_t> actual_max_tokens{}; ///< what the provider was asked for at most
    bool success = false;
    bool truncated = false;
    std::optional<std::string> stop_reason{};
    std::string model{};
    std::optional<double> smape_percent{}; ///< percent: 18.18, not 18
    std::optional<double> waste_ratio{};   ///< ratio: 1.5, not 150
    std::optional<bool> underestimated{};
    bool is_truncated_output = false;
    std::optional<bool> api_reference_required{};
    std::optional<bool> examples_required{};
    std::optional<bool> research_required{};
    std::optional<bool> usage_guide_required{};
    std::optional<std::string> context_quality{};
    std::optional<bool> is_sot_file{};
    std::optional<std::string> sot_file_name{};
    std::optional<std::int64_t> sot_entry_count_hint{};
    autopack_schema::timestamp created_at{};
};

// clang-format off
/// The table `token_estimation_v2_events` from BUILD-142 on.
inline constexpr auto token_estimation_v2_events = table<token_estimation_v2_event>(
    "token_estimation_v2_events",
    column<&token_estimation_v2_event::event_id>(primary_key),
    column<&token_estimation_v2_event::run_id>(detail::varchar, references("runs", "id")),
    column<&token_estimation_v2_event::phase_id>(detail::varchar),
    column<&token_estimation_v2_event::timestamp>(detail::datetime, detail::now),
    column<&token_estimation_v2_event::category>(detail::varchar),
    column<&token_estimation_v2_event::complexity>(detail::varchar, detail::known_complexity),
    column<&token_estimation_v2_event::deliverable_count>(),
    column<&token_estimation_v2_event::deliverables_json>(detail::text),
    column<&token_estimation_v2_event::predicted_output_tokens>(),
    column<&token_estimation_v2_event::actual_output_tokens>(),
    column<&token_estimation_v2_event::selected_budget>(),
    column<&token_estimation_v2_event::actual_max_tokens>(),
    column<&token_estimation_v2_event::success>(),
    column<&token_estimation_v2_event::truncated>(detail::no),
    column<&token_estimation_v2_event::stop_reason>(detail::varchar),
    column<&token_estimation_v2_event::model>(detail::varchar),
    column<&token_estimation_v2_event::smape_percent>(detail::float_),
    column<&token_estimation_v2_event::waste_ratio>(detail::float_),
    column<&token_estimation_v2_event::underestimated>(),
    column<&token_estimation_v2_event::is_truncated_output>(detail::no),
    column<&token_estimation_v2_event::api_reference_required>(),
    column<&token_estimation_v2_event::examples_required>(),
    column<&token_estimation_v2_event::research_required>(),
    column<&token_estimation_v2_event::usage_guide_required>(),
    column<&token_estimation_v2_event::context_quality>(detail::varchar),
    column<&token_estimation_v2_event::is_sot_file>(detail::no),
    column<&token_estimation_v2_event::sot_file_name>(detail::varchar),
    column<&token_estimation_v2_event::sot_entry_count_hint>(),
    column<&token_estimation_v2_event::created_at>(detail::datetime, detail::now),
    foreign_key(name("fk_token_est_v2_run_phase"), "run_id", "phase_id")
        .references("phases", "run_id", "phase_id")
        .on_delete(cascade),
    index("ix_token_estimation_v2_events_event_id", "event_id"),
    index("ix_token_estimation_v2_events_run_id", "run_id"),
    index("ix_token_estimation_v2_events_phase_id", "phase_id"),
    index("ix_token_estimation_v2_events_timestamp", "timestamp"),
    index("ix_token_estimation_v2_events_category", "category"),
    index("ix_token_estimation_v2_events_complexity", "complexity"),
    index("ix_token_estimation_v2_events_deliverable_count", "deliverable_count"),
    index("ix_token_estimation_v2_events_success", "success"),
    index("ix_token_estimation_v2_events_truncated", "truncated"),
    index("ix_token_estimation_v2_events_underestimated", "underestimated"),
    index("ix_token_estimation_v2_events_is_truncated_output", "is_truncated_output"),
    index("ix_token_estimation_v2_events_created_at", "created_at"));
// clang-format on

} // namespace autopack_schema::schemas::autopack
