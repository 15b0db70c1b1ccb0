// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/number_text.hpp>
#include <autopack_schema/ops/detail/utf8.hpp>
#include <autopack_schema/ops/drain/session.hpp>
#include <autopack_schema/ops/drain/triage.hpp>
#include <autopack_schema/ops/drain/zero_yield.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// When a batch stops.
struct batch_limits {
    std::int64_t batch_size = 10;
    std::optional<std::int64_t> max_total_minutes{}; ///< 0: none
    std::int64_t max_fingerprint_repeats = 3;
    std::optional<std::int64_t> max_consecutive_zero_yield{}; ///< 0: none
};

/// Why a batch stopped.
enum class batch_end : std::uint8_t {
    batch_size_reached,
    no_failed_phases,
    no_eligible_after_stop_conditions,
    time_limit,
    zero_yield_streak,
    interrupted,
};

/// What a batch does with the world; each part can be another one in a test.
struct batch_work {
    std::function<triage_pick(const drain_session&)> pick{};
    /// Nothing where another drain was faster, or the work was interrupted.
    std::function<std::optional<drain_result>(const drain_candidate&)> drain{};
    std::function<double()> minutes{}; ///< since this drain was started
    std::function<void(const drain_session&)> save{};
    std::function<void(std::string_view)> say{};
    std::function<bool()> interrupted{};
};

namespace detail {

inline void say_result(const batch_work& work, const drain_result& result) {
    if (result.is_rehearsal()) return work.say("  [DRY RUN] it would be drained; it stays " + result.final_state + "\n");
    std::string line = (result.success ? "  [OK] " : "  [FAILED] ") + result.final_state;
    if (result.seconds) line += " in " + fixed(*result.seconds, 1) + " s";
    if (result.telemetry_events) line += ", telemetry +" + std::to_string(*result.telemetry_events);
    if (result.yield_per_minute) line += " (" + fixed(*result.yield_per_minute, 2) + "/min)";
    work.say(line + "\n");
    if (!result.success && result.error_message) {
        work.say("  Error: " + std::string(first_code_points(*result.error_message, 100)) + "\n");
    }
}

inline void count_result(drain_session& session, const drain_result& result) {
    ++session.total_processed;
    ++(result.success ? session.total_success : session.total_failed);
    if (is_timeout(result.returncode)) ++session.total_timeouts;
}

/// Counts telemetry and the phases in a row that gave none; whether there were too many of them.
inline bool count_yield(drain_session& session, const drain_result& result, const batch_limits& limits,
                        const batch_work& work) {
    if (result.telemetry_events.value_or(0) > 0) {
        session.total_telemetry_events += *result.telemetry_events;
        session.consecutive_zero_yield = 0;
        return false;
    }
    ++session.consecutive_zero_yield;
    if (result.zero_yield_reason) {
        work.say("  0 telemetry events: " + *result.zero_yield_reason + " (" +
                 std::string(zero_yield_text(*result.zero_yield_reason)) + ")\n");
    }
    const std::int64_t limit = limits.max_consecutive_zero_yield.value_or(0);
    return limit > 0 && session.consecutive_zero_yield >= limit;
}

inline void count_fingerprint(drain_session& session, const drain_result& result, const batch_limits& limits,
                              const batch_work& work) {
    if (!result.fingerprint) return;
    const std::int64_t count = session.add(*result.fingerprint);
    if (count < limits.max_fingerprint_repeats) return;
    session.stopped_fingerprints.insert(*result.fingerprint);
    session.stopped_runs.insert(result.run_id);
    work.say("  [STOP] " + result.run_id + ": seen " + std::to_string(count) + " times: " + *result.fingerprint + "\n");
}

/// Takes one result into the session; whether the batch goes on.
inline bool take_result(drain_session& session, drain_result result, const batch_limits& limits,
                        const batch_work& work) {
    say_result(work, result);
    const bool first_of_run = !session.sampled_runs.contains(result.run_id);
    session.results.push_back(result);
    if (first_of_run) evaluate_sample(session, result);
    if (first_of_run && session.deprioritized_runs.contains(result.run_id))
        work.say("  [TRIAGE] " + result.run_id + " waits: its failure is known\n");
    count_result(session, result);
    if (count_yield(session, result, limits, work)) {
        work.say("[STOP] " + std::to_string(session.consecutive_zero_yield) + " phases in a row without telemetry\n");
        return false;
    }
    if (result.reached_llm_boundary.value_or(false))
        work.say("  Note: a message or context limit of the model was hit\n");
    count_fingerprint(session, result, limits, work);
    work.save(session);
    return true;
}

} // namespace detail

/// Drains phases until the batch is full or a rule stops it, and saves the session after each.
/// shape: goes on where a session that is resumed has stopped
inline batch_end run_batch(drain_session& session, const batch_limits& limits, const batch_work& work) {
    const std::int64_t limit = limits.max_total_minutes.value_or(0);
    std::set<std::string> said;
    while (session.total_processed < limits.batch_size) {
        if (work.interrupted && work.interrupted()) return batch_end::interrupted;
        if (limit > 0 && work.minutes() >= static_cast<double>(limit)) {
            work.say("[STOP] the time for the batch is over: " + std::to_string(limit) + " minutes\n");
            return batch_end::time_limit;
        }
        const triage_pick pick = work.pick(session);
        for (const std::string& line : pick.skipped) {
            if (said.insert(line).second) work.say(line + "\n"); // once is enough
        }
        if (pick.all_skipped) {
            work.say("No eligible phases: all that are left are skipped by stop conditions\n");
            return batch_end::no_eligible_after_stop_conditions;
        }
        if (!pick.chosen) return batch_end::no_failed_phases;
        work.say("\n[" + std::to_string(session.total_processed + 1) + "/" + std::to_string(limits.batch_size) + "] " +
                 pick.chosen->run_id + " / " + pick.chosen->phase_id + " (index " +
                 std::to_string(pick.chosen->phase_index) + ")\n");
        std::optional<drain_result> result = work.drain(*pick.chosen);
        if (!result) continue; // another drain has it now: the next pick sees that
        if (!detail::take_result(session, std::move(*result), limits, work)) return batch_end::zero_yield_streak;
    }
    return batch_end::batch_size_reached;
}

} // namespace autopack_schema::ops
