// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/detail/monotonic_time.hpp>

#include <chrono>

namespace autopack_schema::sqlite::detail {

AUTOPACK_SCHEMA_FUNCTION std::int64_t monotonic_ms() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

} // namespace autopack_schema::sqlite::detail
