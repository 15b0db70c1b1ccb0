// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/ascii.hpp>
#include <autopack_schema/ops/drain/error_text.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace autopack_schema::ops {

/// What is known of a phase's work that may explain why it left no telemetry.
struct yield_evidence {
    bool success = false;
    std::optional<std::int64_t> telemetry_events{}; ///< empty: could not be counted
    std::optional<int> returncode{};                ///< empty: the work was never started
    std::string_view out{};                         ///< what it wrote to standard output
    std::string_view err{};                         ///< and to standard error
    bool telemetry_enabled = true;
    bool tables_present = true;
};

namespace detail {

inline constexpr std::array<std::string_view, 9> limit_texts{
    "max_turns",  "message limit",           "context_length_exceeded", "maximum context", "token limit exceeded",
    "max tokens", "context window exceeded", "conversation too long",   "exceeded maximum"};

/// Texts of checks that fail before the work is looked at, and of work that fails before the model is asked.
inline constexpr std::array<std::string_view, 5> preflight_texts{"phase not found", "run not found", "database error",
                                                                 "connection error", "permission denied"};
inline constexpr std::array<std::string_view, 4> early_texts{"validation error", "schema error",
                                                             "missing required field", "invalid phase"};

inline bool says_any(const yield_evidence& e, std::span<const std::string_view> texts) {
    return contains_any(lowered(e.out), texts) || contains_any(lowered(e.err), texts);
}

} // namespace detail

/// Whether the work ran into a limit of the model: of messages, of tokens, of context.
inline bool reached_limit(std::string_view out, std::string_view err) {
    return detail::says_any({.out = out, .err = err}, detail::limit_texts);
}

/// Why a phase left no telemetry.
/// shape: `code` is one word for files and programs, `text` a clause for people
struct zero_yield {
    std::string_view code{};
    std::string_view text{};
    friend constexpr bool operator==(const zero_yield&, const zero_yield&) = default;
};

namespace detail {

inline constexpr zero_yield yield_disabled{"telemetry_disabled", "telemetry disabled: TELEMETRY_DB_ENABLED is not set"};
inline constexpr zero_yield yield_no_tables{"telemetry_tables_missing", "telemetry tables missing"};
inline constexpr zero_yield yield_not_flushed{"success_no_llm_calls",
                                              "success, but no model was called or telemetry was not flushed"};
inline constexpr zero_yield yield_timeout{"timeout", "the time limit was reached"};
inline constexpr zero_yield yield_limit{"llm_boundary_hit", "a limit of the model was hit"};
inline constexpr zero_yield yield_preflight{"failed_before_llm",
                                            "never reached the LLM boundary: failed preflight checks"};
inline constexpr zero_yield yield_early{"failed_before_llm", "failed before the executor invoked a model"};
inline constexpr zero_yield yield_execution{"execution_error", "reached the LLM boundary but failed"};
inline constexpr zero_yield yield_unknown{"unknown", "for an unknown reason"};

/// `otherwise`, unless nothing could have been recorded anyway.
inline zero_yield unless_unrecorded(const yield_evidence& e, const zero_yield& otherwise) {
    if (!e.telemetry_enabled) return yield_disabled;
    return e.tables_present ? otherwise : yield_no_tables;
}

} // namespace detail

/// Classifies a phase without telemetry: the six reasons of the runbook, told apart by what the work printed, and two of
/// their own, limits of the model and of the time.
/// shape: nothing where there is telemetry
inline std::optional<zero_yield> classify_zero_yield(const yield_evidence& e) {
    if (e.telemetry_events.value_or(0) > 0) return std::nullopt;
    if (e.success) return detail::unless_unrecorded(e, detail::yield_not_flushed);
    if (is_timeout(e.returncode)) return detail::yield_timeout;
    if (reached_limit(e.out, e.err)) return detail::yield_limit;
    if (detail::says_any(e, detail::preflight_texts)) return detail::yield_preflight;
    if (detail::says_any(e, detail::early_texts)) return detail::yield_early;
    const bool failed = e.returncode.value_or(0) != 0;
    return detail::unless_unrecorded(e, failed ? detail::yield_execution : detail::yield_unknown);
}

/// The clause for a code that was stored.
inline std::string_view zero_yield_text(std::string_view code) {
    static constexpr std::array all{detail::yield_disabled, detail::yield_no_tables, detail::yield_not_flushed,
                                    detail::yield_timeout,  detail::yield_limit,     detail::yield_early,
                                    detail::yield_execution};
    for (const zero_yield& reason : all) {
        if (reason.code == code) return reason.text;
    }
    return detail::yield_unknown.text;
}

} // namespace autopack_schema::ops
