// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace autopack_schema::ops::build_144 {

/// What the columns of `llm_usage_events` are like.
struct column_facts {
    bool total_exists = false;
    bool total_not_null = false;
    bool prompt_nullable = false;
    bool completion_nullable = false;

    friend bool operator==(const column_facts&, const column_facts&) = default;
};

/// How many rows of `llm_usage_events` there are of each sort.
/// shape: `with_total`, `repairable` and `unrecoverable` are 0 while there is no column `total_tokens`
struct row_counts {
    std::int64_t rows = 0;
    std::int64_t with_total = 0;  ///< total_tokens > 0
    std::int64_t exact = 0;       ///< both splits known and not both 0
    std::int64_t null_splits = 0; ///< both splits NULL
    std::int64_t zero_splits = 0; ///< both splits 0: all that a NOT NULL column can hold of an unknown number
    std::int64_t null_splits_with_total = 0;
    std::int64_t repairable = 0;    ///< no total although the splits have one: the next migration repairs them
    std::int64_t mismatched = 0;    ///< both splits known, and their sum is not the total
    std::int64_t unrecoverable = 0; ///< no total and no splits
    std::int64_t sum_of_totals = 0; ///< tokens

    /// Rows of a source that gave totals only.
    constexpr std::int64_t total_only() const noexcept { return null_splits + zero_splits; }
    friend bool operator==(const row_counts&, const row_counts&) = default;
};

/// One of the runbook's validation criteria.
struct criterion {
    std::string text;
    bool met = false;
    std::string number; ///< what was counted: "1320 of 1543 (85.5%)"; may be empty

    friend bool operator==(const criterion&, const criterion&) = default;
};

/// A row shown as an example.
struct sample {
    std::int64_t id = 0;
    std::string provider;
    std::string model;
    std::optional<std::int64_t> prompt_tokens;
    std::optional<std::int64_t> completion_tokens;
    std::optional<std::int64_t> total_tokens; ///< empty while there is no such column

    friend bool operator==(const sample&, const sample&) = default;
};

/// What the verification of the BUILD-144 runbook found in a database.
struct verification {
    std::string database; ///< the file that was read
    column_facts columns;
    row_counts counts;
    std::vector<criterion> criteria;   ///< the four of the runbook, in its order
    std::vector<sample> exact_samples; ///< the first three rows with splits
    std::vector<sample> total_only_samples;

    /// Tells whether every criterion is met.
    bool met() const noexcept {
        for (const criterion& c : criteria) {
            if (!c.met) return false;
        }
        return true;
    }
};

} // namespace autopack_schema::ops::build_144
