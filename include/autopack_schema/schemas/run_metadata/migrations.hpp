// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/migration.hpp>
#include <autopack_schema/migrate/migrations.hpp>
#include <autopack_schema/migrate/rules.hpp>
#include <autopack_schema/schemas/run_metadata/versions.hpp>

namespace autopack_schema::schemas::run_metadata {

/// From v1: what the fidelity strategy did. The runs that are there were made by version 1.0 and say so: the default of
/// the column, "2.0", is for new ones.
inline constexpr auto to_v2 = migration<v1::version, v2::version>("v2", backfill<&run::schema_version>("'1.0'"));

/// All migrations.
inline constexpr auto migrations = autopack_schema::migrations<to_v2>();

static_assert(to_v2.complete());
static_assert(migrations.reaches<current>());

} // namespace autopack_schema::schemas::run_metadata
