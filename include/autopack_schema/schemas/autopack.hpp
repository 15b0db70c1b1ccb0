// SPDX-License-Identifier: MIT
#pragma once

// The database of the build orchestrator: runs, tiers, phases, usage and estimation telemetry.

#include <autopack_schema/schemas/autopack/migrations.hpp>
#include <autopack_schema/schemas/autopack/versions.hpp>
#include <autopack_schema/schemas/pack.hpp>

#include <array>

namespace autopack_schema::schemas::autopack {

/// The versions, oldest first.
inline constexpr std::array versions{b129::version.model(), pre_142::version.model(), build_142::version.model(),
                                     build_144::version.model()};

/// All of it, for code that does not know the types.
inline constexpr schemas::pack pack{"autopack", versions, migrations.views()};

} // namespace autopack_schema::schemas::autopack
