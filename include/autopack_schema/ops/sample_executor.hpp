// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/autopack_database.hpp>
#include <autopack_schema/ops/detail/columns.hpp>
#include <autopack_schema/ops/estimation_recorder.hpp>
#include <autopack_schema/query/column_ref.hpp>
#include <autopack_schema/query/functions.hpp>
#include <autopack_schema/schemas/autopack/phase.hpp>
#include <autopack_schema/schemas/autopack/states.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace autopack_schema::ops {

/// What a sample executor pretends to do.
struct sample_work {
    std::string run_id{};
    std::string phase_id{};
    std::int64_t events = 3; ///< calls of a model that are recorded
    schemas::autopack::phase_state state = schemas::autopack::phase_state::COMPLETE; ///< what the phase is left as
    std::optional<std::string> reason{};                                             ///< of a failure
};

namespace detail {

/// The same number for the same text, on every machine: FNV-1a.
constexpr std::uint32_t stable_number(std::string_view text) {
    std::uint32_t hash = 2166136261U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash;
}

/// What a model might have written for a phase: the tokens depend on its name, so that a second run gives the same.
inline estimation sample_estimation(const sample_work& work, std::int64_t call,
                                    const std::optional<std::string>& category,
                                    const std::optional<std::string>& complexity,
                                    const std::optional<std::string>& scope) {
    const std::int64_t size = complexity == "high" ? 6000 : complexity == "medium" ? 2600 : 1100;
    const std::int64_t noise = stable_number(work.run_id + "/" + work.phase_id + "#" + std::to_string(call)) % 1000;
    estimation e;
    e.run_id = work.run_id;
    e.phase_id = work.phase_id;
    e.category = category.value_or("implementation");
    e.complexity = complexity;
    const auto plan = nlohmann::ordered_json::parse(scope.value_or("{}"), nullptr, false);
    e.deliverables = plan.is_object() ? plan.value("deliverables", nlohmann::ordered_json::array())
                                      : nlohmann::ordered_json::array();
    e.predicted_output_tokens = size;
    const std::int64_t least = e.category == "implementation" ? 900 : 600; // so that there is something to propose
    e.actual_output_tokens = size * (least + noise) / 1000;
    e.selected_budget = size * 12 / 10;
    e.actual_max_tokens = e.selected_budget > 4096 ? e.selected_budget : 4096;
    e.success = work.state == schemas::autopack::phase_state::COMPLETE;
    e.stop_reason = "end_turn";
    e.model = "sample-model";
    return e;
}

} // namespace detail

/// Works on a phase as a real executor would, without a model: records estimations and sets the state of the phase.
/// errors: S428 there is no such phase, S412 no tables
inline void run_sample(sqlite::connection& database, const sample_work& work) {
    using schemas::autopack::phase;
    detail::require_columns(database, "phases");
    autopack_database db(database);
    const auto is_it = col<&phase::run_id> == work.run_id && col<&phase::phase_id> == work.phase_id;
    const auto plan =
        db.select(col<&phase::task_category>, col<&phase::complexity>, col<&phase::scope>).where(is_it).first();
    if (!plan) {
        throw error({.code = "S428",
                     .what_happened = "Phase not found: " + work.run_id + " / " + work.phase_id,
                     .table = "phases",
                     .database = database.name(),
                     .advice = "RUN_ID and PHASE_ID name a phase of the database in DATABASE_URL"});
    }
    const auto& [category, complexity, scope] = *plan;
    estimation_recorder recorder(database);
    for (std::int64_t call = 0; call < work.events; ++call) {
        recorder.record(detail::sample_estimation(work, call, category, complexity, scope));
    }
    const timestamp now = timestamp::now();
    const bool complete = work.state == schemas::autopack::phase_state::COMPLETE;
    db.update<phase>()
        .set(col<& phase::state> = work.state, col<& phase::last_failure_reason> = work.reason,
             col<& phase::updated_at> = now, col<& phase::started_at> = coalesce(col<&phase::started_at>, now),
             col<& phase::completed_at> = complete ? std::optional(now) : std::nullopt,
             col<& phase::builder_attempts> = col<&phase::builder_attempts> + work.events)
        .where(is_it)
        .execute();
}

} // namespace autopack_schema::ops
