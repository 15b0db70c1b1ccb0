// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/number_text.hpp>
#include <autopack_schema/ops/json_text.hpp>
#include <autopack_schema/ops/telemetry/from_database.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::ops {

namespace detail {

template <class Value>
nlohmann::ordered_json json_or_null(const std::optional<Value>& value) {
    return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json();
}

/// A field of a CSV line: quoted where it must be (RFC 4180).
inline std::string csv_field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

/// A JSON value as a field: text as it is, nothing for null, True and False for booleans.
inline std::string csv_value(const nlohmann::ordered_json& value) {
    if (value.is_null()) return "";
    if (value.is_string()) return csv_field(value.get_ref<const std::string&>());
    if (value.is_boolean()) return value.get<bool>() ? "True" : "False";
    return csv_field(to_json_text(value));
}

} // namespace detail

/// An event as it is exported.
/// shape: run_id, phase_id, timestamp, category, complexity, deliverable_count, deliverables, predicted_output_tokens,
///        actual_output_tokens, selected_budget, success, truncated, stop_reason, model, smape_percent, waste_ratio,
///        underestimated; deliverables that are no JSON become []
inline nlohmann::ordered_json export_value(const telemetry_event& e) {
    auto deliverables = nlohmann::ordered_json::parse(e.deliverables_json, nullptr, false);
    if (deliverables.is_discarded()) deliverables = nlohmann::ordered_json::array();
    return {{"run_id", e.run_id},
            {"phase_id", e.phase_id},
            {"timestamp", e.iso_time()},
            {"category", e.category},
            {"complexity", e.complexity},
            {"deliverable_count", e.deliverable_count},
            {"deliverables", std::move(deliverables)},
            {"predicted_output_tokens", e.predicted},
            {"actual_output_tokens", e.actual},
            {"selected_budget", e.selected_budget},
            {"success", e.success},
            {"truncated", e.truncated},
            {"stop_reason", detail::json_or_null(e.stop_reason)},
            {"model", e.model},
            {"smape_percent", detail::json_or_null(e.smape_percent)},
            {"waste_ratio", detail::json_or_null(e.waste_ratio)},
            {"underestimated", detail::json_or_null(e.underestimated)}};
}

/// An event as one line of NDJSON, with its line break.
inline std::string to_ndjson(const telemetry_event& e) { return to_json_text(export_value(e)) + "\n"; }

/// The head of a CSV export, with its line break.
inline std::string csv_head() {
    const nlohmann::ordered_json fields = export_value({});
    std::string line;
    for (const auto& [name, value] : fields.items()) line += (line.empty() ? "" : ",") + name;
    return line + "\r\n";
}

/// An event as one line of CSV (RFC 4180), with its line break.
inline std::string to_csv(const telemetry_event& e) {
    const nlohmann::ordered_json fields = export_value(e);
    std::string line;
    bool first = true;
    for (const auto& [name, value] : fields.items()) {
        line += (first ? "" : ",") + detail::csv_value(value);
        first = false;
    }
    return line + "\r\n";
}

} // namespace autopack_schema::ops
