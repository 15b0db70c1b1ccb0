// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema::drift::detail {

/// Measures the UTF-8 character that a text, not empty, begins with; 0 where there is none that XML and JSON allow.
inline std::size_t character_size(std::string_view text) noexcept {
    const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto follows = [&byte](std::size_t i) { return (byte(i) & 0xc0U) == 0x80U; };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (first < 0xc2 || first > 0xf4 || !follows(1)) return 0;
    if (first < 0xe0) return 2;
    const bool overlong = (first == 0xe0 && byte(1) < 0xa0) || (first == 0xf0 && byte(1) < 0x90);
    const bool surrogate = first == 0xed && byte(1) > 0x9f;
    if (overlong || surrogate || !follows(2)) return 0;
    if (first < 0xf0) return first == 0xef && byte(1) == 0xbf && byte(2) > 0xbd ? 0 : 3;
    return (first == 0xf4 && byte(1) > 0x8f) || !follows(3) ? 0 : 4;
}

/// A text as valid UTF-8: each byte that is no part of a character becomes U+FFFD.
inline std::string valid_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t size = character_size(text);
        out += size == 0 ? std::string_view("\xEF\xBF\xBD") : text.substr(0, size);
        text.remove_prefix(size == 0 ? 1 : size);
    }
    return out;
}

} // namespace autopack_schema::drift::detail
