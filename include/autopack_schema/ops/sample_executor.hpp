// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/detail/columns.hpp>
#include <autopack_schema/ops/estimation_recorder.hpp>

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
    std::int64_t events = 3;             ///< calls of a model that are recorded
    std::string state = "COMPLETE";      ///< what the phase is left as
    std::optional<std::string> reason{}; ///< of a failure
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
    e.actual_output_tokens = size * (600 + noise) / 1000; // 0.6 to 1.6 of what was predicted
    e.selected_budget = size * 12 / 10;
    e.actual_max_tokens = e.selected_budget > 4096 ? e.selected_budget : 4096;
    e.success = work.state == "COMPLETE";
    e.stop_reason = "end_turn";
    e.model = "sample-model";
    return e;
}

} // namespace detail

/// Works on a phase as a real executor would, without a model: records estimations and sets the state of the phase.
/// errors: S428 there is no such phase, S412 no tables
inline void run_sample(sqlite::connection& database, const sample_work& work) {
    detail::require_columns(database, "phases");
    sqlite::statement row =
        database.prepare("SELECT task_category, complexity, scope FROM phases WHERE run_id = ?1 AND phase_id = ?2");
    row.bind_all(work.run_id, work.phase_id);
    if (!row.step()) {
        throw error({.code = "S428",
                     .what_happened = "Phase not found: " + work.run_id + " / " + work.phase_id,
                     .table = "phases",
                     .database = database.name(),
                     .advice = "RUN_ID and PHASE_ID name a phase of the database in DATABASE_URL"});
    }
    const auto category = detail::optional_text(row, 0);
    const auto complexity = detail::optional_text(row, 1);
    const auto scope = detail::optional_text(row, 2);
    row.reset();
    estimation_recorder recorder(database);
    for (std::int64_t call = 0; call < work.events; ++call) {
        recorder.record(detail::sample_estimation(work, call, category, complexity, scope));
    }
    const std::string now = timestamp::now().to_string();
    database.execute("UPDATE phases SET state = ?1, last_failure_reason = ?2, updated_at = ?3, started_at = "
                     "COALESCE(started_at, ?3), "
                     "completed_at = CASE WHEN ?1 = 'COMPLETE' THEN ?3 END, builder_attempts = builder_attempts + ?4 "
                     "WHERE run_id = ?5 AND phase_id = ?6",
                     work.state, work.reason, now, work.events, work.run_id, work.phase_id);
}

} // namespace autopack_schema::ops
