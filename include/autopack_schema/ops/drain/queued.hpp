// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/drain/claim_files.hpp>
#include <autopack_schema/ops/drain/interrupt.hpp>
#include <autopack_schema/ops/drain/phase_drainer.hpp>
#include <autopack_schema/ops/drain/session_files.hpp>
#include <autopack_schema/ops/drain/triage.hpp>
#include <autopack_schema/ops/estimation/telemetry_switch.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// What an operator says of draining the queue of one run.
struct queue_options {
    std::string run_id{};
    std::string executor{};
    std::string run_type = "project_build";
    bool dual_auditor = true;
    std::int64_t batch_size = 25;
    std::chrono::milliseconds poll{2000}; ///< the pause between batches
    std::optional<std::int64_t> max_batches{};
    bool stop_on_first_failure = false; ///< ends the batch that the failure is in
    std::chrono::seconds phase_timeout{900};
};

/// Phases of a run by state.
struct queue_counts {
    std::int64_t queued = 0;
    std::int64_t complete = 0;
    std::int64_t failed = 0;
};

/// Counts the phases of a run.
inline queue_counts count_queue(sqlite::connection& database, const std::string& run_id) {
    const auto count = [&](const char* state) {
        return database.query_int("SELECT COUNT(*) FROM phases WHERE run_id = ?1 AND state = ?2", run_id, state);
    };
    return {count("QUEUED"), count("COMPLETE"), count("FAILED")};
}

/// How the executors of a queue are run: telemetry is on or off as it is for this process.
inline drain_settings queue_settings(const sqlite::connection& database, const db::url& where,
                                     const queue_options& options, const drain_workspace& workspace) {
    drain_settings s;
    s.executor = options.executor;
    s.database_url = executor_url(database, where);
    std::string name = session_name(timestamp::now()).substr(6); // drain-20251228-101500
    s.logs = workspace.runs() / "drain_queued" / name / "logs";
    s.limit = options.phase_timeout;
    s.telemetry_enabled = is_telemetry_enabled();
    s.environment = {{"AUTOPACK_RUN_TYPE", options.run_type},
                     {"AUTOPACK_DUAL_AUDITOR", options.dual_auditor ? "1" : "0"}};
    s.go_on = [](double) { return !interrupt_watch::requested(); };
    return s;
}

/// Gives back what killed drains have left of a database, and says so.
inline void recover_and_say(sqlite::connection& database, const drain_workspace& workspace, const message_sink& say) {
    for (const recovered_claim& found : recover_claims(database, workspace.claims(), "", timestamp::now())) {
        if (!found.given_back) continue;
        const phase_claim& claim = found.stored.claim;
        say("[RECOVER] " + claim.run_id + ":" + claim.phase_id + ": its drain was killed; it is " + claim.state_before +
            " again\n");
    }
}

/// Drains the queue of one run in batches, the lowest index first.
class queue_drain {
public:
    /// errors: S412 no table, S425 no executor
    queue_drain(sqlite::connection& database, const db::url& where, queue_options options, message_sink say,
                drain_workspace workspace = {})
        : database_(database), options_(std::move(options)), say_(std::move(say)),
          drainer_(database, workspace, queue_settings(database, where, options_, workspace)) {
        recover_and_say(database_, workspace, say_);
    }

    /// Drains until nothing is queued or the last batch is done.
    /// shape: false where it was interrupted
    bool run() {
        for (std::int64_t batch = 1;; ++batch) {
            const queue_counts counts = count_queue(database_, options_.run_id);
            say_("[drain] " + options_.run_id + ": queued=" + std::to_string(counts.queued) +
                 " complete=" + std::to_string(counts.complete) + " failed=" + std::to_string(counts.failed) + "\n");
            if (counts.queued == 0) return say_("[drain] No queued phases. Done.\n"), true;
            if (options_.max_batches && batch > *options_.max_batches)
                return say_("[drain] The last batch is done.\n"), true;
            say_("[drain] Batch " + std::to_string(batch) + ": up to " + std::to_string(options_.batch_size) +
                 " phases\n");
            if (!run_one_batch()) return false;
            wait();
        }
    }

private:
    bool run_one_batch() {
        std::int64_t ended = 0;
        while (ended < options_.batch_size && !interrupt_watch::requested()) {
            const auto queue = read_candidates(database_, "QUEUED", options_.run_id);
            const auto next = std::min_element(queue.begin(), queue.end(), [](const auto& a, const auto& b) {
                return std::pair(a.phase_index, a.id) < std::pair(b.phase_index, b.id);
            });
            if (next == queue.end()) return true;
            const auto result = drainer_.drain(*next);
            drainer_.settle();
            if (!result) continue; // another drain has it
            ++ended;
            say_result(*result);
            if (!result->success && options_.stop_on_first_failure)
                return say_("[drain] A phase failed: this batch ends.\n"), true;
            if (result->final_state == "QUEUED" || result->final_state == "ERROR") refuse_loop(*result);
        }
        return !interrupt_watch::requested();
    }
    void say_result(const drain_result& result) const {
        std::string line = (result.success ? "  [OK] " : "  [FAILED] ") + result.phase_id + ": " + result.final_state;
        if (result.telemetry_events.value_or(0) > 0)
            line += ", telemetry +" + std::to_string(*result.telemetry_events);
        else if (result.zero_yield_reason)
            line += ", 0 telemetry events: " + *result.zero_yield_reason;
        say_(line + "\n");
        if (result.error_message)
            say_("    " + std::string(detail::first_code_points(*result.error_message, 200)) + "\n");
    }
    /// The same phase would be next, for ever.
    [[noreturn]] void refuse_loop(const drain_result& result) const {
        throw error({.code = "S427",
                     .what_happened = "the phase " + result.key() + " is still queued behind its executor: " +
                                      result.error_message.value_or(result.final_state),
                     .advice = "an executor must set the state of its phase; look at " +
                               result.stdout_path.value_or("its output")});
    }
    void wait() const {
        const auto until = std::chrono::steady_clock::now() + options_.poll;
        while (std::chrono::steady_clock::now() < until && !interrupt_watch::requested()) detail::sleep_ms(20);
    }

    sqlite::connection& database_;
    queue_options options_;
    message_sink say_;
    phase_drainer drainer_;
};

} // namespace autopack_schema::ops
