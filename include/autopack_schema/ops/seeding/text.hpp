// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/ascii.hpp>
#include <autopack_schema/ops/identity/text.hpp>
#include <autopack_schema/ops/seeding/phases.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::ops::seeding {

namespace detail {

/// "implementation: 6 (2 low, 4 medium)" for each category, counted from the phases.
inline std::string breakdown() {
    std::string text;
    for (std::size_t i = 0; i < phases.size(); ++i) {
        const std::string_view category = phases[i].category;
        bool seen = false;
        for (std::size_t j = 0; j < i; ++j) seen = seen || phases[j].category == category;
        if (seen) continue;
        std::size_t all = 0;
        std::string levels;
        for (const std::string_view level : {"low", "medium", "high"}) {
            std::size_t count = 0;
            for (const seed_phase& phase : phases)
                count += phase.category == category && phase.complexity == level ? 1U : 0U;
            all += count;
            if (count > 0) levels += (levels.empty() ? "" : ", ") + std::to_string(count) + " " + std::string(level);
        }
        text += "  " + std::string(category) + ": " + std::to_string(all) + " (" + levels + ")\n";
    }
    return text;
}

} // namespace detail

/// What was created, and what to do next.
inline std::string created_text() {
    std::string text = "[OK] Created run: " + std::string(run_id) + "\n[OK] Created tier: T1\n";
    for (std::size_t i = 0; i < phases.size(); ++i) {
        text += "  [" + ops::detail::right_aligned(std::to_string(i + 1), 2) + "] " +
                ops::detail::padded(phases[i].phase_id, 35) + " (" + ops::detail::padded(phases[i].complexity, 6) +
                " " + std::string(phases[i].category) + ")\n";
    }
    text += "\n" + ops::detail::title("TELEMETRY COLLECTION RUN CREATED");
    text += "Run ID: " + std::string(run_id) + "\nPhases: " + std::to_string(phases.size()) + " (all QUEUED)\n" +
            detail::breakdown();
    text += "\nNext, with the same DATABASE_URL:\n";
    text += "  db_identity\n";
    text += "  TELEMETRY_DB_ENABLED=1 drain_queued --run-id " + std::string(run_id) +
            " --batch-size 10 --executor COMMAND\n";
    return text + "  db_identity\n";
}

} // namespace autopack_schema::ops::seeding
