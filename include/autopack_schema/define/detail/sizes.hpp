// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace autopack_schema::detail {

/// How many elements of each array of a schema a definition needs.
struct sizes {
    std::size_t tables = 0;
    std::size_t columns = 0;
    std::size_t parts = 0;
    std::size_t names = 0;
    std::size_t uniques = 0;
    std::size_t checks = 0;
    std::size_t foreign_keys = 0;
    std::size_t indexes = 0;
    std::size_t views = 0;
    std::size_t triggers = 0;

    friend constexpr sizes operator+(const sizes& a, const sizes& b) {
        return {a.tables + b.tables,       a.columns + b.columns, a.parts + b.parts,
                a.names + b.names,         a.uniques + b.uniques, a.checks + b.checks,
                a.foreign_keys + b.foreign_keys, a.indexes + b.indexes, a.views + b.views,
                a.triggers + b.triggers};
    }
};

} // namespace autopack_schema::detail
