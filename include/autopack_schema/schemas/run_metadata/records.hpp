// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/table.hpp>
#include <autopack_schema/define/timestamp.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace autopack_schema::schemas::run_metadata {

/// A row of `mechanism_usage`: a run used a mechanism.
struct mechanism_use {
    std::int64_t id = 0;
    std::string run_id{};
    std::string mechanism{};
    std::string function_name{};
    autopack_schema::timestamp timestamp{};
    std::optional<std::string> context{}; ///< JSON
};

// clang-format off
/// The table `mechanism_usage`, the same in both versions.
inline constexpr auto mechanism_usage = table<mechanism_use>(
    "mechanism_usage",
    column<&mechanism_use::id>(primary_key, autoincrement),
    column<&mechanism_use::run_id>(references("runs", "run_id")),
    column<&mechanism_use::mechanism>(),
    column<&mechanism_use::function_name>(),
    column<&mechanism_use::timestamp>(type("TEXT")),
    column<&mechanism_use::context>());
// clang-format on

/// A row of `resolution_assignments`: an entity got a resolution at a timepoint.
struct resolution_assignment {
    std::int64_t id = 0;
    std::string run_id{};
    std::string entity_id{};
    std::string resolution{}; ///< tensor_only, scene, graph, dialog, trained, full_detail
    std::string timepoint_id{};
    autopack_schema::timestamp timestamp{};
};

// clang-format off
/// The table `resolution_assignments`, the same in both versions.
inline constexpr auto resolution_assignments = table<resolution_assignment>(
    "resolution_assignments",
    column<&resolution_assignment::id>(primary_key, autoincrement),
    column<&resolution_assignment::run_id>(references("runs", "run_id")),
    column<&resolution_assignment::entity_id>(),
    column<&resolution_assignment::resolution>(),
    column<&resolution_assignment::timepoint_id>(),
    column<&resolution_assignment::timestamp>(type("TEXT")));
// clang-format on

/// A row of `validations`: what a validator said about a run.
struct validation {
    std::int64_t id = 0;
    std::string run_id{};
    std::string validator_name{};
    bool passed = false;
    autopack_schema::timestamp timestamp{};
    std::optional<std::string> message{};
    std::optional<std::string> violations{}; ///< JSON: a list
};

// clang-format off
/// The table `validations`, the same in both versions.
inline constexpr auto validations = table<validation>(
    "validations",
    column<&validation::id>(primary_key, autoincrement),
    column<&validation::run_id>(references("runs", "run_id")),
    column<&validation::validator_name>(),
    column<&validation::passed>(),
    column<&validation::timestamp>(type("TEXT")),
    column<&validation::message>(),
    column<&validation::violations>());
// clang-format on

} // namespace autopack_schema::schemas::run_metadata
