// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/ops/detail/ascii.hpp>
#include <autopack_schema/ops/detail/columns.hpp>
#include <autopack_schema/ops/drain/session.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// A phase that may be drained.
struct drain_candidate {
    std::int64_t id = 0;
    std::string run_id{};
    std::string phase_id{};
    std::int64_t phase_index = 0;
    std::string state{};
    std::optional<std::string> last_failure_reason{};
    std::optional<timestamp> last_attempt{};
    std::optional<std::string> last_attempt_text{}; ///< as the database holds it: a claim is made only where it is still that

    std::string key() const { return run_id + ":" + phase_id; }
};

namespace detail {

inline constexpr std::string_view candidate_columns =
    "id, run_id, phase_id, phase_index, state, last_failure_reason, last_attempt_timestamp";

/// Reads a row of `candidate_columns`.
inline drain_candidate candidate_of(const sqlite::statement& row) {
    return {row.column_int64(0), std::string(row.column_text(1)), std::string(row.column_text(2)), row.column_int64(3),
            std::string(row.column_text(4)), optional_text(row, 5), timestamp::parse(row.column_text(6)), optional_text(row, 6)};
}

} // namespace detail

/// Reads the phases in a state, in the order of the table; of one run, or of all.
/// errors: S412 there is no table `phases`
inline std::vector<drain_candidate> read_candidates(sqlite::connection& database, std::string_view state,
                                                    const std::optional<std::string>& run_id = std::nullopt) {
    detail::require_columns(database, "phases");
    std::vector<drain_candidate> found;
    sqlite::statement rows =
        database.prepare("SELECT " + std::string(detail::candidate_columns) +
                         " FROM phases WHERE state = ?1 AND (?2 IS NULL OR run_id = ?2) ORDER BY id");
    rows.bind(1, state);
    rows.bind(2, run_id);
    while (rows.step()) found.push_back(detail::candidate_of(rows));
    return found;
}

/// What a drain may take.
struct triage_limits {
    std::vector<std::string> skip_run_prefixes{};
    std::int64_t max_timeouts_per_run = 2;
    std::int64_t max_attempts_per_phase = 2;
    std::optional<timestamp> not_attempted_since{}; ///< phases that another drain has tried since then are left to it
};

/// What was chosen, or why nothing was.
struct triage_pick {
    std::optional<drain_candidate> chosen{};
    std::vector<std::string> skipped{}; ///< lines for people
    bool all_skipped = false;           ///< there were phases, but none that may be taken
};

namespace detail {

/// How likely a failure is to be worth another try: 0 is tried first.
inline int failure_class(const std::optional<std::string>& reason) {
    static constexpr std::array<std::string_view, 2> collection{"collection", "import"};
    static constexpr std::array<std::string_view, 2> deliverable{"deliverable", "missing"};
    static constexpr std::array<std::string_view, 3> patch{"patch", "no-op", "manifest"};
    static constexpr std::array<std::string_view, 2> timeout{"timeout", "timed out"};
    const std::string text = lowered(reason.value_or(""));
    if (text.empty()) return 0;
    if (contains_any(text, collection)) return 1;
    if (contains_any(text, deliverable)) return 2;
    if (contains_any(text, patch)) return 3;
    return contains_any(text, timeout) ? 5 : 4; // what is unknown goes before what takes long
}

/// Why a phase may not be taken; empty where it may.
inline std::string reason_to_skip(const drain_candidate& phase, const drain_session& session,
                                  const triage_limits& limits, const attempt_counts& earlier) {
    if (session.deprioritized_runs.contains(phase.run_id)) return "run was deprioritized after its sample";
    if (session.stopped_runs.contains(phase.run_id)) return "run was stopped: its failure repeats";
    const std::int64_t timeouts = session.timeouts_of(phase.run_id);
    if (timeouts >= limits.max_timeouts_per_run) return "run has had " + std::to_string(timeouts) + " timeouts";
    const auto found = earlier.find(phase.key());
    const std::int64_t attempts = found == earlier.end() ? 0 : found->second;
    if (attempts >= limits.max_attempts_per_phase) return "phase was attempted " + std::to_string(attempts) + " times";
    return {};
}

inline bool is_best_before(const drain_candidate& a, const drain_candidate& b) {
    return std::tuple(failure_class(a.last_failure_reason), a.phase_index, a.id) <
           std::tuple(failure_class(b.last_failure_reason), b.phase_index, b.id);
}

inline bool has_prefix(const drain_candidate& phase, const std::vector<std::string>& prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](const std::string& p) { return phase.run_id.starts_with(p); });
}

} // namespace detail

/// Chooses the next phase: one sample of each run first, then phases of runs whose sample was promising.
/// shape: `earlier` counts attempts of other sessions; those of this one are never repeated
inline triage_pick pick_next(const std::vector<drain_candidate>& candidates, const drain_session& session,
                             const triage_limits& limits, const attempt_counts& earlier = {}) {
    triage_pick pick;
    const std::set<std::string> processed = session.processed_keys();
    const drain_candidate* sample = nullptr;
    const drain_candidate* more = nullptr;
    bool any = false;
    for (const drain_candidate& phase : candidates) {
        if (detail::has_prefix(phase, limits.skip_run_prefixes) || processed.contains(phase.key())) continue;
        if (limits.not_attempted_since && phase.last_attempt && *phase.last_attempt >= *limits.not_attempted_since)
            continue;
        any = true;
        if (const std::string why = detail::reason_to_skip(phase, session, limits, earlier); !why.empty()) {
            pick.skipped.push_back("[SKIP] " + phase.key() + ": " + why);
            continue;
        }
        const bool sampled = session.sampled_runs.contains(phase.run_id);
        if (sampled && !session.promising_runs.contains(phase.run_id)) continue;
        const drain_candidate*& best = sampled ? more : sample;
        if (best == nullptr || detail::is_best_before(phase, *best)) best = &phase;
    }
    if (const drain_candidate* best = sample != nullptr ? sample : more) pick.chosen = *best;
    pick.all_skipped = any && !pick.chosen;
    return pick;
}

/// Judges the first result of a run: a run whose failure was seen before in this session, and that gave no telemetry, waits.
inline void evaluate_sample(drain_session& session, const drain_result& result) {
    session.sampled_runs.insert(result.run_id);
    const bool worth = result.success || result.telemetry_events.value_or(0) > 0 || is_timeout(result.returncode);
    const bool repeats = result.fingerprint && session.count_of(*result.fingerprint) > 0;
    (worth || !repeats ? session.promising_runs : session.deprioritized_runs).insert(result.run_id);
}

} // namespace autopack_schema::ops
