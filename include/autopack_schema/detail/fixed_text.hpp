// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

namespace autopack_schema {

/// A text that can be a template argument, so that a name can be read in a compiler's message.
/// shape: `N` characters and a terminating NUL
template <std::size_t N>
struct fixed_text {
    char characters[N + 1]{};

    constexpr fixed_text() noexcept = default;
    constexpr fixed_text(const char (&literal)[N + 1]) noexcept : fixed_text(std::string_view(literal, N)) {}
    constexpr explicit fixed_text(std::string_view text) noexcept {
        for (std::size_t i = 0; i < N; ++i) characters[i] = text[i];
        characters[N] = '\0'; // Clang prints a name of 16 characters as numbers unless the terminator was written
    }

    constexpr std::string_view view() const noexcept { return {characters, N}; }
    friend constexpr bool operator==(const fixed_text&, const fixed_text&) = default;
};

template <std::size_t N>
fixed_text(const char (&)[N]) -> fixed_text<N - 1>;

} // namespace autopack_schema
