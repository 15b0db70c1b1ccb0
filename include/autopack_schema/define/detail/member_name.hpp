// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

namespace autopack_schema::detail {

template <auto Member>
consteval auto pretty_member() {
#if defined(_MSC_VER) && !defined(__clang__)
    return std::string_view(__FUNCSIG__, sizeof(__FUNCSIG__) - 1);
#else
    return std::string_view(__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1);
#endif
}

constexpr bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// The part of a text from the start of the last name that ends at `end`.
constexpr std::string_view name_before(std::string_view text, std::size_t end) {
    std::size_t first = end;
    while (first > 0 && is_name_character(text[first - 1])) --first;
    return text.substr(first, end - first);
}

struct marked {
    int here;
};

/// Characters that a compiler prints behind the name.
inline constexpr std::size_t behind_member_name = [] {
    const std::string_view text = pretty_member<&marked::here>();
    return text.size() - text.rfind("here") - 4;
}();

/// The name of a member, from the compiler's text for the pointer to it.
template <auto Member>
consteval std::string_view member_name() {
    constexpr std::string_view text = pretty_member<Member>();
    return name_before(text, text.size() - behind_member_name);
}

} // namespace autopack_schema::detail
