// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

// The only place where the version is written; CMake and Conan read these three lines.
#define AUTOPACK_SCHEMA_VERSION_MAJOR 0
#define AUTOPACK_SCHEMA_VERSION_MINOR 1
#define AUTOPACK_SCHEMA_VERSION_PATCH 0

/// The version as one number that grows: major * 10000 + minor * 100 + patch.
#define AUTOPACK_SCHEMA_VERSION \
    (AUTOPACK_SCHEMA_VERSION_MAJOR * 10000 + AUTOPACK_SCHEMA_VERSION_MINOR * 100 + AUTOPACK_SCHEMA_VERSION_PATCH)

#define AUTOPACK_SCHEMA_DETAIL_TEXT_OF(number) #number
#define AUTOPACK_SCHEMA_DETAIL_TEXT(number) AUTOPACK_SCHEMA_DETAIL_TEXT_OF(number)

namespace autopack_schema {

/// The version as text, "0.1.0".
inline constexpr std::string_view version = AUTOPACK_SCHEMA_DETAIL_TEXT(AUTOPACK_SCHEMA_VERSION_MAJOR) "." AUTOPACK_SCHEMA_DETAIL_TEXT(
    AUTOPACK_SCHEMA_VERSION_MINOR) "." AUTOPACK_SCHEMA_DETAIL_TEXT(AUTOPACK_SCHEMA_VERSION_PATCH);

} // namespace autopack_schema
