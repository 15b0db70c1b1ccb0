// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/schema.hpp>

namespace autopack_schema::model {

/// Tells whether two schemas say the same, element by element and in the same order.
/// shape: names fold case, everything else is compared as it is; meaning is the business of `diff`
constexpr bool operator==(const schema& a, const schema& b) {
    return a.name == b.name && a.version == b.version && a.tables == b.tables &&
           a.columns == b.columns && a.parts == b.parts &&
           a.names == b.names && a.uniques == b.uniques &&
           a.checks == b.checks && a.foreign_keys == b.foreign_keys &&
           a.indexes == b.indexes && a.views == b.views &&
           a.triggers == b.triggers && a.others == b.others;
}

} // namespace autopack_schema::model
