// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/drain/error_text.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace autopack_schema::ops {

/// What became of one phase that was drained.
struct drain_result {
    std::string run_id{};
    std::string phase_id{};
    std::optional<std::int64_t> phase_index{};
    std::string initial_state{};
    std::string final_state{}; ///< a state of phases, or NOT_FOUND, TIMEOUT, ERROR
    bool success = false;
    std::optional<std::string> error_message{};
    std::string timestamp{}; ///< ISO 8601, UTC
    std::optional<int> returncode{};
    std::optional<double> seconds{};
    std::optional<std::string> stdout_path{};
    std::optional<std::string> stderr_path{};
    std::optional<std::string> stdout_excerpt{}; ///< 500 characters
    std::optional<std::string> stderr_excerpt{};
    std::optional<std::string> fingerprint{};       ///< of failures
    std::optional<std::int64_t> telemetry_events{}; ///< empty: could not be counted
    std::optional<double> yield_per_minute{};
    std::optional<bool> reached_llm_boundary{}; ///< a limit of the model was hit
    std::optional<std::string> zero_yield_reason{};

    /// "run:phase"
    std::string key() const { return run_id + ":" + phase_id; }
    /// Whether it is of a dry run: nothing was begun, and nothing went wrong.
    bool is_rehearsal() const { return success && !is_attempt(); }
    /// Whether work was done, or at least begun.
    bool is_attempt() const {
        return returncode.has_value() || stdout_path.has_value() || final_state == "TIMEOUT" || final_state == "ERROR";
    }
};

/// The fingerprint of a result; none of a success.
inline std::optional<std::string> fingerprint_of(const drain_result& result) {
    if (result.success) return std::nullopt;
    return failure_fingerprint(result.final_state, result.returncode, result.error_message.value_or(""));
}

} // namespace autopack_schema::ops
