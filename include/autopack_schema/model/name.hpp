// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace autopack_schema::model {

/// Folds one ASCII letter to lower case; every other byte stays, as SQLite compares names.
constexpr char fold(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Hashes a name so that names that mean the same have equal hashes and most others have not: unequal names differ by
/// one integer comparison.
/// shape:  eight characters a step, no calls, because a compiler that evaluates this pays for each step; not for storing
/// source: FNV-1a with 64-bit words and a bit of mixing; bit 5 is set in each character, which folds ASCII letters
constexpr std::uint64_t name_hash(const char* p, std::size_t size) noexcept {
    using u8 = unsigned char;
    using u64 = std::uint64_t;
    u64 hash = 0xcbf29ce484222325U;
    for (; size >= 8; size -= 8, p += 8) {
        const u64 word = u64{u8(p[0])} | u64{u8(p[1])} << 8 | u64{u8(p[2])} << 16 | u64{u8(p[3])} << 24 |
                         u64{u8(p[4])} << 32 | u64{u8(p[5])} << 40 | u64{u8(p[6])} << 48 | u64{u8(p[7])} << 56;
        hash = (hash ^ (word | 0x2020202020202020U)) * 0x100000001b3U;
        hash ^= hash >> 29;
    }
    for (; size != 0; --size) hash = (hash ^ static_cast<u8>(*p++ | 0x20)) * 0x100000001b3U;
    return hash ^ (hash << 23);
}
constexpr std::uint64_t name_hash(std::string_view name) noexcept { return name_hash(name.data(), name.size()); }

/// Tells whether two names mean the same object: equal but for the case of ASCII letters.
constexpr bool same_name(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    // In constant expressions the builtin is one step; comparing the views would be ten for each character.
    if (a.empty() || __builtin_memcmp(a.data(), b.data(), a.size()) == 0) return true;
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
