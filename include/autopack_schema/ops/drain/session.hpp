// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/ops/drain/result.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// A time as sessions hold it: 2025-12-28T10:15:00.123456+00:00.
inline std::string session_time(timestamp time) { return time.to_iso_string() + "+00:00"; }

/// The name of a session: batch-drain-20251228-101500.
inline std::string session_name(timestamp time) {
    std::string digits;
    for (const char c : time.to_string().substr(0, 19)) {
        if (c >= '0' && c <= '9') digits += c;
    }
    return "batch-drain-" + digits.substr(0, 8) + "-" + digits.substr(8);
}

/// What a batch drain has done so far, and what it has learned of runs and failures.
struct drain_session {
    std::string session_id{};
    std::string started_at{};
    std::optional<std::string> completed_at{};
    std::int64_t batch_size = 10;
    std::int64_t total_processed = 0;
    std::int64_t total_success = 0;
    std::int64_t total_failed = 0;
    std::int64_t total_timeouts = 0;
    std::int64_t total_telemetry_events = 0;
    std::vector<drain_result> results{};
    std::vector<std::pair<std::string, std::int64_t>> fingerprint_counts{}; ///< in the order of first sight
    std::set<std::string> stopped_fingerprints{};
    std::set<std::string> stopped_runs{};
    std::int64_t consecutive_zero_yield = 0;
    std::set<std::string> sampled_runs{};
    std::set<std::string> promising_runs{};
    std::set<std::string> deprioritized_runs{};

    std::int64_t count_of(const std::string& fingerprint) const {
        for (const auto& [print, count] : fingerprint_counts) {
            if (print == fingerprint) return count;
        }
        return 0;
    }
    /// One more of a fingerprint; how many there are now.
    std::int64_t add(const std::string& fingerprint) {
        for (auto& [print, count] : fingerprint_counts) {
            if (print == fingerprint) return ++count;
        }
        fingerprint_counts.emplace_back(fingerprint, 1);
        return 1;
    }
    std::set<std::string> processed_keys() const {
        std::set<std::string> keys;
        for (const drain_result& result : results) keys.insert(result.key());
        return keys;
    }
    std::int64_t timeouts_of(const std::string& run_id) const {
        std::int64_t count = 0;
        for (const drain_result& result : results)
            count += result.run_id == run_id && is_timeout(result.returncode) ? 1 : 0;
        return count;
    }
};

/// How often phases have been attempted, by "run:phase".
using attempt_counts = std::map<std::string, std::int64_t>;

/// Adds the attempts of a session.
inline void count_attempts(attempt_counts& counts, const drain_session& session) {
    for (const drain_result& result : session.results) counts[result.key()] += result.is_attempt() ? 1 : 0;
}

} // namespace autopack_schema::ops
