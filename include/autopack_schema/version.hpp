// SPDX-License-Identifier: MIT
#pragma once

// The only place that holds the version; CMake and Conan read these lines.
#define AUTOPACK_SCHEMA_VERSION_MAJOR 0
#define AUTOPACK_SCHEMA_VERSION_MINOR 1
#define AUTOPACK_SCHEMA_VERSION_PATCH 0
#define AUTOPACK_SCHEMA_VERSION "0.1.0"

#include <compare>

namespace autopack_schema {

/// The version of these headers as numbers, for programs that decide by `if` and not by preprocessor.
struct version_number {
    int major_part = AUTOPACK_SCHEMA_VERSION_MAJOR;
    int minor_part = AUTOPACK_SCHEMA_VERSION_MINOR;
    int patch_part = AUTOPACK_SCHEMA_VERSION_PATCH;
    friend constexpr bool operator==(const version_number&, const version_number&) = default;
    friend constexpr auto operator<=>(const version_number&, const version_number&) = default;
};

// An inline namespace keeps parameters of this name in this library free of -Wshadow.
inline namespace numbers {

/// The version of these headers.
inline constexpr version_number version{};

} // namespace numbers

} // namespace autopack_schema
