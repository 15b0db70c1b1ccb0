// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/enum_name.hpp>
#include <autopack_schema/define/json.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/query/detail/binder.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace autopack_schema::query {

/// Bytes as hexadecimal digits, as SQLite's hex() writes them.
inline std::string hex_of(const std::vector<std::byte>& bytes) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::byte b : bytes) {
        text += digits[std::to_integer<unsigned>(b) >> 4U];
        text += digits[std::to_integer<unsigned>(b) & 15U];
    }
    return text;
}
constexpr int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char low = static_cast<char>(c | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}
/// Reads what `hex_of` writes; false for anything else.
inline bool read_hex(std::string_view text, std::vector<std::byte>& out) {
    out.clear();
    if (text.size() % 2 != 0) return false;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = query::hex_digit(text[i]);
        const int low = query::hex_digit(text[i + 1]);
        if (high < 0 || low < 0) return false;
        out.push_back(static_cast<std::byte>(high * 16 + low));
    }
    return true;
}

/// Puts the value of a column into JSON; false where JSON has none for it: an infinite number, an unnamed enumerator.
template <class Json, class T>
bool put_json(Json& out, const T& value) {
    if constexpr (std::is_same_v<T, std::vector<std::byte>>) {
        out = query::hex_of(value);
    } else if constexpr (std::is_same_v<T, timestamp>) {
        out = value.to_iso_string();
    } else if constexpr (std::is_same_v<T, nlohmann::json>) {
        out = value;
    } else if constexpr (std::is_enum_v<T>) {
        const std::string_view name = enum_name(value);
        out = std::string(name);
        return !name.empty();
    } else if constexpr (is_stored<T>) {
        return query::put_json(out, column_traits<T>::to_stored(value));
    } else if constexpr (std::is_floating_point_v<T>) {
        out = static_cast<double>(value);
        return std::isfinite(value);
    } else {
        out = value;
    }
    return true;
}
template <class Json, class T>
bool put_json(Json& out, const std::optional<T>& value) {
    out = nullptr;
    return !value || query::put_json(out, *value);
}

template <class Json, class T>
bool get_json_integer(const Json& in, T& out) {
    if (in.is_number_unsigned()) {
        const auto wide = in.template get<std::uint64_t>();
        if (wide > static_cast<std::uint64_t>(std::numeric_limits<T>::max())) return false;
        out = static_cast<T>(wide);
        return true;
    }
    if (!in.is_number_integer()) return false;
    const auto wide = in.template get<std::int64_t>();
    if (wide < static_cast<std::int64_t>(std::numeric_limits<T>::min()) ||
        (wide > 0 && static_cast<std::uint64_t>(wide) > static_cast<std::uint64_t>(std::numeric_limits<T>::max())))
        return false;
    out = static_cast<T>(wide);
    return true;
}

template <class T, class Made>
bool take_json(T& out, std::optional<Made>&& made) {
    if (made) out = *std::move(made);
    return made.has_value();
}
template <class T>
bool take_json(T& out, T&& made) {
    out = std::move(made);
    return true;
}

/// Takes the value of a column from JSON; false where it is of another type or does not fit.
template <class Json, class T>
bool get_json(const Json& in, T& out) {
    if constexpr (std::is_same_v<T, nlohmann::json>) {
        out = in;
    } else if constexpr (std::is_same_v<T, bool>) {
        if (!in.is_boolean()) return false;
        out = in.template get<bool>();
    } else if constexpr (std::is_integral_v<T>) {
        return query::get_json_integer(in, out);
    } else if constexpr (std::is_floating_point_v<T>) {
        if (!in.is_number()) return false;
        out = static_cast<T>(in.template get<double>());
    } else if constexpr (is_stored<T>) {
        typename column_traits<T>::stored stored{};
        return query::get_json(in, stored) && query::take_json(out, column_traits<T>::from_stored(std::move(stored)));
    } else {
        if (!in.is_string()) return false;
        const auto& text = in.template get_ref<const std::string&>();
        if constexpr (std::is_enum_v<T>) return query::take_json(out, enum_value<T>(text));
        else if constexpr (std::is_same_v<T, std::vector<std::byte>>) return query::read_hex(text, out);
        else out = text;
    }
    return true;
}
template <class Json, class T>
bool get_json(const Json& in, std::optional<T>& out) {
    out.reset();
    return in.is_null() || query::get_json(in, out.emplace());
}

} // namespace autopack_schema::query
