// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

#include <autopack_schema/define/problem.hpp>
#include <autopack_schema/model/schema.hpp>

namespace autopack_schema::detail {

/// Looks for the first mistake that one table can have by itself.
/// shape: `s` holds the table and nothing else
constexpr finding check_table(const model::schema& s) {
    const model::table& t = s.tables[0];
    if (s.columns.empty()) return {problem::S101_table_without_columns, t.name, {}, {}};
    return {};
}

} // namespace autopack_schema::detail
