// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/detail/number_text.hpp>
#include <autopack_schema/ops/json_text.hpp>
#include <autopack_schema/ops/metadata/store.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// One run at a glance.
struct run_snapshot {
    std::string run_id{};
    std::optional<std::string> template_id{};
    std::optional<std::string> causal_mode{};
    std::int64_t entities_created = 0;
    std::int64_t timepoints_created = 0;
    std::vector<std::string> mechanisms_used{};
    double cost_usd = 0;
    std::string status = "unknown";
    nlohmann::ordered_json fidelity_distribution{}; ///< null, or entities by level
    std::optional<double> token_budget_compliance{};
    std::optional<double> fidelity_efficiency_score{};
    std::optional<double> actual_tokens_used{};
    nlohmann::ordered_json characters = nlohmann::ordered_json::array();
    nlohmann::ordered_json timeline = nlohmann::ordered_json::array();
    std::optional<std::string> latest_event{};
    std::size_t dialog_count = 0;
};

namespace detail {

/// The narrative with the last name, of those of a template.
inline std::optional<std::filesystem::path> latest_narrative(const std::filesystem::path& datasets,
                                                             const std::string& template_id) {
    std::optional<std::filesystem::path> latest;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(datasets / template_id, ignored)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with("narrative_") || !name.ends_with(".json")) continue;
        if (!latest || latest->filename().string() < name) latest = entry.path();
    }
    return latest;
}

inline nlohmann::ordered_json list_of(const nlohmann::ordered_json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_array() ? *found : nlohmann::ordered_json::array();
}

inline std::string word_of(const nlohmann::ordered_json& object, const char* key, std::string_view otherwise) {
    if (!object.is_object() || !object.contains(key)) return std::string(otherwise);
    const auto& value = object.at(key);
    return value.is_string() ? value.get<std::string>() : to_json_text(value);
}

inline void add_narrative(run_snapshot& snapshot, const std::filesystem::path& datasets) {
    const auto file = latest_narrative(datasets, snapshot.template_id.value_or(""));
    if (!file || snapshot.template_id.value_or("").empty()) return;
    std::ifstream in(*file);
    const auto story = nlohmann::ordered_json::parse(in, nullptr, false);
    if (!story.is_object()) return; // what is no narrative adds nothing
    snapshot.characters = list_of(story, "characters");
    snapshot.timeline = list_of(story, "timeline");
    snapshot.dialog_count = list_of(story, "dialogs").size();
    if (!snapshot.timeline.empty()) snapshot.latest_event = word_of(snapshot.timeline.back(), "event_description", "");
}

inline std::string character_lines(const nlohmann::ordered_json& characters) {
    std::string text = "\nCharacters (" + std::to_string(characters.size()) + "):\n";
    for (std::size_t i = 0; i < characters.size() && i < 5; ++i) {
        text += "  - " + word_of(characters[i], "entity_id", "unknown") + " (" +
                word_of(characters[i], "entity_type", "unknown") + ")\n";
    }
    if (characters.size() > 5) text += "  ... and " + std::to_string(characters.size() - 5) + " more\n";
    return text;
}

inline std::string metric_lines(const run_snapshot& s) {
    std::string text;
    if (s.fidelity_distribution.is_object() && !s.fidelity_distribution.empty()) {
        text += "\nFidelity Distribution (M1):\n";
        std::map<std::string, std::string> levels;
        for (const auto& [level, count] : s.fidelity_distribution.items()) levels[level] = to_json_text(count);
        for (const auto& [level, count] : levels) text += "  " + level + ": " + count + " entities\n";
    }
    if (s.token_budget_compliance) {
        text += std::string("Token Budget Compliance: ") + (*s.token_budget_compliance <= 1.0 ? "✓ " : "⚠ ") +
                fixed(*s.token_budget_compliance * 100, 1) + "%\n";
    }
    if (s.fidelity_efficiency_score)
        text += "Fidelity Efficiency: " + fixed(*s.fidelity_efficiency_score, 6) + " quality/token\n";
    return text;
}

} // namespace detail

/// Takes a run at a glance; a run that is not there is "unknown".
/// shape:  nothing for an empty id; `datasets` is the folder with the narratives of each template
/// errors: S432 no database of run metadata, and what else the database refuses
inline std::optional<run_snapshot> take_snapshot(metadata_store& store, const std::string& run_id,
                                                 const std::filesystem::path& datasets = "datasets") {
    if (run_id.empty()) return std::nullopt;
    run_snapshot snapshot;
    snapshot.run_id = run_id;
    try {
        const run_record run = store.get_run(run_id);
        snapshot.template_id = run.template_id;
        snapshot.causal_mode = run.causal_mode;
        snapshot.entities_created = run.entities_created.value_or(0);
        snapshot.timepoints_created = run.timepoints_created.value_or(0);
        snapshot.mechanisms_used = run.mechanisms_used;
        snapshot.cost_usd = run.cost_usd.value_or(0);
        snapshot.status = run.status.value_or("unknown");
        snapshot.fidelity_distribution =
            nlohmann::ordered_json::parse(run.fidelity_distribution.value_or("null"), nullptr, false);
        snapshot.token_budget_compliance = run.token_budget_compliance;
        snapshot.fidelity_efficiency_score = run.fidelity_efficiency_score;
        snapshot.actual_tokens_used = run.actual_tokens_used;
    } catch (const error& problem) {
        if (problem.code() != "S431") throw;
    }
    detail::add_narrative(snapshot, datasets);
    return snapshot;
}

/// A snapshot for people and models.
/// shape: lines, the last with its end too
inline std::string to_text(const std::optional<run_snapshot>& snapshot) {
    if (!snapshot) return "No simulation data available.\n";
    const run_snapshot& s = *snapshot;
    std::string mechanisms;
    for (const std::string& mechanism : s.mechanisms_used) mechanisms += (mechanisms.empty() ? "" : ", ") + mechanism;
    std::string text = "=== SIMULATION STATE: " + s.run_id + " ===\n";
    text += "Template: " + s.template_id.value_or("None") + "\nMode: " + s.causal_mode.value_or("None") + "\n";
    text += "Progress: " + std::to_string(s.entities_created) + " entities, " + std::to_string(s.timepoints_created) +
            " timepoints\n";
    text +=
        "Mechanisms: " + (mechanisms.empty() ? "None" : mechanisms) + "\nCost: $" + detail::fixed(s.cost_usd, 3) + "\n";
    text += "Status: " + s.status + "\n" + detail::metric_lines(s);
    if (!s.characters.empty()) text += detail::character_lines(s.characters);
    if (!s.timeline.empty()) {
        text += "\nTimeline: " + std::to_string(s.timeline.size()) + " timepoints\n";
        if (!s.latest_event.value_or("").empty()) text += "Latest event: " + *s.latest_event + "\n";
    }
    if (s.dialog_count > 0) text += "\nDialogs: " + std::to_string(s.dialog_count) + " conversations generated\n";
    return text;
}

} // namespace autopack_schema::ops
