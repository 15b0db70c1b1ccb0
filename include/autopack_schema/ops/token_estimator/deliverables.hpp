// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/ascii.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::ops {

namespace detail {

inline void add_deliverable(std::vector<std::string>& out, std::string_view text) {
    const std::string_view kept = trimmed(text);
    if (!kept.empty()) out.emplace_back(kept);
}

inline void flatten_deliverables(std::vector<std::string>& out, const nlohmann::ordered_json& value) {
    if (value.is_structured()) {
        for (const nlohmann::ordered_json& item : value) flatten_deliverables(out, item);
    } else if (value.is_string()) {
        add_deliverable(out, value.get_ref<const std::string&>());
    } else if (value.is_boolean()) {
        add_deliverable(out, value.get<bool>() ? "True" : "False");
    } else if (!value.is_null()) {
        add_deliverable(out, value.dump());
    }
}

} // namespace detail

/// The deliverables of a phase as a flat list, whatever the phase keeps them in.
/// shape: null is none; one string is itself, untouched; lists and maps are flattened in order, each entry trimmed and
///        the empty ones left out
inline std::vector<std::string> normalize_deliverables(const nlohmann::ordered_json& value) {
    if (value.is_string()) return {value.get<std::string>()};
    std::vector<std::string> found;
    detail::flatten_deliverables(found, value);
    return found;
}

/// The deliverables of a JSON text; nothing where it is no JSON.
inline std::vector<std::string> deliverables_from_text(std::string_view json) {
    const auto parsed = nlohmann::ordered_json::parse(json, nullptr, false);
    return parsed.is_discarded() ? std::vector<std::string>() : normalize_deliverables(parsed);
}

} // namespace autopack_schema::ops
