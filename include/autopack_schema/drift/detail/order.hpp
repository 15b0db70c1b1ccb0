// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/detail/renames.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/model/sorted.hpp>
#include <autopack_schema/model/vector.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace autopack_schema::drift::detail {

template <class T>
std::size_t position_in(model::items<T> items, std::string_view wanted) {
    const T* const found = model::find(items, model::name(wanted));
    return found == nullptr ? items.size() : static_cast<std::size_t>(found - items.data());
}

/// Where the findings of a table stand: as the tables are expected, then the extra ones, then views.
inline std::size_t table_rank(const model::schema& expected, const model::schema& actual, const finding& f) {
    const std::size_t own = position_in(expected.tables, f.table);
    if (own < expected.tables.size()) return own;
    const std::size_t extra = position_in(actual.tables, f.table);
    return own + extra + (f.table.empty() ? 1 : 0);
}

/// Sorts findings by table and leaves their order within a table, which is that of the diff.
inline void sort_findings(const model::schema& expected, const model::schema& actual, model::vector<judged>& all) {
    model::vector<model::ranked> order;
    for (std::uint32_t i = 0; i < all.size(); ++i) order.push_back({table_rank(expected, actual, all[i].found), i});
    std::sort(order.begin(), order.end());
    model::vector<judged> sorted;
    sorted.reserve(all.size());
    for (const model::ranked& r : order) sorted.push_back(std::move(all[r.at]));
    all.swap(sorted);
}

} // namespace autopack_schema::drift::detail
