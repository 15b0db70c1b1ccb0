// SPDX-License-Identifier: MIT
#pragma once

// The metadata of runs; its table `runs` has nothing to do with the one of schemas/autopack.hpp.

#include <autopack_schema/schemas/pack.hpp>
#include <autopack_schema/schemas/run_metadata/migrations.hpp>
#include <autopack_schema/schemas/run_metadata/versions.hpp>

#include <array>

namespace autopack_schema::schemas::run_metadata {

/// The versions, oldest first.
inline constexpr std::array versions{v1::version.model(), v2::version.model()};

/// All of it, for code that does not know the types.
inline constexpr schemas::pack pack{"run_metadata", versions, migrations.views()};

} // namespace autopack_schema::schemas::run_metadata
