// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace autopack_schema::model {

/// Folds one ASCII letter to lower case; every other byte stays, as SQLite compares names.
constexpr char fold(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

namespace detail {

constexpr std::uint64_t byte(char c, int shift) noexcept {
    return static_cast<std::uint64_t>(static_cast<unsigned char>(c)) << shift;
}

} // namespace detail

/// Hashes a name so that names that mean the same have equal hashes and most others have not: unequal names differ by
/// one integer comparison.
/// shape:  eight characters a step, because a compiler that evaluates this pays for each step; not for storing
/// source: FNV-1a with 64-bit words and a bit of mixing; bit 5 is set in each character, which folds ASCII letters
constexpr std::uint64_t name_hash(std::string_view name) noexcept {
    const char* p = name.data();
    std::size_t rest = name.size();
    std::uint64_t hash = 0xcbf29ce484222325U;
    using detail::byte;
    for (; rest >= 8; rest -= 8, p += 8) {
        const std::uint64_t word = byte(p[0], 0) | byte(p[1], 8) | byte(p[2], 16) | byte(p[3], 24) | byte(p[4], 32) |
                                   byte(p[5], 40) | byte(p[6], 48) | byte(p[7], 56);
        hash = (hash ^ (word | 0x2020202020202020U)) * 0x100000001b3U;
        hash ^= hash >> 29;
    }
    for (; rest != 0; --rest) hash = (hash ^ static_cast<unsigned char>(*p++ | 0x20)) * 0x100000001b3U;
    return hash ^ (hash << 23);
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
