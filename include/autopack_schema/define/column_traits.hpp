// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/problem.hpp>
#include <autopack_schema/model/type.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace autopack_schema {

/// How a C++ type is a column: the one place to specialise for types of your own.
/// shape:  `static constexpr model::data_type type`; a type that the database layer cannot bind by itself adds
///         `using stored = …;` (integer, double, bool, std::string or std::vector<std::byte>),
///         `static stored to_stored(const T&)` and `static T from_stored(stored)`
/// errors: S105 a member's type has no specialisation (compile time)
template <class T>
struct column_traits;

namespace detail {

template <model::type_kind Kind, std::uint8_t Bytes = 0>
struct plain_column {
    static constexpr model::data_type type{Kind, Bytes, {}};
};

template <class T>
concept is_column_integer = std::is_integral_v<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, char> &&
                            !std::is_same_v<T, wchar_t> && !std::is_same_v<T, char8_t> &&
                            !std::is_same_v<T, char16_t> && !std::is_same_v<T, char32_t> &&
                            !(std::is_unsigned_v<T> && sizeof(T) == 8);

/// Bytes that hold every value of an integer type as a signed number.
template <class T>
consteval std::uint8_t signed_bytes() {
    const std::size_t needed = std::is_unsigned_v<T> ? sizeof(T) * 2 : sizeof(T);
    return static_cast<std::uint8_t>(needed < 2 ? 2 : needed);
}

} // namespace detail

template <detail::is_column_integer T>
struct column_traits<T> : detail::plain_column<model::type_kind::integer, detail::signed_bytes<T>()> {};
template <>
struct column_traits<bool> : detail::plain_column<model::type_kind::boolean> {};
template <>
struct column_traits<float> : detail::plain_column<model::type_kind::real, 4> {};
template <>
struct column_traits<double> : detail::plain_column<model::type_kind::real, 8> {};
template <>
struct column_traits<std::string> : detail::plain_column<model::type_kind::text> {};
template <>
struct column_traits<std::vector<std::byte>> : detail::plain_column<model::type_kind::blob> {};
/// An enumeration is stored by the name of its value.
template <class T>
    requires std::is_enum_v<T>
struct column_traits<T> : detail::plain_column<model::type_kind::text> {};

/// A type that can be a column as it is, NOT NULL.
template <class T>
concept is_column_value = requires {
    { column_traits<T>::type } -> std::convertible_to<model::data_type>;
};

namespace detail {

/// Identifies a type by an address, so that plain values can remember it.
template <class T>
inline constexpr char type_id = 0;

/// What a member's type makes of its column.
struct member_type {
    model::data_type type{};
    bool nullable = false;
    const void* id = nullptr; ///< of the type inside std::optional
    problem what = problem::none;
    bool is_enum = false;
    std::int64_t min = std::numeric_limits<std::int64_t>::min(); ///< of an integer
    std::int64_t max = std::numeric_limits<std::int64_t>::max();
};

template <class T>
consteval problem refusal() {
    if constexpr (is_column_value<T>) {
        return problem::none;
    } else if constexpr (std::is_convertible_v<T, std::string_view> || std::is_pointer_v<T>) {
        return problem::S106_member_type_does_not_own_its_text;
    } else if constexpr (std::is_integral_v<T> && std::is_unsigned_v<T> && sizeof(T) == 8) {
        return problem::S107_member_type_is_unsigned_64_bit;
    } else {
        return problem::S105_member_type_is_no_column_type;
    }
}

template <class T>
consteval member_type plain_member_type() {
    member_type m{{}, false, &type_id<T>, refusal<T>(), std::is_enum_v<T>};
    if constexpr (is_column_value<T>) m.type = column_traits<T>::type;
    if constexpr (is_column_integer<T>) {
        m.min = static_cast<std::int64_t>(std::numeric_limits<T>::min());
        m.max = static_cast<std::int64_t>(std::numeric_limits<T>::max());
    }
    return m;
}

consteval member_type optional_of(member_type m) {
    if (m.nullable) m.what = problem::S108_member_type_is_optional_twice;
    m.nullable = true;
    return m;
}

template <class T>
struct member_type_of {
    static constexpr member_type value = plain_member_type<T>();
};

template <class T>
struct member_type_of<std::optional<T>> {
    static constexpr member_type value = optional_of(member_type_of<T>::value);
};

} // namespace detail
} // namespace autopack_schema
