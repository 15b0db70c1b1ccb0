// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace autopack_schema::drift {

/// How much a difference matters, the worst last.
enum class severity : std::uint8_t {
    cosmetic,    ///< spelling and order, nothing that a statement could tell
    extra,       ///< in the database, not in the code, and in nobody's way
    performance, ///< the same rows, other work to find them
    semantic,    ///< values, checks or side effects differ
    breaking,    ///< typed code could fail or misread
};

/// In the order of `severity`.
inline constexpr std::array<std::string_view, 5> severity_names{"cosmetic", "extra", "performance", "semantic",
                                                                "breaking"};

/// "breaking"; the word that `--fail-on` takes.
constexpr std::string_view name_of(severity level) noexcept { return severity_names[static_cast<std::size_t>(level)]; }

/// Reads a severity's name; nothing where it is none.
constexpr std::optional<severity> severity_from(std::string_view name) noexcept {
    for (std::size_t i = 0; i < severity_names.size(); ++i) {
        if (severity_names[i] == name) return static_cast<severity>(i);
    }
    return std::nullopt;
}

} // namespace autopack_schema::drift
