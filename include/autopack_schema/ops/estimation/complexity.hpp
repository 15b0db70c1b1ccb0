// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/ascii.hpp>
#include <autopack_schema/schemas/autopack/states.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace autopack_schema::ops {

/// A complexity as telemetry stores it.
struct normalized_complexity {
    schemas::autopack::complexity_level level = schemas::autopack::complexity_level::medium;
    bool understood = true; ///< false: it was none of the known words, and medium is a guess

    friend bool operator==(const normalized_complexity&, const normalized_complexity&) = default;
};

namespace detail {

inline constexpr std::array<std::string_view, 8> complexity_suffixes{"_complexity", "-complexity", "_level", "-level",
                                                                     "_mode",       "-mode",       "_task",  "_tier"};

/// The word without its suffixes: each is looked for once, in this order.
constexpr std::string_view without_suffixes(std::string_view word) {
    for (const std::string_view suffix : complexity_suffixes) {
        if (word.ends_with(suffix)) word.remove_suffix(suffix.size());
    }
    return word;
}

} // namespace detail

/// Reads a complexity however a phase says it: " Medium ", "low_complexity", "maint".
/// shape: nothing is medium; what is not understood is medium too, and says so: "critical" among it
inline normalized_complexity normalize_complexity(std::optional<std::string_view> given) {
    using level = schemas::autopack::complexity_level;
    if (!given) return {};
    const std::string lower_case = detail::lowered(detail::trimmed(*given));
    const std::string_view word = detail::without_suffixes(lower_case);
    if (word == "low") return {level::low};
    if (word == "medium" || word == "med") return {level::medium};
    if (word == "high") return {level::high};
    if (word == "maintenance" || word == "maint" || word == "maintain" || word == "maintenance_mode")
        return {level::maintenance};
    return {level::medium, false};
}

} // namespace autopack_schema::ops
