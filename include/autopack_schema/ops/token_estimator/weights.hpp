// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace autopack_schema::ops {

/// Of which sort a deliverable is.
enum class deliverable_kind : std::uint8_t { backend, frontend, test, doc, config };

/// What is laid on top of an estimation, for imports, boilerplate and error handling.
inline constexpr double safety_margin = 1.3;

/// What is laid on top of an estimation when a budget is chosen.
inline constexpr double buffer_margin = 1.2;

/// More is never asked of a provider.
inline constexpr std::int64_t largest_budget = 64'000;

/// Which calibration the numbers below come from.
inline constexpr std::string_view calibration_version = "v5-step1";

/// Tokens that one deliverable of a sort costs.
struct marginal_weight {
    std::string_view name{};
    std::int64_t create = 0; ///< a new file
    std::int64_t modify = 0; ///< a change to a file of ordinary size
};

/// By `deliverable_kind`.
inline constexpr std::array<marginal_weight, 5> marginal_weights{{
    {"backend", 2000, 700},
    {"frontend", 2800, 1100},
    {"test", 1400, 600},
    {"doc", 500, 400},
    {"config", 1000, 500},
}};

/// The weight of a sort.
constexpr const marginal_weight& weight_of(deliverable_kind kind) {
    return marginal_weights[static_cast<std::size_t>(kind)];
}

/// Tokens that a phase of a category costs before its first deliverable.
struct phase_overhead_row {
    std::string_view category{};
    std::int64_t low = 0;
    std::int64_t medium = 0;
    std::int64_t high = 0;
};

/// As calibrated; `tests` is not among them (ruling: as the original program does), `testing` is.
inline constexpr std::array<phase_overhead_row, 11> phase_overheads{{
    {"implementation", 634, 1176, 5000},
    {"refactoring", 2500, 3500, 5500},
    {"configuration", 800, 1500, 2500},
    {"integration", 3000, 4000, 6000},
    {"testing", 915, 2500, 4000},
    {"documentation", 1500, 2500, 3500},
    {"docs", 1500, 2500, 3500},
    {"backend", 2000, 3000, 5000},
    {"frontend", 2500, 3500, 5500},
    {"database", 2000, 3000, 5000},
    {"deployment", 2000, 3000, 5000},
}};

/// For every category and complexity that has no number of its own.
inline constexpr std::int64_t default_phase_overhead = 2000;

/// The calibrated overhead; nothing where category and complexity fall to `default_phase_overhead`.
constexpr std::optional<std::int64_t> calibrated_overhead(std::string_view category, std::string_view complexity) {
    for (const phase_overhead_row& row : phase_overheads) {
        if (row.category != category) continue;
        if (complexity == "low") return row.low;
        if (complexity == "medium") return row.medium;
        if (complexity == "high") return row.high;
    }
    return std::nullopt;
}

/// Three numbers, one for each complexity.
struct complexity_budgets {
    std::int64_t low = 8192;
    std::int64_t medium = 12288;
    std::int64_t high = 16384;

    /// A complexity that is none of the three gets `other`.
    constexpr std::int64_t at(std::string_view complexity, std::int64_t other = 8192) const {
        return complexity == "low" ? low : complexity == "medium" ? medium : complexity == "high" ? high : other;
    }
};

/// What a phase gets of which nothing is known but its complexity.
constexpr std::int64_t default_budget(std::string_view complexity) { return complexity_budgets{}.at(complexity); }

} // namespace autopack_schema::ops
