// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/ascii.hpp>
#include <autopack_schema/ops/detail/number_text.hpp>
#include <autopack_schema/ops/replaying/replay.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

namespace detail {

inline std::string replay_row(const replayed& r) {
    const auto number = [](auto value) { return right_aligned(std::to_string(value), 10); };
    const auto error = [](double value) { return right_aligned(fixed(value, 1) + "%", 10); };
    return padded(r.sample.phase_id.substr(0, 32), 34) +
           padded((r.sample.category + "/" + r.sample.complexity).substr(0, 26), 28) + number(r.sample.actual) +
           number(r.sample.predicted) + number(r.predicted) + error(r.old_smape()) + error(r.new_smape()) + "\n";
}

/// The categories that were estimated with the default overhead, with their numbers.
inline std::string default_overhead_text(const std::vector<replayed>& all) {
    std::vector<std::pair<std::string, std::size_t>> found;
    for (const replayed& r : all) {
        if (!r.default_overhead) continue;
        const std::string name = r.sample.category + "/" + r.sample.complexity;
        const auto known = std::find_if(found.begin(), found.end(), [&](const auto& f) { return f.first == name; });
        if (known == found.end())
            found.emplace_back(name, 1);
        else
            ++known->second;
    }
    std::string text;
    for (const auto& [name, count] : found) {
        text += "Note: " + name + " has no calibrated overhead; " + std::to_string(count) +
                (count == 1 ? " sample falls" : " samples fall") + " to the default of " +
                std::to_string(default_phase_overhead) + "\n";
    }
    return text;
}

} // namespace detail

/// A replay as a table with what was predicted then and now, and a summary.
inline std::string replay_text(const std::vector<replayed>& all) {
    std::string text = "Replaying " + std::to_string(all.size()) + " samples with estimator " +
                       std::string(calibration_version) + "\n\n" + detail::padded("Phase", 34) +
                       detail::padded("Category/complexity", 28) +
                       "    Actual  Old pred.  New pred. Old SMAPE New SMAPE\n" + std::string(112, '-') + "\n";
    for (const replayed& r : all) text += detail::replay_row(r);
    const replay_summary s = summarize(all);
    const auto both = [](double before, double after, int decimals, const char* unit) {
        return detail::fixed(before, decimals) + unit + " -> " + detail::fixed(after, decimals) + unit + "\n";
    };
    text += std::string(112, '-') + "\nAverage SMAPE:        " + both(s.old_smape, s.new_smape, 1, "%");
    text += "Underestimation rate: " + both(s.old_underestimated, s.new_underestimated, 1, "%");
    text += "Median waste ratio:   " +
            (s.with_actual == 0 ? "none: no sample has an actual number\n" : both(s.old_waste, s.new_waste, 2, "x"));
    const std::string notes = detail::default_overhead_text(all);
    return notes.empty() ? text : text + "\n" + notes;
}

} // namespace autopack_schema::ops
