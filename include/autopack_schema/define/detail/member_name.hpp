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

template <class Class>
consteval auto pretty_class() {
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

/// Where compilers print names in the text for a class and in the text for a pointer to a member.
struct pretty_layout {
    std::size_t before_class = 0;  ///< characters before the class, in the text for the member
    std::size_t behind_member = 0; ///< characters behind the member
    std::size_t before_class_alone = 0;
    std::size_t around_class_alone = 0;
};

constexpr pretty_layout find_layout() {
    const std::string_view member = pretty_member<&marked::here>();
    const std::string_view alone = pretty_class<marked>();
    const std::size_t before = member.find('&') + 1;
    const std::string_view as_printed = member.substr(before, member.rfind("::here") - before);
    return {before, member.size() - member.rfind("here") - 4, alone.rfind(as_printed), alone.size() - as_printed.size()};
}

inline constexpr pretty_layout layout = find_layout();

/// The name of a class as it is printed.
template <class Class>
inline constexpr std::string_view class_text =
    pretty_class<Class>().substr(layout.before_class_alone, pretty_class<Class>().size() - layout.around_class_alone);

/// The name of a member, from the compiler's text for the pointer to it.
/// shape: found by its position where the text is as expected, because to look at each character costs more than all
///        else in a column; Clang prints a class within a function in two ways
template <auto Member, class Class>
constexpr std::string_view member_name() {
    const std::string_view text = pretty_member<Member>();
    const std::string_view owner = class_text<Class>;
    const std::size_t first = layout.before_class + owner.size() + 2;
    const std::size_t end = text.size() - layout.behind_member;
    if (first < end && __builtin_memcmp(text.data() + layout.before_class, owner.data(), owner.size()) == 0) {
        return text.substr(first, end - first);
    }
    return name_before(text, end);
}

} // namespace autopack_schema::detail
