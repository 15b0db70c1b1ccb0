// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/schema.hpp>

#include <algorithm>

namespace autopack_schema::model {

/// Tells whether two schemas say the same, element by element and in the same order.
/// shape: names fold case, everything else is compared as it is; meaning is the business of `diff`
constexpr bool operator==(const schema& a, const schema& b) {
    return a.name == b.name && a.version == b.version && std::ranges::equal(a.tables, b.tables) &&
           std::ranges::equal(a.columns, b.columns) && std::ranges::equal(a.parts, b.parts) &&
           std::ranges::equal(a.names, b.names) && std::ranges::equal(a.uniques, b.uniques) &&
           std::ranges::equal(a.checks, b.checks) && std::ranges::equal(a.foreign_keys, b.foreign_keys) &&
           std::ranges::equal(a.indexes, b.indexes) && std::ranges::equal(a.views, b.views) &&
           std::ranges::equal(a.triggers, b.triggers) && std::ranges::equal(a.others, b.others);
}

} // namespace autopack_schema::model
