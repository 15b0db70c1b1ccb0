// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/schema.hpp>
#include <autopack_schema/schemas/run_metadata/records.hpp>
#include <autopack_schema/schemas/run_metadata/run.hpp>

namespace autopack_schema::schemas::run_metadata {

namespace v1 {
/// Before 2025-11-02: `runs` with 21 columns.
inline constexpr auto version =
    schema<runs, mechanism_usage, resolution_assignments, validations>("run_metadata", "v1");
} // namespace v1

namespace v2 {
/// From 2025-11-02 on: `runs` with 27 columns.
inline constexpr auto version =
    schema<runs, mechanism_usage, resolution_assignments, validations>("run_metadata", "v2");
} // namespace v2

/// The schema that this library's row types are for.
inline constexpr const auto& current = v2::version;

} // namespace autopack_schema::schemas::run_metadata
