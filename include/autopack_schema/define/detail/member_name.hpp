// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

namespace autopack_schema::detail {

/// The compiler's text for a class, as in "… [with Class = app::row]".
template <class Class>
constexpr std::string_view pretty_class() {
#if defined(_MSC_VER) && !defined(__clang__)
    return {__FUNCSIG__, sizeof(__FUNCSIG__) - 1};
#else
    return {__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1};
#endif
}

struct marked {
    int here;
};

/// Where compilers print the class in that text.
struct class_layout {
    std::size_t before = 0;
    std::size_t around = 0;
};

constexpr class_layout find_class_layout() {
    const std::string_view text = pretty_class<marked>();
    const std::size_t last = text.rfind("marked");
    const std::size_t first = text.rfind("= ", last) + 2;
    // GCC adds what std::string_view stands for behind the class.
    return {first, text.size() - (last + 6 - first)};
}

inline constexpr class_layout layout_of_class = find_class_layout();

/// The name of a class as it is printed, with its namespaces.
template <class Class>
inline constexpr std::string_view class_text =
    pretty_class<Class>().substr(layout_of_class.before, pretty_class<Class>().size() - layout_of_class.around);

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

/// Reads the name of a member from a text as in "… = &app::row::id, …", looking at each character.
constexpr std::string_view search_member_name(std::string_view text) {
    const std::size_t first = text.find("= &");
    if (first == text.npos) return {};
    int depth = 0;
    std::size_t end = first;
    for (; end < text.size(); ++end) {
        const char c = text[end];
        if (c == '<' || c == '(') ++depth;
        if (c == '>' || c == ')') --depth;
        if (depth == 0 && (c == ';' || c == ',' || c == ']')) break;
    }
    return name_before(text, end);
}

/// The name of a class in the texts for its members.
struct class_in_text {
    const char* text;
    std::size_t size;
};

/// Reads the name of a member from such a text, in which the class stands at `before`.
/// shape:  found by position where the text is as expected, because compilers evaluate a call of a built-in function
///         in one step, but a loop over characters in more time than all else in a column costs. It is not as
///         expected where the member is a base's, and where Clang prints a class within a function in another way.
constexpr std::string_view member_name(const char* text, const class_in_text& owner, std::size_t before, char behind) {
    const char* const name = text + before + owner.size + 2;
    if (__builtin_strncmp(text + before, owner.text, owner.size) == 0 && name[-1] == ':') {
#if defined(__clang__)
        const char* const end = __builtin_strchr(name, behind); // the signature before has commas
        if (end != nullptr && end > name) return {name, static_cast<std::size_t>(end - name)};
#else
        const char* const end = __builtin_strchr(text, behind); // GCC 12 adds the offset of `name` twice
        if (end > name) return {name, static_cast<std::size_t>(end - name)};
#endif
    }
    return search_member_name(text);
}

/// What compilers print behind the member where other template arguments follow.
#if defined(__clang__)
inline constexpr char behind_member = ',';
#else
inline constexpr char behind_member = ';';
#endif

} // namespace autopack_schema::detail
