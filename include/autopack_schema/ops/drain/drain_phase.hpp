// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/ops/detail/number_text.hpp>
#include <autopack_schema/ops/detail/utf8.hpp>
#include <autopack_schema/ops/drain/claim.hpp>
#include <autopack_schema/ops/drain/process.hpp>
#include <autopack_schema/ops/drain/result.hpp>
#include <autopack_schema/ops/drain/session.hpp>
#include <autopack_schema/ops/drain/telemetry_count.hpp>
#include <autopack_schema/ops/drain/zero_yield.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// How phases are drained.
struct drain_settings {
    std::string executor{};       ///< a command for the shell
    std::string database_url{};   ///< what the executor gets as DATABASE_URL
    std::filesystem::path logs{}; ///< what it prints is kept here
    std::chrono::milliseconds limit{900'000};
    std::chrono::milliseconds settle{30'000}; ///< how long a phase may stay EXECUTING behind an executor that said 0
    bool telemetry_enabled = true;
    std::vector<std::pair<std::string, std::string>> environment{};
    std::function<bool(double seconds)> go_on{}; ///< false: stop, somebody wants the drain to end
};

namespace detail {

/// The name of a log: letters, digits and `._-` as they are, everything else as `_` with a number that keeps names apart.
inline std::string log_name(const std::string& run_id, const std::string& phase_id) {
    const std::string wanted = run_id + "__" + phase_id;
    std::string name;
    std::uint32_t hash = 2166136261U; // FNV-1a
    for (const char c : wanted) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
                           c == '_' || c == '-';
        name += plain ? c : '_';
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    }
    const bool changed = name != wanted || name.size() > 200 || name.starts_with('.');
    return changed ? "_" + name.substr(0, 200) + "_" + std::to_string(hash) : name;
}

inline std::string read_log(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline std::optional<std::string> excerpt(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return std::string(first_code_points(text, 500));
}

/// "15 minutes", "90 seconds"
inline std::string limit_text(std::chrono::milliseconds limit) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(limit).count();
    if (seconds >= 60 && seconds % 60 == 0)
        return std::to_string(seconds / 60) + (seconds == 60 ? " minute" : " minutes");
    return std::to_string(seconds) + (seconds == 1 ? " second" : " seconds");
}

/// Why a phase is not COMPLETE, from what is known.
inline std::string failure_text(const drain_result& result, const std::optional<std::string>& reason,
                                const std::string& out, const std::string& err) {
    if (reason && !reason->empty()) {
        const bool escalates = reason->find("TOKEN_ESCALATION") != std::string::npos;
        return *reason + (escalates ? " [RETRYABLE: token budget escalation needed]" : "");
    }
    if (result.returncode.value_or(0) != 0) {
        const std::string text = "subprocess exit " + std::to_string(*result.returncode) +
                                 " (stderr: " + result.stderr_path.value_or("") + ")";
        const std::string start(first_code_points(text, 200));
        return err.empty() ? start : start + " | " + std::string(first_code_points(err, 300));
    }
    const std::string& where = err.empty() ? result.stdout_path.value_or("") : result.stderr_path.value_or("");
    const std::string said(first_code_points(err.empty() ? out : err, 500));
    return "exit 0 but not COMPLETE (see " + where + "): " + (said.empty() ? "empty output" : said);
}

inline command command_for(const drain_settings& settings, const phase_claim& claim) {
    command c;
    c.text = settings.executor;
    c.limit = settings.limit;
    c.environment = settings.environment;
    c.environment.emplace_back("RUN_ID", claim.run_id);
    c.environment.emplace_back("PHASE_ID", claim.phase_id);
    c.environment.emplace_back("DATABASE_URL", settings.database_url);
    const std::string name = log_name(claim.run_id, claim.phase_id);
    std::filesystem::create_directories(settings.logs);
    c.out_file = (settings.logs / (name + ".stdout.txt")).string();
    c.err_file = (settings.logs / (name + ".stderr.txt")).string();
    return c;
}

/// Waits until an executor's last word is in the database.
inline phase_status settled_status(sqlite::connection& database, const phase_claim& claim, int returncode,
                                   std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    for (;;) {
        const auto status = read_status(database, claim.id);
        if (!status) return {"NOT_FOUND", "Phase not found in database", {}};
        if (status->is_settled() || returncode != 0 || std::chrono::steady_clock::now() >= until) return *status;
        sleep_ms(patience.count() < 500 ? 10 : 500);
    }
}

inline void add_yield(drain_result& result, const drain_settings& settings, const telemetry_count& after,
                      const std::string& out, const std::string& err) {
    if (result.telemetry_events.value_or(0) > 0 && result.seconds.value_or(0) > 0) {
        result.yield_per_minute = rounded(static_cast<double>(*result.telemetry_events) / *result.seconds * 60, 2);
    }
    result.reached_llm_boundary = reached_limit(out, err);
    const auto why = classify_zero_yield({result.success, result.telemetry_events, result.returncode, out, err,
                                          settings.telemetry_enabled, after.has_tables});
    if (why) result.zero_yield_reason = std::string(why->code);
}

/// The part of a result that is known before the work begins.
inline drain_result result_for(const phase_claim& claim) {
    drain_result result;
    result.run_id = claim.run_id;
    result.phase_id = claim.phase_id;
    result.phase_index = claim.phase_index;
    result.initial_state = claim.state_before;
    result.timestamp = session_time(timestamp::now());
    return result;
}

/// The state that the work has left, and why it failed.
inline void judge_work(drain_result& result, sqlite::connection& database, const phase_claim& claim,
                       const drain_settings& settings, const command_result& ran, const std::string& out,
                       const std::string& err) {
    if (ran.timed_out) {
        result.final_state = "TIMEOUT";
        result.error_message = "Phase drain timed out after " + limit_text(settings.limit) + " (see logs)";
        return;
    }
    const phase_status status = settled_status(database, claim, ran.returncode, settings.settle);
    result.final_state = status.state;
    result.success = status.state == "COMPLETE";
    if (result.success) return;
    // Of a phase that is still EXECUTING the reason is the one of its last failure, which is not this one.
    result.error_message =
        failure_text(result, status.is_settled() ? status.last_failure_reason : std::nullopt, out, err);
}

} // namespace detail

/// Has the executor work on a phase that was claimed, and tells what became of it.
/// shape:  a phase that the executor leaves EXECUTING has failed; nothing where `go_on` said no: then the phase is as before.
///         The work is good where the phase is COMPLETE, whatever the exit code
/// errors: S422 the executor cannot be started
inline std::optional<drain_result> drain_claimed(sqlite::connection& database, const phase_claim& claim,
                                                 const drain_settings& settings) {
    drain_result result = detail::result_for(claim);
    const command work = detail::command_for(settings, claim);
    const telemetry_count before = count_telemetry(database);
    const command_result ran = run_command(work, settings.go_on);
    if (ran.interrupted) {
        undo_claim(database, claim, timestamp::now());
        return std::nullopt;
    }
    const telemetry_count after = count_telemetry(database);
    const std::string out = detail::read_log(work.out_file);
    const std::string err = detail::read_log(work.err_file);
    result.returncode = ran.returncode;
    result.seconds = detail::rounded(ran.seconds, 2);
    result.stdout_path = work.out_file;
    result.stderr_path = work.err_file;
    result.stdout_excerpt = detail::excerpt(out);
    result.stderr_excerpt = detail::excerpt(err);
    if (!ran.timed_out) result.telemetry_events = added(before, after);
    detail::judge_work(result, database, claim, settings, ran, out, err);
    if (!result.success) fail_claim(database, claim, result.error_message.value_or("no reason"), timestamp::now());
    detail::add_yield(result, settings, after, out, err);
    result.fingerprint = fingerprint_of(result);
    return result;
}

} // namespace autopack_schema::ops
