// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/autopack_database.hpp>
#include <autopack_schema/ops/json_text.hpp>
#include <autopack_schema/query/column_ref.hpp>
#include <autopack_schema/query/database.hpp>
#include <autopack_schema/schemas/autopack/doctor_usage.hpp>
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

namespace detail {

/// Actions as their column holds them; what is no JSON object counts as none.
inline nlohmann::ordered_json actions_of(const schemas::autopack::doctor_usage& row) {
    auto actions = nlohmann::ordered_json::parse(row.doctor_actions, nullptr, false);
    return actions.is_object() ? actions : nlohmann::ordered_json::object();
}

inline std::optional<schemas::autopack::doctor_usage> find_doctor_usage(autopack_database& db,
                                                                        std::string_view run_id) {
    using schemas::autopack::doctor_usage;
    return db.select<doctor_usage>().where(col<&doctor_usage::run_id> == run_id).first();
}

/// Tells whether a phase of a run had a cheap call of the doctor at any time; no phase is a phase too.
inline bool had_cheap_call(autopack_database& db, std::string_view run_id, const std::optional<std::string>& phase_id) {
    using event = schemas::autopack::llm_usage_event;
    return db.select(col<&event::id>)
        .where(col<&event::run_id> == run_id && col<&event::phase_id>.is(phase_id) && col<&event::is_doctor_call> &&
               col<&event::doctor_model> == "cheap")
        .first()
        .has_value();
}

/// Counts an event that was just stored.
/// shape: ruling 23: actions count, every one of them
inline void count_doctor_call(autopack_database& db, const schemas::autopack::llm_usage_event& e) {
    auto row = find_doctor_usage(db, *e.run_id)
                   .value_or(schemas::autopack::doctor_usage{.run_id = *e.run_id, .created_at = e.created_at});
    ++row.doctor_calls_total;
    row.doctor_cheap_calls += e.doctor_model == "cheap" ? 1 : 0;
    if (e.doctor_model == "strong") {
        ++row.doctor_strong_calls;
        row.doctor_escalations += had_cheap_call(db, *e.run_id, e.phase_id) ? 1 : 0;
    }
    auto actions = actions_of(row);
    if (e.doctor_action && !e.doctor_action->empty()) {
        nlohmann::ordered_json& count = actions[*e.doctor_action];
        count = count.is_number_integer() ? count.get<std::int64_t>() + 1 : 1;
    }
    row.doctor_actions = to_json_text(actions);
    row.updated_at = e.created_at;
    if (row.id == 0)
        db.insert(row);
    else
        db.update(row);
}

} // namespace detail

/// Reads the statistics of a run; nothing where the doctor was never called.
/// shape: actions that are no JSON object count as none
inline std::optional<doctor_statistics> read_doctor_statistics(autopack_database& db, std::string_view run_id) {
    const auto row = detail::find_doctor_usage(db, run_id);
    if (!row) return std::nullopt;
    return doctor_statistics{row->run_id,
                             row->doctor_calls_total,
                             row->doctor_cheap_calls,
                             row->doctor_strong_calls,
                             row->doctor_escalations,
                             detail::actions_of(*row)};
}

} // namespace autopack_schema::ops
