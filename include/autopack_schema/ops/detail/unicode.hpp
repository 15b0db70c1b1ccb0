// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/unicode_classes.hpp>
#include <autopack_schema/ops/detail/unicode_lower.hpp>
#include <autopack_schema/ops/detail/unicode_range.hpp>
#include <autopack_schema/ops/detail/unicode_words.hpp>
#include <autopack_schema/ops/detail/utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>

namespace autopack_schema::ops::detail {

/// Whether a character lies in one of the sorted ranges.
constexpr bool is_within(std::span<const unicode_range> ranges, char32_t c) {
    const auto after = std::upper_bound(ranges.begin(), ranges.end(), static_cast<std::uint32_t>(c),
                                        [](std::uint32_t value, const unicode_range& r) { return value < r.first; });
    return after != ranges.begin() && static_cast<std::uint32_t>(c) <= std::prev(after)->last;
}

/// A decimal digit of any script.
constexpr bool is_decimal(char32_t c) { return is_within(digit_ranges, c); }
/// A letter, a digit, a number, or an underscore.
constexpr bool is_word(char32_t c) { return is_within(word_ranges, c); }
/// White space.
constexpr bool is_white(char32_t c) { return is_within(space_ranges, c); }

/// The characters of a UTF-8 text; a byte that belongs to none is U+FFFD.
inline std::u32string to_characters(std::string_view text) {
    std::u32string characters;
    characters.reserve(text.size());
    while (!text.empty()) {
        const code_point c = first_code_point(text);
        characters += static_cast<char32_t>(c.value);
        text.remove_prefix(c.size);
    }
    return characters;
}

/// A character as UTF-8.
inline void add_utf8(std::string& out, char32_t c) {
    const auto byte = [&out](char32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
    if (c < 0x80) return byte(c);
    if (c < 0x800) return byte(0xC0 | (c >> 6U)), byte(0x80 | (c & 0x3FU));
    if (c < 0x10000) return byte(0xE0 | (c >> 12U)), byte(0x80 | ((c >> 6U) & 0x3FU)), byte(0x80 | (c & 0x3FU));
    byte(0xF0 | (c >> 18U)), byte(0x80 | ((c >> 12U) & 0x3FU)), byte(0x80 | ((c >> 6U) & 0x3FU)),
        byte(0x80 | (c & 0x3FU));
}

/// Characters as UTF-8.
inline std::string to_utf8(std::u32string_view characters) {
    std::string text;
    for (const char32_t c : characters) add_utf8(text, c);
    return text;
}

/// Whether a capital sigma at a place ends its word, where its small letter is another one.
constexpr bool ends_word(std::u32string_view text, std::size_t at) {
    std::size_t before = at;
    while (before > 0 && is_within(case_ignorable_ranges, text[before - 1])) --before;
    if (before == 0 || !is_within(cased_ranges, text[before - 1])) return false;
    std::size_t behind = at + 1;
    while (behind < text.size() && is_within(case_ignorable_ranges, text[behind])) ++behind;
    return behind == text.size() || !is_within(cased_ranges, text[behind]);
}

/// The lower case of one character, where it is one character.
constexpr char32_t lower_of(char32_t c) {
    const auto value = static_cast<std::uint32_t>(c);
    const auto after = std::upper_bound(std::begin(lower_runs), std::end(lower_runs), value,
                                        [](std::uint32_t v, const lower_run& run) { return v < run.first; });
    if (after == std::begin(lower_runs)) return c;
    const lower_run& run = *std::prev(after);
    if (value > run.last || (value - run.first) % run.step != 0) return c;
    return static_cast<char32_t>(static_cast<std::int64_t>(value) + run.distance);
}

/// The text in lower case, by the rules of Unicode for no language in particular.
inline std::u32string to_lower(std::u32string_view text) {
    std::u32string lower;
    lower.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char32_t c = text[i];
        if (c == 0x130)
            lower += U"i\u0307"; // the one character whose lower case is two
        else if (c == 0x3A3)
            lower += ends_word(text, i) ? char32_t{0x3C2} : char32_t{0x3C3};
        else
            lower += lower_of(c);
    }
    return lower;
}

} // namespace autopack_schema::ops::detail
