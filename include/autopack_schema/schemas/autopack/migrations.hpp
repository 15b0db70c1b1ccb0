// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/migration.hpp>
#include <autopack_schema/migrate/migrations.hpp>
#include <autopack_schema/migrate/rules.hpp>
#include <autopack_schema/schemas/autopack/versions.hpp>

namespace autopack_schema::schemas::autopack {

/// From b129: estimations get their features and the ORM's indexes, escalations get a table.
inline constexpr auto to_pre_142 = migration<b129::version, pre_142::version>(
    "pre-142", drop_index<"ix_token_estimation_v2_timestamp">(), drop_index<"ix_token_estimation_v2_truncated">(),
    drop_index<"ix_token_estimation_v2_underestimated">(), drop_index<"ix_token_estimation_v2_category_complexity">());

/// BUILD-142: `actual_max_tokens` begins as `selected_budget`, which until then was what the provider was asked for.
/// shape: a later run fills what is still NULL, which the original script does not
inline constexpr auto to_build_142 = migration<pre_142::version, build_142::version>(
    "BUILD-142", backfill<&token_estimation_v2_event::actual_max_tokens>("selected_budget"));

/// BUILD-144: `total_tokens` begins as the sum of the splits, and the splits need not be known any more.
/// shape: a later run repairs totals of 0 whose splits have a sum; other totals are never touched
inline constexpr auto to_build_144 = migration<build_142::version, build_144::version>(
    "BUILD-144", backfill<&llm_usage_event::total_tokens>("COALESCE(prompt_tokens, 0) + COALESCE(completion_tokens, 0)",
                                                          "total_tokens = 0"));

/// All migrations, oldest first.
inline constexpr auto migrations = autopack_schema::migrations<to_pre_142, to_build_142, to_build_144>();

static_assert(to_pre_142.complete() && to_build_142.complete() && to_build_144.complete());
static_assert(migrations.reaches<current>());

/// For files that the SQL migration 004 never saw: the complexity 'critical', which the CHECK refuses, becomes 'high'.
/// shape: in no migration, because it loses a distinction: give it in `run_options::rules`
inline constexpr migrate::data_rule critical_becomes_high{
    .kind = migrate::rule_kind::transform,
    .table = "token_estimation_v2_events",
    .name = "complexity",
    .sql = "'high'",
    .when = "complexity = 'critical'",
};

} // namespace autopack_schema::schemas::autopack
