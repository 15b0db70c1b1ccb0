// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/drain/result.hpp>
#include <autopack_schema/ops/drain/session.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>

namespace autopack_schema::ops {

namespace detail {

using json = nlohmann::ordered_json;

/// Writes members into a JSON object, one after the other.
class json_out {
public:
    static constexpr bool is_reading = false;
    explicit json_out(json& object) : object_(object) {}

    template <class T>
    void operator()(const char* name, const T& value) {
        object_[name] = value;
    }
    template <class T>
    void operator()(const char* name, const std::optional<T>& value) {
        object_[name] = nullptr;
        if (value) object_[name] = *value;
    }

private:
    json& object_;
};

/// Reads members from a JSON object; what is missing stays as it is, what nobody knows is an error.
class json_in {
public:
    static constexpr bool is_reading = true;
    explicit json_in(const json& object) : object_(object) {}

    template <class T>
    void operator()(const char* name, T& value) {
        ++known_;
        const auto found = object_.find(name);
        if (found == object_.end()) {
            --known_;
            return;
        }
        read(*found, value);
    }
    /// errors: S424 a key that was not asked for
    void refuse_unknown() const {
        if (known_ == object_.size()) return;
        throw error({.code = "S424",
                     .what_happened = "the session has a key that is not known",
                     .advice = "use the program that wrote it"});
    }

private:
    template <class T>
    static void read(const json& from, T& to) {
        if (from.is_null()) return; // as if it were missing
        to = from.get<T>();
    }
    template <class T>
    static void read(const json& from, std::optional<T>& to) {
        to.reset();
        if (!from.is_null()) to = from.get<T>();
    }

    const json& object_;
    std::size_t known_ = 0;
};

template <class Visitor, class Result>
void visit_result(Visitor& visit, Result& r) {
    visit("run_id", r.run_id);
    visit("phase_id", r.phase_id);
    visit("phase_index", r.phase_index);
    visit("initial_state", r.initial_state);
    visit("final_state", r.final_state);
    visit("success", r.success);
    visit("error_message", r.error_message);
    visit("timestamp", r.timestamp);
    visit("subprocess_returncode", r.returncode);
    visit("subprocess_duration_seconds", r.seconds);
    visit("subprocess_stdout_path", r.stdout_path);
    visit("subprocess_stderr_path", r.stderr_path);
    visit("subprocess_stdout_excerpt", r.stdout_excerpt);
    visit("subprocess_stderr_excerpt", r.stderr_excerpt);
    visit("failure_fingerprint", r.fingerprint);
    visit("telemetry_events_collected", r.telemetry_events);
    visit("telemetry_yield_per_minute", r.yield_per_minute);
    visit("reached_llm_boundary", r.reached_llm_boundary);
    visit("zero_yield_reason", r.zero_yield_reason);
}

template <class Visitor, class Session, class Results, class Counts>
void visit_session(Visitor& visit, Session& s, Results& results, Counts& fingerprints) {
    visit("session_id", s.session_id);
    visit("started_at", s.started_at);
    visit("completed_at", s.completed_at);
    visit("batch_size", s.batch_size);
    visit("total_processed", s.total_processed);
    visit("total_success", s.total_success);
    visit("total_failed", s.total_failed);
    visit("total_timeouts", s.total_timeouts);
    visit("total_telemetry_events", s.total_telemetry_events);
    visit("results", results);
    visit("fingerprint_counts", fingerprints);
    visit("stopped_fingerprints", s.stopped_fingerprints);
    visit("stopped_runs", s.stopped_runs);
    visit("consecutive_zero_yield", s.consecutive_zero_yield);
    visit("sampled_runs", s.sampled_runs);
    visit("promising_runs", s.promising_runs);
    visit("deprioritized_runs", s.deprioritized_runs);
}

} // namespace detail

/// A result as sessions hold it.
inline nlohmann::ordered_json to_json_value(const drain_result& result) {
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    detail::json_out out(object);
    detail::visit_result(out, result);
    return object;
}

/// A session as its file holds it; sets are sorted arrays.
inline nlohmann::ordered_json to_json_value(const drain_session& session) {
    nlohmann::ordered_json results = nlohmann::ordered_json::array();
    for (const drain_result& result : session.results) results.push_back(to_json_value(result));
    nlohmann::ordered_json fingerprints = nlohmann::ordered_json::object();
    for (const auto& [print, count] : session.fingerprint_counts) fingerprints[print] = count;
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    detail::json_out out(object);
    detail::visit_session(out, session, results, fingerprints);
    return object;
}

/// Reads a result; the fingerprint of a failure that has none is made.
/// errors: S424 a key that is not known
inline drain_result result_from_json(const nlohmann::ordered_json& object) {
    drain_result result;
    detail::json_in in(object);
    detail::visit_result(in, result);
    in.refuse_unknown();
    if (!result.fingerprint) result.fingerprint = fingerprint_of(result);
    return result;
}

/// Reads a session. Files of older programs have fewer keys; fingerprints of failures that are missing are made.
/// errors: S424 it is no session; nlohmann's exceptions where a key has another type
inline drain_session session_from_json(const nlohmann::ordered_json& object) {
    if (!object.is_object() || !object.contains("session_id")) {
        throw error({.code = "S424",
                     .what_happened = "the file holds no session",
                     .advice = "remove it, or name another folder"});
    }
    drain_session session;
    nlohmann::ordered_json results = nlohmann::ordered_json::array();
    nlohmann::ordered_json fingerprints = nlohmann::ordered_json::object();
    detail::json_in in(object);
    detail::visit_session(in, session, results, fingerprints);
    in.refuse_unknown();
    for (const auto& result : results) session.results.push_back(result_from_json(result));
    for (const auto& [print, count] : fingerprints.items())
        session.fingerprint_counts.emplace_back(print, count.get<std::int64_t>());
    return session;
}

} // namespace autopack_schema::ops
