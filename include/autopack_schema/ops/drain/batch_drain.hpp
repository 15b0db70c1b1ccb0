// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/drain/batch.hpp>
#include <autopack_schema/ops/drain/batch_text.hpp>
#include <autopack_schema/ops/drain/claim_files.hpp>
#include <autopack_schema/ops/drain/interrupt.hpp>
#include <autopack_schema/ops/drain/phase_drainer.hpp>
#include <autopack_schema/ops/drain/session_files.hpp>
#include <autopack_schema/ops/drain/triage.hpp>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// What an operator says of a batch drain.
struct batch_options {
    batch_limits limits{};
    triage_limits triage{};
    std::optional<std::string> run_id{};
    std::string executor{};
    std::optional<std::string> api_url{};
    std::chrono::seconds phase_timeout{900};
    bool dry_run = false;
    bool resume = false;
    bool skip_runs_with_queued = true; ///< changes nothing: a phase is FAILED or QUEUED, never both
};

/// Drains FAILED phases of many runs, one at a time, and remembers in a session what it has learned.
class batch_drain {
public:
    /// errors: S423 the folder cannot be written, S425 no executor, S426 the session that is to be resumed is in use
    batch_drain(sqlite::connection& database, const db::url& where, batch_options options, message_sink say,
                drain_workspace workspace = {})
        : database_(database), options_(std::move(options)), say_(std::move(say)), workspace_(std::move(workspace)),
          folder_(workspace_.root) {
        options_.triage.not_attempted_since =
            timestamp::now(); // before other sessions are looked for: none falls between
        open_session();
        find_active_sessions();
        if (!options_.dry_run) drainer_.emplace(database_, workspace_, settings(where), session_.session_id);
    }

    /// Drains until a rule says stop; gives why.
    batch_end run() {
        folder_.save(session_);
        say_(header());
        if (!options_.dry_run) recover();
        const auto began = std::chrono::steady_clock::now();
        batch_work work;
        work.pick = [this](const drain_session& s) {
            return pick_next(read_candidates(database_, "FAILED", options_.run_id), s, options_.triage, earlier_);
        };
        work.drain = [this](const drain_candidate& phase) { return drain(phase); };
        work.minutes = [began] {
            return std::chrono::duration<double, std::ratio<60>>(std::chrono::steady_clock::now() - began).count();
        };
        work.save = [this](const drain_session& s) { save(s); };
        work.say = say_;
        work.interrupted = [] { return interrupt_watch::requested(); };
        const batch_end end = run_batch(session_, options_.limits, work);
        if (end != batch_end::interrupted) session_.completed_at = session_time(timestamp::now());
        save(session_);
        lock_->remove();
        return end;
    }

    const drain_session& session() const noexcept { return session_; }
    std::string summary(batch_end end) const {
        return batch_summary(session_, end, folder_.file_of(session_.session_id));
    }

private:
    void open_session() {
        auto sessions = folder_.read_all(say_);
        if (options_.resume) resume_newest(sessions);
        if (!lock_) start_new();
        for (const drain_session& other : sessions) {
            if (other.session_id != session_.session_id) count_attempts(earlier_, other);
        }
    }
    void resume_newest(const std::vector<drain_session>& sessions) {
        for (const drain_session& found : sessions) {
            if (found.completed_at) continue;
            lock_ = folder_.lock(found.session_id);
            if (!lock_) refuse_busy(found.session_id);
            session_ = found;
            return;
        }
        say_("No session to resume: a new one begins.\n");
    }
    void start_new() {
        const timestamp now = timestamp::now();
        const std::string name = session_name(now);
        session_.session_id = name;
        for (int copy = 2; !take_name(); ++copy)
            session_.session_id = name + "-" + std::to_string(copy); // two in one second
        session_.started_at = session_time(now);
        session_.batch_size = options_.limits.batch_size;
    }
    bool take_name() {
        if (std::filesystem::exists(folder_.file_of(session_.session_id))) return false;
        lock_ = folder_.lock(session_.session_id);
        return lock_.has_value();
    }
    [[noreturn]] static void refuse_busy(const std::string& id) {
        throw error({.code = "S426",
                     .what_happened = "the session " + id + " is in use by another drain",
                     .advice = "wait for it, or begin a new one without --resume"});
    }
    /// What a drain that works now has tried belongs to it, from its beginning on.
    void find_active_sessions() {
        for (const drain_session& other : folder_.read_all([](std::string_view) {})) {
            if (other.session_id == session_.session_id || !folder_.is_active(other.session_id)) continue;
            const auto since = timestamp::parse(other.started_at);
            if (since) options_.triage.not_attempted_since = std::min(*options_.triage.not_attempted_since, *since);
        }
    }
    drain_settings settings(const db::url& where) const {
        drain_settings s;
        s.executor = options_.executor;
        s.database_url = executor_url(database_, where);
        s.logs = folder_.logs_of(session_.session_id);
        s.limit = options_.phase_timeout;
        s.environment = {{"PYTHONUTF8", "1"}, {"PYTHONIOENCODING", "utf-8"}, {"TELEMETRY_DB_ENABLED", "1"}};
        if (options_.api_url) s.environment.emplace_back("AUTOPACK_API_URL", *options_.api_url);
        s.go_on = progress;
        return s;
    }
    std::string header() const;
    void recover();
    drain_result result_of(const recovered_claim& found) const;
    static bool progress(double seconds);

