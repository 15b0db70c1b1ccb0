// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/unicode.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema::ops::detail {

/// Tells how many characters of a text, from a place on, a rule takes; 0 where it does not apply.
using text_rule = std::size_t (*)(std::u32string_view text, std::size_t at);

inline char32_t character_at(std::u32string_view text, std::size_t at) { return at < text.size() ? text[at] : U'\0'; }

/// Matches a form: `9` is a digit of any script, everything else stands for itself.
inline std::size_t take_form(std::u32string_view text, std::size_t at, std::u32string_view form) {
    for (std::size_t i = 0; i < form.size(); ++i) {
        if (at + i >= text.size()) return 0;
        if (form[i] == U'9' ? !is_decimal(text[at + i]) : text[at + i] != form[i]) return 0;
    }
    return form.size();
}

template <class Wanted>
std::size_t count_while(std::u32string_view text, std::size_t at, Wanted wanted) {
    std::size_t end = at;
    while (end < text.size() && wanted(text[end])) ++end;
    return end - at;
}

/// `head`, then one or more wanted characters.
template <class Wanted>
std::size_t take_headed(std::u32string_view text, std::size_t at, std::u32string_view head, Wanted wanted) {
    if (!text.substr(at).starts_with(head)) return 0;
    const std::size_t more = count_while(text, at + head.size(), wanted);
    return more == 0 ? 0 : head.size() + more;
}

inline std::size_t take_date(std::u32string_view text, std::size_t at) { return take_form(text, at, U"9999-99-99"); }
inline std::size_t take_time(std::u32string_view text, std::size_t at) { return take_form(text, at, U"99:99:99"); }

/// `c:\dir\file.py`
inline std::size_t take_drive_path(std::u32string_view text, std::size_t at) {
    const char32_t drive = text[at];
    if (drive < U'a' || drive > U'z') return 0;
    const std::size_t rest = at + 1 > text.size() ? 0 : take_headed(text, at + 1, U":\\", [](char32_t c) {
        return is_word(c) || c == U'\\' || c == U'.' || c == U'-';
    });
    return rest == 0 ? 0 : rest + 1;
}

/// `/dir/file.py`, and all behind a slash that looks like it.
inline std::size_t take_slash_path(std::u32string_view text, std::size_t at) {
    return take_headed(text, at, U"/", [](char32_t c) { return is_word(c) || c == U'/' || c == U'.' || c == U'-'; });
}

inline std::size_t take_address(std::u32string_view text, std::size_t at) {
    return take_headed(text, at, U"0x",
                       [](char32_t c) { return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'f'); });
}

inline std::size_t take_line_number(std::u32string_view text, std::size_t at) {
    return take_headed(text, at, U"line ", is_decimal);
}
inline std::size_t take_colon_number(std::u32string_view text, std::size_t at) {
    return take_headed(text, at, U":", is_decimal);
}

/// Digits with no word character on either side.
inline std::size_t take_number(std::u32string_view text, std::size_t at) {
    if (at > 0 && is_word(text[at - 1])) return 0;
    const std::size_t digits = count_while(text, at, is_decimal);
    return digits > 0 && !is_word(character_at(text, at + digits)) ? digits : 0;
}

/// `session-20251228-162203`
inline std::size_t take_stamped_name(std::u32string_view text, std::size_t at) {
    static constexpr std::array<std::u32string_view, 4> names{U"session", U"run", U"batch", U"drain"};
    for (const std::u32string_view name : names) {
        if (!text.substr(at).starts_with(name)) continue;
        const std::size_t stamp = take_form(text, at + name.size(), U"-99999999-999999");
        return stamp == 0 ? 0 : name.size() + stamp;
    }
    return 0;
}

inline std::size_t take_white(std::u32string_view text, std::size_t at) { return count_while(text, at, is_white); }

/// The text with every part that a rule takes, from the left, replaced.
inline std::u32string replace_all(std::u32string_view text, text_rule rule, std::u32string_view by) {
    std::u32string result;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t taken = rule(text, at);
        if (taken == 0)
            result += text[at++];
        else
            result += by, at += taken;
    }
    return result;
}

/// "session-20251228-162203" becomes "session-id".
inline std::u32string replace_stamps(std::u32string_view text) {
    std::u32string result;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t taken = take_stamped_name(text, at);
        if (taken == 0)
            result += text[at++];
        else
            result += std::u32string(text.substr(at, taken - 15)) + U"id", at += taken;
    }
    return result;
}

inline std::u32string_view without_white_around(std::u32string_view text) {
    while (!text.empty() && is_white(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_white(text.back())) text.remove_suffix(1);
    return text;
}

} // namespace autopack_schema::ops::detail
