// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/ops/json_text.hpp>
#include <autopack_schema/schemas/autopack/llm_usage_event.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace autopack_schema::ops {

/// How often a run called the doctor, and with what.
struct doctor_statistics {
    std::string run_id{};
    std::int64_t calls_total = 0;
    std::int64_t cheap_calls = 0;
    std::int64_t strong_calls = 0;
    std::int64_t escalations = 0; ///< strong calls for a phase that had a cheap one
    nlohmann::ordered_json actions = nlohmann::ordered_json::object(); ///< how often each was taken

    /// Share of cheap calls; 0 without calls.
    double cheap_vs_strong_ratio() const { return share(cheap_calls); }
    /// Share of escalations; 0 without calls.
    double escalation_frequency() const { return share(escalations); }

private:
    double share(std::int64_t part) const {
        return calls_total == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(calls_total);
    }
};

/// As JSON, with the names that the original gives.
inline nlohmann::ordered_json to_json_value(const doctor_statistics& s) {
    return {{"run_id", s.run_id},
            {"doctor_calls_total", s.calls_total},
            {"doctor_cheap_calls", s.cheap_calls},
            {"doctor_strong_calls", s.strong_calls},
            {"doctor_escalations", s.escalations},
            {"doctor_actions", s.actions},
            {"cheap_vs_strong_ratio", s.cheap_vs_strong_ratio()},
            {"escalation_frequency", s.escalation_frequency()}};
}

/// Reads the statistics of a run; nothing where the doctor was never called.
/// shape: actions that are no JSON object count as none
inline std::optional<doctor_statistics> read_doctor_statistics(sqlite::connection& database, std::string_view run_id) {
    sqlite::statement row =
        database.prepare("SELECT doctor_calls_total, doctor_cheap_calls, doctor_strong_calls, doctor_escalations, "
                         "doctor_actions FROM doctor_usage_stats WHERE run_id = ?1");
    row.bind(1, run_id);
    if (!row.step()) return std::nullopt;
    doctor_statistics found{std::string(run_id), row.column_int64(0), row.column_int64(1), row.column_int64(2),
                            row.column_int64(3)};
    auto actions = nlohmann::ordered_json::parse(row.column_text(4), nullptr, false);
    if (actions.is_object()) found.actions = std::move(actions);
    return found;
}

namespace detail {

/// Tells whether a phase of a run had a cheap call of the doctor at any time; no phase is a phase too.
inline bool had_cheap_call(sqlite::connection& database, std::string_view run_id,
                           const std::optional<std::string>& phase_id) {
    sqlite::statement row =
        database.prepare("SELECT 1 FROM llm_usage_events WHERE run_id = ?1 AND phase_id IS ?2 AND is_doctor_call = 1 "
                         "AND doctor_model = 'cheap' LIMIT 1");
    row.bind(1, run_id);
    row.bind(2, phase_id);
    return row.step();
}

/// Counts an event that was just stored.
/// shape: ruling 23: actions count, every one of them
inline void count_doctor_call(sqlite::connection& database, const schemas::autopack::llm_usage_event& e,
                              timestamp now) {
    const std::string_view run = *e.run_id;
    doctor_statistics s = read_doctor_statistics(database, run).value_or(doctor_statistics{.run_id = std::string(run)});
    ++s.calls_total;
    s.cheap_calls += e.doctor_model == "cheap" ? 1 : 0;
    if (e.doctor_model == "strong") {
        ++s.strong_calls;
        s.escalations += had_cheap_call(database, run, e.phase_id) ? 1 : 0;
    }
    if (e.doctor_action && !e.doctor_action->empty()) {
        nlohmann::ordered_json& count = s.actions[*e.doctor_action];
        count = count.is_number_integer() ? count.get<std::int64_t>() + 1 : 1;
    }
    database.execute(
        "INSERT INTO doctor_usage_stats (run_id, doctor_calls_total, doctor_cheap_calls, doctor_strong_calls, "
        "doctor_escalations, doctor_actions, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7) "
        "ON CONFLICT (run_id) DO UPDATE SET doctor_calls_total = ?2, doctor_cheap_calls = ?3, doctor_strong_calls = "
        "?4, "
        "doctor_escalations = ?5, doctor_actions = ?6, updated_at = ?7",
        s.run_id, s.calls_total, s.cheap_calls, s.strong_calls, s.escalations, to_json_text(s.actions),
        now.to_string());
}

} // namespace detail
} // namespace autopack_schema::ops
