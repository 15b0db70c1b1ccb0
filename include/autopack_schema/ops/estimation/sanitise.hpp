// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/detail/utf8.hpp>
#include <autopack_schema/ops/json_text.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::ops {

/// How many deliverables of a phase are kept with its telemetry.
inline constexpr std::size_t kept_deliverables = 20;

/// How many characters of one are kept.
inline constexpr std::size_t kept_characters = 200;

/// The deliverables of a phase as its telemetry keeps them.
struct sanitised_deliverables {
    std::int64_t count = 0; ///< of all, also of those that are left out
    std::string json{};     ///< of the first twenty
};

/// Cuts a text of more than 200 characters to 197 and "..."; characters, not bytes.
inline std::string shortened_deliverable(std::string_view text) {
    if (detail::count_code_points(text) <= kept_characters) return std::string(text);
    return std::string(detail::first_code_points(text, kept_characters - 3)) + "...";
}

/// Makes deliverables fit to be stored.
/// shape:  a list as it is, entries that are no text as JSON; a text counts as the list of its characters, as in the original
/// errors: S413 anything else
inline sanitised_deliverables sanitise_deliverables(const nlohmann::ordered_json& given) {
    auto kept = nlohmann::ordered_json::array();
    if (given.is_array()) {
        for (const nlohmann::ordered_json& entry : given) {
            if (kept.size() == kept_deliverables) break;
            kept.push_back(shortened_deliverable(entry.is_string() ? entry.get<std::string>() : to_json_text(entry)));
        }
        return {static_cast<std::int64_t>(given.size()), to_json_text(kept)};
    }
    if (!given.is_string()) {
        throw error({.code = "S413",
                     .what_happened = std::string("the deliverables are no list but ") + given.type_name(),
                     .advice = "give a list of paths; normalize_deliverables makes one of what a phase has"});
    }
    std::string_view rest = given.get_ref<const std::string&>();
    const auto count = static_cast<std::int64_t>(detail::count_code_points(rest));
    for (; !rest.empty() && kept.size() < kept_deliverables;
         rest.remove_prefix(detail::first_code_points(rest, 1).size())) {
        kept.push_back(std::string(detail::first_code_points(rest, 1)));
    }
    return {count, to_json_text(kept)};
}

} // namespace autopack_schema::ops
