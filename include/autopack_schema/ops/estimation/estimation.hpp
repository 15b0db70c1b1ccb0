// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace autopack_schema::ops {

/// What became of an estimation: what a call of a model hands to the recorder.
struct estimation {
    std::string run_id{}; ///< empty or "unknown": looked up by the phase
    std::string phase_id{};
    std::optional<std::string> category{};                 ///< required by the table
    std::optional<std::string> complexity{};               ///< as the phase says it
    nlohmann::ordered_json deliverables{};                 ///< a list of paths
    std::optional<std::int64_t> predicted_output_tokens{}; ///< required
    std::optional<std::int64_t> actual_output_tokens{};    ///< required
    std::int64_t selected_budget = 0;                      ///< what the estimator asked for
    std::optional<std::int64_t> actual_max_tokens{};       ///< what the provider was asked for at most
    bool success = false;
    bool truncated = false;
    std::optional<std::string> stop_reason{};
    std::optional<std::string> model{}; ///< required by the table
    bool is_truncated_output = false;
    std::optional<bool> api_reference_required{};
    std::optional<bool> examples_required{};
    std::optional<bool> research_required{};
    std::optional<bool> usage_guide_required{};
    std::optional<std::string> context_quality{};
    bool is_sot_file = false;
    std::optional<std::string> sot_file_name{};
    std::optional<std::int64_t> sot_entry_count_hint{};
};

} // namespace autopack_schema::ops
