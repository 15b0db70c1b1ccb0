// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/schema.hpp>
#include <autopack_schema/define/table.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/define/view.hpp>
#include <autopack_schema/migrate/migration.hpp>
#include <autopack_schema/migrate/migrations.hpp>
#include <autopack_schema/migrate/rules.hpp>
#include <autopack_schema/schemas/autopack/detail/spelling.hpp>
#include <autopack_schema/schemas/autopack/phase.hpp>
#include <autopack_schema/schemas/autopack/run.hpp>
#include <autopack_schema/schemas/autopack/tier.hpp>
#include <autopack_schema/schemas/autopack/token_estimation_v2_event_b129.hpp>
#include <autopack_schema/schemas/autopack/views.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace autopack_schema::ops::build_129 {

/// A row of `token_estimation_v2_events` before the SQL migration 004: the complexity may be 'critical'.
struct token_estimation_v2_event {
    std::int64_t event_id = 0;
    std::string run_id{};
    std::string phase_id{};
    autopack_schema::timestamp timestamp{};
    std::string category{};
    std::string complexity{};
    std::int64_t deliverable_count = 0;
    std::string deliverables_json{};
    std::int64_t predicted_output_tokens = 0;
    std::int64_t actual_output_tokens = 0;
    std::int64_t selected_budget = 0;
    bool success = false;
    bool truncated = false;
    std::optional<std::string> stop_reason{};
    std::string model{};
    std::optional<double> smape_percent{};
    std::optional<double> waste_ratio{};
    std::optional<bool> underestimated{};
    autopack_schema::timestamp created_at{};
};

namespace detail {

namespace spelling = schemas::autopack::detail;
using event = token_estimation_v2_event;

/// The table with a CHECK of its complexity and, where there is one, a foreign key of its phase.
template <class Complexity, class... PhaseKey>
consteval auto events_with(const Complexity& known_complexity, const PhaseKey&... phase_key) {
    return table<event>(
        "token_estimation_v2_events", column<&event::event_id>(primary_key, autoincrement),
        column<&event::run_id>(spelling::text, references("runs", "id").on_delete(cascade)),
        column<&event::phase_id>(spelling::text), column<&event::timestamp>(spelling::timestamp_, spelling::now),
        column<&event::category>(spelling::text), column<&event::complexity>(spelling::text, known_complexity),
        column<&event::deliverable_count>(), column<&event::deliverables_json>(spelling::text),
        column<&event::predicted_output_tokens>(), column<&event::actual_output_tokens>(),
        column<&event::selected_budget>(), column<&event::success>(), column<&event::truncated>(spelling::no),
        column<&event::stop_reason>(spelling::text), column<&event::model>(spelling::text),
        column<&event::smape_percent>(spelling::real), column<&event::waste_ratio>(spelling::real),
        column<&event::underestimated>(), column<&event::created_at>(spelling::timestamp_, spelling::now), phase_key...,
        index("ix_token_estimation_v2_run_id", "run_id"), index("ix_token_estimation_v2_phase_id", "phase_id"),
        index("ix_token_estimation_v2_timestamp", desc("timestamp")),
        index("ix_token_estimation_v2_category", "category"), index("ix_token_estimation_v2_complexity", "complexity"),
        index("ix_token_estimation_v2_success", "success"),
        index("ix_token_estimation_v2_truncated", "truncated").where("truncated = 1"),
        index("ix_token_estimation_v2_underestimated", "underestimated").where("underestimated = 1"),
        index("ix_token_estimation_v2_category_complexity", "category", "complexity"),
        index("ix_token_estimation_v2_deliverable_count", "deliverable_count"));
}

inline constexpr auto with_critical = check("complexity IN ('low', 'medium', 'high', 'critical')");
inline constexpr auto to_one_phase =
    foreign_key("run_id", "phase_id").references("phases", "run_id", "phase_id").on_delete(cascade);

} // namespace detail

namespace sql_002 {
/// As the SQL migration 002 made it, but for its foreign key `phase_id -> phases(phase_id)`: that column is not unique, so SQLite can
/// check no row by it, and a definition that says it does not compile (S121), which is how 003 would not have been needed.
inline constexpr auto token_estimation_v2_events = detail::events_with(detail::with_critical);
inline constexpr auto version =
    schema<schemas::autopack::runs, schemas::autopack::tiers, schemas::autopack::b129::phases,
           token_estimation_v2_events, schemas::autopack::v_token_estimation_validation,
           schemas::autopack::b129::v_recent_token_estimations>("autopack", "SQL 002");
} // namespace sql_002

namespace sql_003 {
/// The SQL migration 003: the foreign key names a phase of a run.
inline constexpr auto token_estimation_v2_events = detail::events_with(detail::with_critical, detail::to_one_phase);
inline constexpr auto version =
    schema<schemas::autopack::runs, schemas::autopack::tiers, schemas::autopack::b129::phases,
           token_estimation_v2_events, schemas::autopack::v_token_estimation_validation,
           schemas::autopack::b129::v_recent_token_estimations>("autopack", "SQL 003");
} // namespace sql_003

namespace sql_004 {
/// The SQL migration 004: 'maintenance' instead of 'critical'. It is the pack's version b129 of these tables.
inline constexpr auto version =
    schema<schemas::autopack::runs, schemas::autopack::tiers, schemas::autopack::b129::phases,
           schemas::autopack::b129::token_estimation_v2_events, schemas::autopack::v_token_estimation_validation,
           schemas::autopack::b129::v_recent_token_estimations>("autopack", "SQL 004");
} // namespace sql_004

/// The migration 003, checked by the compiler; rows of a phase that is not there stop it.
inline constexpr auto to_sql_003 = migration<sql_002::version, sql_003::version>("SQL 003");

/// The migration 004, checked by the compiler; rows with 'critical' stop it unless a rule of the run maps them.
inline constexpr auto to_sql_004 = migration<sql_003::version, sql_004::version>("SQL 004");
static_assert(to_sql_003.complete() && to_sql_004.complete());

/// Both, oldest first.
inline constexpr auto sql_migrations = migrations<to_sql_003, to_sql_004>();
static_assert(sql_migrations.reaches<sql_004::version>());

} // namespace autopack_schema::ops::build_129
