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

/// A row of `phases`: one step of a run.
struct phase {
    std::int64_t id = 0;
    std::string phase_id{}; ///< unique within its run only
    std::string run_id{};
    std::int64_t tier_id = 0;
    std::int64_t phase_index = 0;
    std::string name{};
    std::optional<std::string> description{};
    phase_state state = phase_state::QUEUED;
    std::optional<std::string> task_category{};
    std::optional<std::string> complexity{};
    std::optional<std::string> builder_mode{};
    std::optional<std::string> scope{}; ///< JSON
    std::optional<std::int64_t> max_builder_attempts{};
    std::optional<std::int64_t> max_auditor_attempts{};
    std::optional<std::int64_t> incident_token_cap{};
    std::int64_t builder_attempts = 0;
    std::int64_t auditor_attempts = 0;
    std::int64_t tokens_used = 0;
    std::int64_t minor_issues_count = 0;
    std::int64_t major_issues_count = 0;
    std::string issue_state = "no_issues";
    std::optional<std::string> quality_level{};
    bool quality_blocked = false;
    std::int64_t retry_attempt = 0;
    std::int64_t revision_epoch = 0;
    std::int64_t escalation_level = 0;
    std::optional<timestamp> last_attempt_timestamp{};
    std::optional<std::string> last_failure_reason{};
    timestamp created_at{};
    timestamp updated_at{};
    std::optional<timestamp> started_at{};
    std::optional<timestamp> completed_at{};
};

namespace detail {

// clang-format off
/// `phases` with the given way to keep (run_id, phase_id) unique.
template <class Uniqueness>
consteval auto phases_with(const Uniqueness& unique_per_run) {
    return table<phase>(
        "phases",
        column<&phase::id>(primary_key),
        column<&phase::phase_id>(varchar),
        column<&phase::run_id>(varchar, references("runs", "id")),
        column<&phase::tier_id>(references("tiers", "id")),
        column<&phase::phase_index>(),
        column<&phase::name>(varchar),
        column<&phase::description>(text),
        column<&phase::state>(type("VARCHAR(10)"), default_value(phase_state::QUEUED)),
        column<&phase::task_category>(varchar),
        column<&phase::complexity>(varchar),
        column<&phase::builder_mode>(varchar),
        column<&phase::scope>(json),
        column<&phase::max_builder_attempts>(),
        column<&phase::max_auditor_attempts>(),
        column<&phase::incident_token_cap>(),
        column<&phase::builder_attempts>(zero),
        column<&phase::auditor_attempts>(zero),
        column<&phase::tokens_used>(zero),
        column<&phase::minor_issues_count>(zero),
        column<&phase::major_issues_count>(zero),
        column<&phase::issue_state>(varchar, default_value("no_issues")),
        column<&phase::quality_level>(varchar),
        column<&phase::quality_blocked>(no),
        column<&phase::retry_attempt>(zero),
        column<&phase::revision_epoch>(zero),
        column<&phase::escalation_level>(zero),
        column<&phase::last_attempt_timestamp>(datetime),
        column<&phase::last_failure_reason>(varchar),
        column<&phase::created_at>(datetime, now),
        column<&phase::updated_at>(datetime, now),
        column<&phase::started_at>(datetime),
        column<&phase::completed_at>(datetime),
        unique_per_run,
        index("ix_phases_id", "id"),
        index("ix_phases_phase_id", "phase_id"));
}
// clang-format on

} // namespace detail

/// The table `phases`, the same from pre-142 on.
inline constexpr auto phases = detail::phases_with(unique(name("uq_phases_run_id_phase_id"), "run_id", "phase_id"));

namespace b129 {

/// `phases` as the SQL migration 003 left it: with a unique index where the ORM later declares a constraint.
inline constexpr auto phases = detail::phases_with(unique_index("uq_phases_run_id_phase_id", "run_id", "phase_id"));

} // namespace b129
} // namespace autopack_schema::schemas::autopack
