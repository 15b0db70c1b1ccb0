// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/report.hpp>
#include <autopack_schema/model/schema.hpp>

#include <cstddef>

namespace autopack_schema::drift::detail {

inline std::size_t count_keys(const model::schema& s) {
    std::size_t keys = 0;
    for (const model::table& t : s.tables) {
        if (t.key.present()) ++keys;
    }
    return keys;
}

/// Counts what both sides have.
inline coverage count_objects(const model::schema& expected, const model::schema& actual) {
    return {{expected.tables.size(), actual.tables.size()},
            {expected.columns.size(), actual.columns.size()},
            {count_keys(expected), count_keys(actual)},
            {expected.uniques.size(), actual.uniques.size()},
            {expected.checks.size(), actual.checks.size()},
            {expected.foreign_keys.size(), actual.foreign_keys.size()},
            {expected.indexes.size(), actual.indexes.size()},
            {expected.views.size(), actual.views.size()},
            {expected.triggers.size(), actual.triggers.size()}};
}

} // namespace autopack_schema::drift::detail
