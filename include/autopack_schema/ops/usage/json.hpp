// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/usage/timeline.hpp>
#include <autopack_schema/ops/usage/totals.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace autopack_schema::ops {

namespace detail {

inline void add_sums(nlohmann::ordered_json& object, const token_sums& s) {
    object["prompt_tokens"] = s.prompt_tokens;
    object["completion_tokens"] = s.completion_tokens;
    object["total_tokens"] = s.total_tokens;
}

} // namespace detail

/// The answer of `GET /dashboard/usage`.
/// shape: {"providers":[{provider, period, prompt_tokens, completion_tokens, total_tokens, cap_tokens, percent_of_cap}],
///        "models":[{provider, model, prompt_tokens, completion_tokens, total_tokens}]}
inline nlohmann::ordered_json to_json_value(const usage_report& report) {
    auto providers = nlohmann::ordered_json::array();
    for (const provider_usage& p : report.providers) {
        nlohmann::ordered_json entry{{"provider", p.provider}, {"period", report.period.name()}};
        detail::add_sums(entry, p.sums);
        entry["cap_tokens"] = report.cap_tokens;
        entry["percent_of_cap"] = report.cap_tokens <= 0 ? 0.0
                                                         : static_cast<double>(p.sums.total_tokens) /
                                                               static_cast<double>(report.cap_tokens) * 100.0;
        providers.push_back(std::move(entry));
    }
    auto models = nlohmann::ordered_json::array();
    for (const model_usage& m : report.models) {
        nlohmann::ordered_json entry{{"provider", m.provider}, {"model", m.model}};
        detail::add_sums(entry, m.sums);
        models.push_back(std::move(entry));
    }
    return {{"providers", std::move(providers)}, {"models", std::move(models)}};
}

/// What the page shows beside that: how much is exact, and when it was used.
/// shape: {period, start, end, step_hours, exact: {events, tokens}, total_only: {events, tokens},
///        series: [{provider, tokens: [...]}]}
inline nlohmann::ordered_json to_json_value(const usage_report& report, const usage_timeline& line, timestamp now) {
    const token_sums all = report.sums();
    auto series = nlohmann::ordered_json::array();
    for (const timeline_series& s : line.series) series.push_back({{"provider", s.provider}, {"tokens", s.tokens}});
    return {{"period", report.period.name()},
            {"start", line.start.to_iso_string()},
            {"end", now.to_iso_string()},
            {"step_hours", line.step.count()},
            {"exact",
             {{"events", all.events - all.total_only_events}, {"tokens", all.total_tokens - all.total_only_tokens}}},
            {"total_only", {{"events", all.total_only_events}, {"tokens", all.total_only_tokens}}},
            {"series", std::move(series)}};
}

} // namespace autopack_schema::ops
