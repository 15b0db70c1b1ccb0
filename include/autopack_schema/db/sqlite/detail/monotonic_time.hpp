// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/header_only.hpp>

#include <cstdint>

namespace autopack_schema::sqlite::detail {

/// Milliseconds of a clock that nobody sets.
AUTOPACK_SCHEMA_FUNCTION std::int64_t monotonic_ms();

} // namespace autopack_schema::sqlite::detail

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/db/sqlite/body/monotonic_time.hpp>
#endif
