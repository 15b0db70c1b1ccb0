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

template <class T>
inline constexpr bool is_null = std::is_null_pointer_v<T> || std::is_same_v<T, std::nullopt_t>;

/// Tells whether a type is one of values, without std::optional.
template <class T>
concept has_value_form =
    (std::is_arithmetic_v<T> && !std::is_same_v<T, char>) || std::is_enum_v<T> || is_null<T> || is_bytes<T> || writes_text<T> ||
    is_stored<T> || std::is_convertible_v<const T&, std::string_view> || std::is_convertible_v<const T&, blob_view>;

/// Makes a parameter of a value.
/// shape:  one function and not an overload for each sort of type, for the reason of `binder::put`
template <class T>
constexpr auto to_value(T&& value) {
    using plain = std::remove_cvref_t<T>;
    constexpr bool is_temporary = std::is_same_v<T, plain>;
    if constexpr (std::is_same_v<plain, bool>) {
        return bound<bool, bool>{{}, value};
    } else if constexpr (std::is_integral_v<plain>) {
        using stored = std::conditional_t<sizeof(plain) == 8 && std::is_unsigned_v<plain>, plain, std::int64_t>;
        return bound<std::int64_t, stored>{{}, static_cast<stored>(value)};
    } else if constexpr (std::is_floating_point_v<plain>) {
        return bound<double, double>{{}, static_cast<double>(value)};
    } else if constexpr (is_null<plain>) {
        return null_literal{};
    } else if constexpr (std::is_enum_v<plain> && !is_stored<plain>) {
        return bound<plain, plain>{{}, value};
    } else if constexpr (is_temporary && (std::is_same_v<plain, std::string> || std::is_same_v<plain, blob>)) {
        return bound<plain, plain>{{}, std::move(value)};
    } else if constexpr (is_bytes<plain>) {
        return bound<blob, blob_view>{{}, {value.data(), value.size()}};
    } else if constexpr (writes_text<plain>) {
        bound<plain, short_text<column_traits<plain>::text_capacity>> made{};
        made.value.size = column_traits<plain>::write_text(made.value.text, value);
        return made;
    } else if constexpr (is_stored<plain>) {
        return bound<plain, typename column_traits<plain>::stored>{{}, column_traits<plain>::to_stored(value)};
    } else if constexpr (std::is_convertible_v<const plain&, std::string_view>) {
        return bound<std::string, std::string_view>{{}, value};
    } else {
        return bound<blob, blob_view>{{}, value};
    }
}

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
    } else if constexpr (has_value_form<plain>) {
        return query::to_value(std::forward<T>(value));
    } else {
        (void)query::refuse<query_problem::S161_not_a_value, fixed<autopack_schema::detail::class_text<plain>>>();
        return no_value{};
    }
}

template <class T>
using expression_of = decltype(query::to_expression(std::declval<T>()));

} // namespace autopack_schema::query
