// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/ascii.hpp>

#include <cstdlib>
#include <string>
#include <string_view>

namespace autopack_schema::ops {

/// The environment variable that switches telemetry on.
inline constexpr const char* telemetry_switch = "TELEMETRY_DB_ENABLED";

/// Tells whether a value switches telemetry on: exactly 1, true or yes, in any case of letters and without spaces.
inline bool is_telemetry_on(std::string_view value) {
    const std::string word = detail::lowered(value);
    return word == "1" || word == "true" || word == "yes";
}

/// Reads the switch from the environment; off where it is not set.
inline bool is_telemetry_enabled() {
    const char* const value = std::getenv(telemetry_switch);
    return value != nullptr && is_telemetry_on(value);
}

} // namespace autopack_schema::ops
