// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/problem.hpp>
#include <autopack_schema/define/view.hpp>
#include <autopack_schema/model/schema.hpp>

namespace autopack_schema::detail {

constexpr void note_problem(finding& first, const auto& table) {
    if (!first) first = table.problem;
}
constexpr void note_problem(finding&, const view_definition&) {}
constexpr void note_problem(finding&, const trigger_definition&) {}

/// Looks for the first mistake between the tables of a schema.
constexpr finding check_schema(const model::schema&) { return {}; }

} // namespace autopack_schema::detail
