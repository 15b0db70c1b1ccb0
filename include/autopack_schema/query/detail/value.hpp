// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/column_traits.hpp>
#include <autopack_schema/query/detail/expression.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace autopack_schema::query {

template <class Self>
struct operations;

/// A value of the program, bound as a parameter; never part of the SQL text.
/// shape:  text and blobs that the program owns are referenced and must live until the statement has run; temporary
///         ones are moved in
template <class Type, class Stored>
struct bound : expression_defaults {
    using type = Type;
    template <class Scope>
    static constexpr bool nullable = false;

    Stored value;

    template <class Scope>
    static constexpr void write(sql_writer& w, const bound*) {
        w.put("?");
    }
    void bind(binder& b) const { b.put(value); }
};
template <class Type, class Stored>
struct bound<Type, std::optional<Stored>> : expression_defaults {
    using type = Type;
    template <class Scope>
    static constexpr bool nullable = true;

    std::optional<Stored> value;

    template <class Scope>
    static constexpr void write(sql_writer& w, const bound*) {
        w.put("?");
    }
    void bind(binder& b) const { b.put(value); }
};

/// A value that was written as text when the query was made.
template <std::size_t Capacity>
struct short_text {
    char text[Capacity]{};
    std::size_t size = 0;
    operator std::string_view() const noexcept { return {text, size}; }
};

/// NULL.
struct null_literal : expression_defaults {
    static constexpr bool has_values = false;
    using type = null_literal;
    template <class Scope>
    static constexpr bool nullable = true;
    template <class Scope>
    static constexpr void write(sql_writer& w, const null_literal*) {
        w.put("NULL");
    }
    static void bind(binder&) noexcept {}
};

/// Something that no column can hold; was reported.
struct no_value : expression_defaults {
    using type = no_value;
    template <class Scope>
    static constexpr bool nullable = false;
    template <class Scope>
    static constexpr void write(sql_writer&, const no_value*) {}
    static void bind(binder&) noexcept {}
};

constexpr null_literal to_value(std::nullptr_t) { return {}; }
constexpr null_literal to_value(std::nullopt_t) { return {}; }
constexpr bound<bool, bool> to_value(std::same_as<bool> auto value) { return {{}, value}; }
template <class T>
    requires(std::is_integral_v<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, char>)
constexpr auto to_value(T value) {
    if constexpr (sizeof(T) == 8 && std::is_unsigned_v<T>) return bound<std::int64_t, T>{{}, value};
    else return bound<std::int64_t, std::int64_t>{{}, static_cast<std::int64_t>(value)};
}
template <std::floating_point T>
constexpr bound<double, double> to_value(T value) {
    return {{}, static_cast<double>(value)};
}
constexpr bound<std::string, std::string_view> to_value(const char* text) { return {{}, text}; }
constexpr bound<std::string, std::string_view> to_value(std::string_view text) { return {{}, text}; }
inline bound<std::string, std::string_view> to_value(const std::string& text) { return {{}, text}; }
inline bound<std::string, std::string> to_value(std::string&& text) { return {{}, std::move(text)}; }
using blob = std::vector<std::byte>;
using blob_view = std::span<const std::byte>;
inline bound<blob, blob_view> to_value(const blob& bytes) { return {{}, bytes}; }
inline bound<blob, blob_view> to_value(blob_view bytes) { return {{}, bytes}; }
inline bound<blob, blob> to_value(blob&& bytes) { return {{}, std::move(bytes)}; }
template <class T>
    requires std::is_enum_v<T>
constexpr bound<T, T> to_value(T value) {
    return {{}, value};
}
template <writes_text T>
bound<T, short_text<column_traits<T>::text_capacity>> to_value(const T& value) {
    bound<T, short_text<column_traits<T>::text_capacity>> made{};
    made.value.size = column_traits<T>::write_text(made.value.text, value);
    return made;
}
template <is_stored T>
    requires(!writes_text<T>)
auto to_value(const T& value) {
    using stored = typename column_traits<T>::stored;
    return bound<T, stored>{{}, column_traits<T>::to_stored(value)};
}

template <class T>
concept has_value_form = requires(T&& value) { query::to_value(std::forward<T>(value)); };

template <class T>
struct optional_inside {};
template <class T>
struct optional_inside<std::optional<T>> {
    using type = T;
};
template <class T>
concept is_optional = requires { typename optional_inside<T>::type; };

template <class T>
    requires is_optional<std::remove_cvref_t<T>>
constexpr auto optional_to_value(T&& value) {
    using made = decltype(query::to_value(*std::forward<T>(value)));
    using stored = decltype(made::value);
    bound<typename made::type, std::optional<stored>> result{};
    if (value) result.value = query::to_value(*std::forward<T>(value)).value;
    return result;
}

/// Makes an expression of anything that can be one.
/// errors: S161 no column has a value of that type (compile time)
template <class T>
constexpr auto to_expression(T&& value) {
    using plain = std::remove_cvref_t<T>;
    if constexpr (is_expression<plain>) {
        return plain(std::forward<T>(value));
    } else if constexpr (is_optional<plain>) {
        return query::optional_to_value(std::forward<T>(value));
    } else if constexpr (has_value_form<T>) {
        return query::to_value(std::forward<T>(value));
    } else {
        (void)query::refuse<query_problem::S161_not_a_value, fixed<autopack_schema::detail::class_text<plain>>>();
        return no_value{};
    }
}

template <class T>
using expression_of = decltype(query::to_expression(std::declval<T>()));

} // namespace autopack_schema::query
