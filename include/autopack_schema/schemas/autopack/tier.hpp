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

/// A row of `tiers`: a group of phases of a run.
struct tier {
    std::int64_t id = 0;
    std::string tier_id{};
    std::string run_id{};
    std::int64_t tier_index = 0;
    std::string name{};
    std::optional<std::string> description{};
    tier_state state = tier_state::PENDING;
    std::optional<std::int64_t> token_cap{};
    std::optional<std::int64_t> ci_run_cap{};
    std::optional<std::int64_t> max_minor_issues_tolerated{};
    std::int64_t max_major_issues_tolerated = 0;
    std::int64_t tokens_used = 0;
    std::int64_t ci_runs_used = 0;
    std::int64_t minor_issues_count = 0;
    std::int64_t major_issues_count = 0;
    std::string cleanliness = "clean";
    timestamp created_at{};
    timestamp updated_at{};
    std::optional<timestamp> started_at{};
    std::optional<timestamp> completed_at{};
};

// clang-format off
/// The table `tiers`, the same in every version.
inline constexpr auto tiers = table<tier>(
    "tiers",
    column<&tier::id>(primary_key),
    column<&tier::tier_id>(detail::varchar),
    column<&tier::run_id>(detail::varchar, references("runs", "id")),
    column<&tier::tier_index>(),
    column<&tier::name>(detail::varchar),
    column<&tier::description>(detail::text),
    column<&tier::state>(type("VARCHAR(11)"), default_value(tier_state::PENDING)),
    column<&tier::token_cap>(),
    column<&tier::ci_run_cap>(),
    column<&tier::max_minor_issues_tolerated>(),
    column<&tier::max_major_issues_tolerated>(detail::zero),
    column<&tier::tokens_used>(detail::zero),
    column<&tier::ci_runs_used>(detail::zero),
    column<&tier::minor_issues_count>(detail::zero),
    column<&tier::major_issues_count>(detail::zero),
    column<&tier::cleanliness>(detail::varchar, default_value("clean")),
    column<&tier::created_at>(detail::datetime, detail::now),
    column<&tier::updated_at>(detail::datetime, detail::now),
    column<&tier::started_at>(detail::datetime),
    column<&tier::completed_at>(detail::datetime),
    index("ix_tiers_id", "id"),
    index("ix_tiers_tier_id", "tier_id"));
// clang-format on

} // namespace autopack_schema::schemas::autopack
