// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/detail/member_name.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace autopack_schema {

/// The values among which the enumerators of an enumeration are looked for; specialise for others.
template <class Enum>
struct enum_range {
    static constexpr int min = std::is_signed_v<std::underlying_type_t<Enum>> ? -8 : 0;
    static constexpr int max = std::is_same_v<std::underlying_type_t<Enum>, bool> ? 1 : 119;
};

/// An enumerator and the name that it is stored by.
template <class Enum>
struct enumerator {
    Enum value{};
    std::string_view name{};
};

namespace detail {

template <class Enum>
concept has_fixed_underlying_type = std::is_enum_v<Enum> && requires { Enum{0}; };

template <class Enum, Enum... Values>
consteval std::string_view pretty_values() {
#if defined(_MSC_VER) && !defined(__clang__)
    constexpr std::string_view text{__FUNCSIG__, sizeof(__FUNCSIG__) - 1};
    return text.substr(0, text.rfind('>'));
#else
    constexpr std::string_view text{__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1};
#if defined(__clang__)
    return text.substr(0, text.rfind('>'));
#else
    // GCC prints what std::string_view stands for behind the values.
    return text.substr(0, text.find('}', text.find("Values = {")));
#endif
#endif
}

/// Cuts the last element off a list as compilers print it.
/// shape: the name of an enumerator, empty for a value that has none and is printed as `(colour)5`
constexpr std::string_view take_last_enumerator(std::string_view& list) {
    const std::size_t end = list.size();
    std::size_t first = end;
    int depth = 0;
    for (; first > 0; --first) {
        const char c = list[first - 1];
        if (c == ')' || c == '>') ++depth;
        if (c == '(' || (c == '<' && depth > 0)) --depth;
        else if (depth == 0 && (c == ',' || c == '{' || c == '<')) break;
    }
    const std::string_view name = name_before(list, end);
    list = list.substr(0, first > 0 ? first - 1 : 0);
    return name.empty() || (name.front() >= '0' && name.front() <= '9') ? std::string_view{} : name;
}

template <class Enum, class Indexes>
struct enumerator_search;

template <class Enum, int... Index>
struct enumerator_search<Enum, std::integer_sequence<int, Index...>> {
    static constexpr int min = enum_range<Enum>::min;
    using list_of_all = std::array<enumerator<Enum>, sizeof...(Index)>;

    static consteval list_of_all find_all() {
        list_of_all list{};
        std::string_view text = pretty_values<Enum, static_cast<Enum>(min + Index)...>();
        for (std::size_t i = list.size(); i-- > 0;) {
            list[i] = {static_cast<Enum>(min + static_cast<int>(i)), take_last_enumerator(text)};
        }
        return list;
    }
    static constexpr list_of_all all = find_all();

    static consteval std::size_t count_named() {
        std::size_t n = 0;
        for (const auto& e : all) n += e.name.empty() ? 0 : 1;
        return n;
    }
    using list_of_named = std::array<enumerator<Enum>, count_named()>;

    static consteval list_of_named find_named() {
        list_of_named list{};
        std::size_t n = 0;
        for (const auto& e : all) {
            if (!e.name.empty()) list[n++] = e;
        }
        return list;
    }
};

} // namespace detail

/// The enumerators of an enumeration with the names that they are stored by.
/// shape: an array of `enumerator<Enum>` in the order of their values; specialise it to store other names, or for an
///        enumeration that is neither scoped nor has a fixed underlying type
template <class Enum>
    requires detail::has_fixed_underlying_type<Enum>
inline constexpr auto enumerators = detail::enumerator_search<
    Enum, std::make_integer_sequence<int, enum_range<Enum>::max - enum_range<Enum>::min + 1>>::find_named();

/// The name that a value is stored by; empty where it has none.
template <class Enum>
constexpr std::string_view enum_name(Enum value) {
    for (const auto& e : enumerators<Enum>) {
        if (e.value == value) return e.name;
    }
    return {};
}

/// The value that is stored by a name, if there is one; case counts.
template <class Enum>
constexpr std::optional<Enum> enum_value(std::string_view name) {
    for (const auto& e : enumerators<Enum>) {
        if (e.name == name) return e.value;
    }
    return std::nullopt;
}

} // namespace autopack_schema
