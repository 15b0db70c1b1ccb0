// SPDX-License-Identifier: MIT
#pragma once

// Written by tools/unicode_tables.py from Unicode 14.0.0; not to be edited.

#include <cstdint>

// clang-format off
namespace autopack_schema::ops::detail {

/// Characters that follow each other, both ends included.
struct unicode_range {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
};

/// Characters, each `step` behind the one before, whose lower case lies at the same distance.
struct lower_run {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::uint32_t step = 1;
    std::int32_t distance = 0;
};

} // namespace autopack_schema::ops::detail
// clang-format on
