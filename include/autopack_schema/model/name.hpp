// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace autopack_schema::model {

/// Folds one ASCII letter to lower case; every other byte stays, as SQLite compares names.
constexpr char fold(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Hashes a name with its ASCII letters folded, so that most unequal names differ by one integer comparison.
/// source: FNV-1a, 64 bits
constexpr std::uint64_t name_hash(std::string_view name) noexcept {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : name) {
        hash ^= static_cast<unsigned char>(fold(c));
        hash *= 0x100000001b3U;
    }
    return hash;
}

/// Tells whether two names mean the same object: equal but for the case of ASCII letters.
constexpr bool same_name(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    if (a == b) return true;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (fold(a[i]) != fold(b[i])) return false;
    }
    return true;
}

/// A name with its hash, so that comparing names costs an integer comparison first.
struct name {
    std::string_view text;
    std::uint64_t hash = name_hash({});

    constexpr name() noexcept = default;
    constexpr name(std::string_view name_text) noexcept : text(name_text), hash(name_hash(name_text)) {}
    constexpr name(const char* name_text) noexcept : name(std::string_view(name_text)) {}

    constexpr operator std::string_view() const noexcept { return text; }
    constexpr bool empty() const noexcept { return text.empty(); }

    friend constexpr bool operator==(const name& a, const name& b) noexcept {
        return a.hash == b.hash && same_name(a.text, b.text);
    }
};

} // namespace autopack_schema::model
