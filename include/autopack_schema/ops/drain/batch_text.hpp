// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/number_text.hpp>
#include <autopack_schema/ops/detail/percent.hpp>
#include <autopack_schema/ops/drain/batch.hpp>
#include <autopack_schema/ops/drain/session.hpp>
#include <autopack_schema/ops/drain/zero_yield.hpp>
#include <autopack_schema/ops/identity/text.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

namespace detail {

struct run_summary {
    std::int64_t success = 0;
    std::int64_t total = 0;
    std::int64_t timeouts = 0;
    std::int64_t events = 0;
};

inline std::string yield_summary(const drain_session& session) {
    double seconds = 0;
    std::map<std::string, std::int64_t> counts;
    for (const drain_result& r : session.results) {
        if (!is_timeout(r.returncode)) seconds += r.seconds.value_or(0);
        if (r.telemetry_events.value_or(0) == 0 && !r.is_rehearsal()) ++counts[r.zero_yield_reason.value_or("unknown")];
    }
    std::string text = "Telemetry events: " + std::to_string(session.total_telemetry_events) + "\n";
    if (seconds > 0) {
        text += "Overall yield: " + fixed(static_cast<double>(session.total_telemetry_events) / (seconds / 60), 2) +
                " events/min\n";
    }
    std::vector<std::pair<std::string, std::int64_t>> reasons(counts.begin(), counts.end());
    std::stable_sort(reasons.begin(), reasons.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    if (!reasons.empty()) text += "Zero-yield reasons:\n";
    for (const auto& [code, count] : reasons) {
        text += "  " + code + ": " + std::to_string(count) + " (" + std::string(zero_yield_text(code)) + ")\n";
    }
    return text;
}

inline std::string stop_summary(const drain_session& session) {
    const auto limits = std::count_if(session.results.begin(), session.results.end(),
                                      [](const drain_result& r) { return r.reached_llm_boundary.value_or(false); });
    std::string text;
    if (limits > 0) text += "Limits of the model hit: " + std::to_string(limits) + "\n";
    if (!session.stopped_runs.empty()) text += "Stopped runs:\n";
    for (const std::string& run : session.stopped_runs) text += "  " + run + "\n";
    if (!session.fingerprint_counts.empty()) {
        text += "Distinct failures: " + std::to_string(session.fingerprint_counts.size()) + ", " +
                std::to_string(session.stopped_fingerprints.size()) + " at the repeat limit\n";
    }
    return text;
}

inline std::string run_lines(const drain_session& session) {
    std::map<std::string, run_summary> runs;
    for (const drain_result& r : session.results) {
        run_summary& run = runs[r.run_id];
        ++run.total;
        run.success += r.success ? 1 : 0;
        run.timeouts += is_timeout(r.returncode) ? 1 : 0;
        run.events += r.telemetry_events.value_or(0);
    }
    std::string text = runs.empty() ? "" : "Runs:\n";
    for (const auto& [id, run] : runs) {
        text += "  " + id + (session.stopped_runs.contains(id) ? " [STOPPED]" : "") + ": " +
                std::to_string(run.success) + "/" + std::to_string(run.total) + " succeeded, " +
                std::to_string(run.timeouts) + " timeouts, " + std::to_string(run.events) + " events\n";
    }
    return text;
}

} // namespace detail

/// Why a batch stopped, as a sentence.
constexpr std::string_view to_text(batch_end end) {
    switch (end) {
    case batch_end::batch_size_reached: return "the batch size is reached";
    case batch_end::no_failed_phases: return "no FAILED phases are left";
    case batch_end::no_eligible_after_stop_conditions:
        return "every FAILED phase that is left is skipped by a stop condition";
    case batch_end::time_limit: return "the time is over";
    case batch_end::zero_yield_streak: return "too many phases in a row gave no telemetry";
    case batch_end::interrupted: return "interrupted; --resume goes on";
    }
    return "";
}

/// What a batch has done.
inline std::string batch_summary(const drain_session& session, batch_end end, const std::filesystem::path& file) {
    std::string text = "\n" + detail::title("BATCH DRAIN SUMMARY") + "Session: " + session.session_id + "\n";
    text += "Ended: " + std::string(to_text(end)) + "\n";
    text += "Processed: " + std::to_string(session.total_processed) +
            ", succeeded: " + std::to_string(session.total_success) +
            ", failed: " + std::to_string(session.total_failed) +
            ", timeouts: " + std::to_string(session.total_timeouts) + "\n";
    if (session.total_processed > 0)
        text += "Success rate: " + detail::percent_of(session.total_success, session.total_processed) + "\n";
    text += detail::yield_summary(session) + detail::stop_summary(session) + detail::run_lines(session);
    return text + "Session file: " + file.string() + "\n" + detail::rule();
}

} // namespace autopack_schema::ops