    std::optional<drain_result> drain(const drain_candidate& phase) {
        if (!options_.dry_run) return drainer_->drain(phase);
        drain_result result; // what would be done
        result.run_id = phase.run_id;
        result.phase_id = phase.phase_id;
        result.phase_index = phase.phase_index;
        result.initial_state = result.final_state = phase.state;
        result.success = true;
        result.timestamp = session_time(timestamp::now());
        return result;
    }
    void save(const drain_session& session) {
        folder_.save(session);
        if (drainer_) drainer_->settle();
    }

    sqlite::connection& database_;
    batch_options options_;
    message_sink say_;
    drain_workspace workspace_;
    session_folder folder_;
    drain_session session_{};
    attempt_counts earlier_{};
    std::optional<detail::locked_file> lock_{};
    std::optional<phase_drainer> drainer_{};
};

inline std::string batch_drain::header() const {
    const auto limit = [](const std::optional<std::int64_t>& value) {
        return value.value_or(0) > 0 ? std::to_string(*value) : std::string("none");
    };
    const auto seconds = options_.phase_timeout.count();
    std::string text = detail::title("BATCH DRAIN") + "Session: " + session_.session_id +
                       (session_.results.empty() ? "\n" : " (resumed)\n");
    text += "Target: " + std::to_string(options_.limits.batch_size) + " phases\n";
    text += "Run filter: " + options_.run_id.value_or("none") + "\n";
    if (options_.dry_run) text += "DRY RUN: nothing is worked on, the database is not changed\n";
    text += "Phase timeout: " + std::to_string(seconds) + " s (" + std::to_string(seconds / 60) + " min)\n";
    text += "Max total minutes: " + limit(options_.limits.max_total_minutes) + "\n";
    text += "Max timeouts per run: " + std::to_string(options_.triage.max_timeouts_per_run) + "\n";
    text +=
        "Max attempts per phase: " + std::to_string(options_.triage.max_attempts_per_phase) + " (over all sessions)\n";
    text += "Max fingerprint repeats: " + std::to_string(options_.limits.max_fingerprint_repeats) + "\n";
    text += "Max consecutive zero yield: " + limit(options_.limits.max_consecutive_zero_yield) + "\n";
    for (const std::string& prefix : options_.triage.skip_run_prefixes) text += "Skipping runs: " + prefix + "*\n";
    return text + detail::rule();
}

/// Puts right what killed drains have left: phases are given back, and what had ended in this session is counted.
inline void batch_drain::recover() {
    for (const recovered_claim& found :
         recover_claims(database_, workspace_.claims(), session_.session_id, timestamp::now())) {
        const phase_claim& claim = found.stored.claim;
        if (found.given_back) {
            say_("[RECOVER] " + claim.run_id + ":" + claim.phase_id + ": its drain was killed; it is " +
                 claim.state_before + " again\n");
        } else if (found.stored.session_id == session_.session_id &&
                   !session_.processed_keys().contains(claim.run_id + ":" + claim.phase_id)) {
            say_("[RECOVER] " + claim.run_id + ":" + claim.phase_id +
                 ": its drain was killed after the work had ended\n");
            batch_work quiet;
            quiet.say = say_;
            quiet.save = [this](const drain_session& s) { folder_.save(s); };
            detail::take_result(session_, result_of(found), options_.limits, quiet);
        }
    }
}

inline drain_result batch_drain::result_of(const recovered_claim& found) const {
    drain_result result = detail::result_for(found.stored.claim);
    const std::string name = detail::log_name(result.run_id, result.phase_id);
    result.stdout_path = (folder_.logs_of(session_.session_id) / (name + ".stdout.txt")).string();
    result.stderr_path = (folder_.logs_of(session_.session_id) / (name + ".stderr.txt")).string();
    const std::string out = detail::read_log(*result.stdout_path);
    const std::string err = detail::read_log(*result.stderr_path);
    result.stdout_excerpt = detail::excerpt(out);
    result.stderr_excerpt = detail::excerpt(err);
    result.final_state = found.status.state;
    result.success = found.status.state == "COMPLETE";
    if (!result.success) result.error_message = found.status.last_failure_reason.value_or("its drain was killed");
    const telemetry_count now = count_telemetry(database_);
    if (found.stored.telemetry_before >= 0) result.telemetry_events = added({found.stored.telemetry_before, true}, now);
    result.fingerprint = fingerprint_of(result);
    drain_settings plain;
    detail::add_yield(result, plain, now, out, err);
    return result;
}

/// A line on a terminal while a phase is worked on; whether to go on.
inline bool batch_drain::progress(double seconds) {
    if (::isatty(STDERR_FILENO) != 0) {
        const std::string line = "\r  working ... " + detail::fixed(seconds, 0) + " s \r";
        if (::write(STDERR_FILENO, line.data(), line.size()) < 0) return true; // nobody looks
    }
    return !interrupt_watch::requested();
}

} // namespace autopack_schema::ops
