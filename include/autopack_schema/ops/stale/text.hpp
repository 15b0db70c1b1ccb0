// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/ascii.hpp>
#include <autopack_schema/ops/identity/text.hpp>
#include <autopack_schema/ops/stale/detect.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::ops {

namespace detail {

/// "48h 5m", "59m"
inline std::string age_text(std::int64_t minutes) {
    if (minutes < 60) return std::to_string(minutes) + "m";
    return std::to_string(minutes / 60) + "h " + std::to_string(minutes % 60) + "m";
}

inline constexpr std::string_view stale_advice = "1. Check if there are any stuck executor processes:\n"
                                                 "   - Look for drains and executors that hang\n"
                                                 "   - Check .autonomous_runs/ for active session directories\n"
                                                 "\n"
                                                 "2. Mark stale phases as FAILED to unblock the queue:\n"
                                                 "   detect_stale_queued --mark-failed\n"
                                                 "\n"
                                                 "3. Or drain them individually to attempt completion:\n"
                                                 "   drain_queued --run-id <run_id> --executor <command>\n";

inline std::map<std::string, std::vector<stale_phase>> by_run_oldest_first(const std::vector<stale_phase>& stale) {
    std::map<std::string, std::vector<stale_phase>> runs;
    for (const stale_phase& phase : stale) runs[phase.run_id].push_back(phase);
    for (auto& [run, phases] : runs) {
        std::stable_sort(phases.begin(), phases.end(),
                         [](const auto& a, const auto& b) { return a.minutes > b.minutes; });
    }
    return runs;
}

} // namespace detail

/// The report on stale phases: by run, the longest waiting first, and what to do.
inline std::string stale_report(const std::vector<stale_phase>& stale) {
    if (stale.empty()) return "No stale QUEUED phases detected.\n";
    std::string text = detail::title("STALE QUEUED PHASES DETECTED: " + std::to_string(stale.size())) + "\n";
    for (const auto& [run, phases] : detail::by_run_oldest_first(stale)) {
        text += "\nRun: " + run + "\n  Stale phases: " + std::to_string(phases.size()) + "\n";
        for (const stale_phase& phase : phases) {
            text += "    - " + detail::padded(phase.phase_id, 40) + " (queued for " + detail::age_text(phase.minutes) +
                    ")\n";
        }
    }
    return text + "\n" + detail::title("RECOMMENDATIONS") + "\n" + std::string(detail::stale_advice);
}

} // namespace autopack_schema::ops
