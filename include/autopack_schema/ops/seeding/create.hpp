// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/detail/columns.hpp>
#include <autopack_schema/ops/json_text.hpp>
#include <autopack_schema/ops/seeding/phases.hpp>
#include <autopack_schema/query/database.hpp>
#include <autopack_schema/schemas/autopack/versions.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace autopack_schema::ops::seeding {

namespace detail {

inline nlohmann::ordered_json paths_of(std::span<const std::string_view> names) {
    nlohmann::ordered_json paths = nlohmann::ordered_json::array();
    for (const std::string_view name : names) {
        if (!name.empty()) paths.push_back(std::string(folder) + std::string(name));
    }
    return paths;
}

/// The scope of a phase as its column holds it.
inline std::string scope_of(const seed_phase& seed) {
    nlohmann::ordered_json scope = nlohmann::ordered_json::object();
    scope["paths"] = nlohmann::ordered_json::array({std::string(folder)});
    scope["read_only_context"] = paths_of(seed.context);
    scope["deliverables"] = paths_of(seed.deliverables);
    return to_json_text(scope);
}

inline schemas::autopack::run run_row(timestamp now) {
    schemas::autopack::run row;
    row.id = std::string(run_id);
    row.created_at = row.updated_at = now;
    row.token_cap = 500'000;
    row.max_phases = 15;
    return row;
}

inline schemas::autopack::tier tier_row(timestamp now) {
    schemas::autopack::tier row;
    row.tier_id = "T1";
    row.run_id = std::string(run_id);
    row.name = "Telemetry Collection Tier";
    row.description = "Simple utility implementations for telemetry collection";
    row.token_cap = 500'000;
    row.ci_run_cap = 20;
    row.created_at = row.updated_at = now;
    return row;
}

inline schemas::autopack::phase phase_row(const seed_phase& seed, std::size_t index, std::int64_t tier, timestamp now) {
    schemas::autopack::phase row;
    row.phase_id = std::string(seed.phase_id);
    row.run_id = std::string(run_id);
    row.tier_id = tier;
    row.phase_index = static_cast<std::int64_t>(index);
    row.name = std::string(seed.name);
    row.description = std::string(seed.description);
    row.task_category = std::string(seed.category);
    row.complexity = std::string(seed.complexity);
    row.scope = scope_of(seed);
    row.max_builder_attempts = 3;
    row.max_auditor_attempts = 2;
    row.incident_token_cap = 50'000;
    row.created_at = row.updated_at = now;
    return row;
}

} // namespace detail

/// Creates the run that collects telemetry: one tier, ten phases, all QUEUED.
/// shape:  one transaction: all of it or nothing
/// errors: S412 the tables are missing; S421 the run is there already, and nothing is changed
inline void create_run(sqlite::connection& connection, timestamp now) {
    for (const char* table : {"runs", "tiers", "phases"}) ops::detail::require_columns(connection, table);
    database<schemas::autopack::current> db(connection);
    auto transaction = db.transaction();
    if (connection.query_int("SELECT COUNT(*) FROM runs WHERE id = ?1", run_id) > 0) {
        throw error({.code = "S421",
                     .what_happened = "the run " + std::string(run_id) + " is there already",
                     .table = "runs",
                     .database = connection.name(),
                     .advice = "drain it, or delete it with its tier and phases: DELETE FROM phases WHERE run_id = '" +
                               std::string(run_id) + "'; DELETE FROM tiers WHERE run_id = '" + std::string(run_id) +
                               "'; DELETE FROM runs WHERE id = '" + std::string(run_id) + "'"});
    }
    db.insert(detail::run_row(now));
    const std::int64_t tier = db.insert(detail::tier_row(now));
    for (std::size_t i = 0; i < phases.size(); ++i) db.insert(detail::phase_row(phases[i], i, tier, now));
    transaction.commit();
}

} // namespace autopack_schema::ops::seeding
