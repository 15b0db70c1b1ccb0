// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/table.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/schemas/autopack/detail/spelling.hpp>
#include <autopack_schema/schemas/autopack/states.hpp>
#include <autopack_schema/schemas/autopack/token_estimation_v2_event.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace autopack_schema::schemas::autopack {
namespace b129 {

/// A row of `token_estimation_v2_events` as the SQL migration 004 left it.
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
    std::int64_t selected_budget = 0; ///< what the estimator asked for
    bool success = false;
    bool truncated = false;
    std::optional<std::string> stop_reason{};
    std::string model{};
    std::optional<double> smape_percent{}; ///< percent: 18.18, not 18
    std::optional<double> waste_ratio{};   ///< ratio: 1.5, not 150
    std::optional<bool> underestimated{};
    autopack_schema::timestamp created_at{};
};

// clang-format off
/// The table `token_estimation_v2_events` as the SQL migration 004 left it.
inline constexpr auto token_estimation_v2_events = table<token_estimation_v2_event>(
    "token_estimation_v2_events",
    column<&token_estimation_v2_event::event_id>(primary_key, autoincrement),
    column<&token_estimation_v2_event::run_id>(detail::text, references("runs", "id").on_delete(cascade)),
    column<&token_estimation_v2_event::phase_id>(detail::text),
    column<&token_estimation_v2_event::timestamp>(detail::timestamp_, detail::now),
    column<&token_estimation_v2_event::category>(detail::text),
    column<&token_estimation_v2_event::complexity>(detail::text, detail::known_complexity),
    column<&token_estimation_v2_event::deliverable_count>(),
    column<&token_estimation_v2_event::deliverables_json>(detail::text),
    column<&token_estimation_v2_event::predicted_output_tokens>(),
    column<&token_estimation_v2_event::actual_output_tokens>(),
    column<&token_estimation_v2_event::selected_budget>(),
    column<&token_estimation_v2_event::success>(),
    column<&token_estimation_v2_event::truncated>(detail::no),
    column<&token_estimation_v2_event::stop_reason>(detail::text),
    column<&token_estimation_v2_event::model>(detail::text),
    column<&token_estimation_v2_event::smape_percent>(detail::real),
    column<&token_estimation_v2_event::waste_ratio>(detail::real),
    column<&token_estimation_v2_event::underestimated>(),
    column<&token_estimation_v2_event::created_at>(detail::timestamp_, detail::now),
    foreign_key("run_id", "phase_id").references("phases", "run_id", "phase_id").on_delete(cascade),
    index("ix_token_estimation_v2_run_id", "run_id"),
    index("ix_token_estimation_v2_phase_id", "phase_id"),
    index("ix_token_estimation_v2_timestamp", desc("timestamp")),
    index("ix_token_estimation_v2_category", "category"),
    index("ix_token_estimation_v2_complexity", "complexity"),
    index("ix_token_estimation_v2_success", "success"),
    index("ix_token_estimation_v2_truncated", "truncated").where("truncated = 1"),
    index("ix_token_estimation_v2_underestimated", "underestimated").where("underestimated = 1"),
    index("ix_token_estimation_v2_category_complexity", "category", "complexity"),
    index("ix_token_estimation_v2_deliverable_count", "deliverable_count"));
// clang-format on

} // namespace b129
} // namespace autopack_schema::schemas::autopack
