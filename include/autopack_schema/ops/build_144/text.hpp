// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/build_144/verification.hpp>
#include <autopack_schema/ops/detail/percent.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::ops::build_144 {

namespace detail {

inline std::string fact(std::string_view what, bool holds) {
    return (holds ? "✅ " : "❌ ") + std::string(what) + (holds ? ": True\n" : ": False\n");
}

inline std::string count_with_share(std::string_view what, std::int64_t part, std::int64_t whole) {
    return std::string(what) + ": " + std::to_string(part) + " (" + ops::detail::percent_of(part, whole) + ")\n";
}

inline std::string number_or_none(const std::optional<std::int64_t>& number) {
    return number ? std::to_string(*number) : "None (NULL)";
}

inline std::string sample_text(const sample& s) {
    std::string text = "Provider: " + s.provider + ", Model: " + s.model + "\n";
    text += "  prompt_tokens: " + number_or_none(s.prompt_tokens) + "\n";
    text += "  completion_tokens: " + number_or_none(s.completion_tokens) + "\n";
    text += "  total_tokens: " + number_or_none(s.total_tokens);
    if (!s.prompt_tokens && !s.completion_tokens) return text + " (preserved!)\n\n";
    const bool matches = s.total_tokens == s.prompt_tokens.value_or(0) + s.completion_tokens.value_or(0);
    return text + "\n  Sum matches: " + (matches ? "True" : "False") + "\n\n";
}

inline std::string samples_text(std::string_view title, const std::vector<sample>& samples) {
    std::string text = "=== " + std::string(title) + " ===\n";
    for (const sample& s : samples) text += sample_text(s);
    return samples.empty() ? text + "(none)\n\n" : text;
}

inline std::string rows_of(std::int64_t count) { return std::to_string(count) + (count == 1 ? " row" : " rows"); }

/// What the criteria alone would not say.
inline std::string remarks(const row_counts& counts) {
    std::string text;
    if (counts.unrecoverable > 0) {
        const bool one = counts.unrecoverable == 1;
        text += rows_of(counts.unrecoverable) + " had no splits: " + (one ? "its total" : "their totals") +
                " cannot be recovered\n";
    }
    if (counts.zero_splits > 0) {
        text +=
            rows_of(counts.zero_splits) + " with 0 in both splits: before BUILD-144 the columns could not be NULL\n";
    }
    if (counts.repairable > 0) {
        text += rows_of(counts.repairable) + " with total_tokens=0 although the splits have a sum: migrate again\n";
    }
    if (counts.mismatched > 0) {
        text += rows_of(counts.mismatched) + " where total_tokens is not the sum of both splits\n";
    }
    return text;
}

} // namespace detail

/// Option A of the runbook: the columns, and how many rows have a total.
inline std::string option_a(const verification& v) {
    return detail::fact("total_tokens exists", v.columns.total_exists) +
           detail::fact("total_tokens NOT NULL", v.columns.total_not_null) +
           detail::fact("prompt_tokens nullable", v.columns.prompt_nullable) +
           detail::fact("completion_tokens nullable", v.columns.completion_nullable) +
           "\nTotal events: " + std::to_string(v.counts.rows) + "\n" +
           detail::count_with_share("Events with total_tokens>0", v.counts.with_total, v.counts.rows) +
           detail::count_with_share("Total-only events (NULL splits)", v.counts.null_splits, v.counts.rows);
}

/// Option B of the runbook: one row of numbers, as the sqlite3 shell prints it.
inline std::string option_b(const verification& v) {
    return "total_events|with_total|total_only_nulls\n" + std::to_string(v.counts.rows) + "|" +
           std::to_string(v.counts.with_total) + "|" + std::to_string(v.counts.null_splits) + "\n";
}

/// The whole verification as the runbook shows it: rows, options A and B, sample values, criteria.
inline std::string to_text(const verification& v) {
    const row_counts& n = v.counts;
    std::string text = "Verification\n";
    text += "      Total rows: " + std::to_string(n.rows) + "\n";
    text += "      Exact splits (prompt+completion): " + std::to_string(n.exact) + "\n";
    text += "      Total-only (NULL splits): " + std::to_string(n.null_splits) + "\n";
    text += "      Total-only (0 in both splits): " + std::to_string(n.zero_splits) + "\n";
    text += "      Sum of all total_tokens: " + std::to_string(n.sum_of_totals) + "\n\n";
    text += option_a(v) + "\n" + option_b(v) + "\n";
    text += detail::samples_text("Exact Split Events", v.exact_samples);
    text += detail::samples_text("Total-Only Events (NULL splits)", v.total_only_samples);
    text += "=== Validation Criteria ===\n";
    for (const criterion& c : v.criteria) {
        text += (c.met ? "✅ met      " : "❌ not met  ") + c.text;
        text += c.number.empty() ? "\n" : ": " + c.number + "\n";
    }
    return text + detail::remarks(n);
}

} // namespace autopack_schema::ops::build_144
