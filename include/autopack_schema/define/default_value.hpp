// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/column_traits.hpp>
#include <autopack_schema/define/enum_name.hpp>
#include <autopack_schema/define/problem.hpp>
#include <autopack_schema/model/value.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

namespace autopack_schema {

/// A DEFAULT clause as it was written; see `default_value` and `default_expression`.
struct default_option {
    model::default_value value{};
    bool is_boolean = false;
    bool is_enumerator = false;
    const void* enumeration = nullptr; ///< the type that an enumerator is of
    problem what = problem::none;
};

/// DEFAULT with a literal: a number, a text, true or false, an enumerator, nullptr.
/// errors: S109 another type than the member's, S110 NULL for a plain member, S133 no enumerator (compile time)
template <class T>
    requires std::is_arithmetic_v<T> || std::is_enum_v<T>
consteval default_option default_value(T value) {
    default_option option;
    if constexpr (std::is_enum_v<T>) {
        option.value = {model::default_kind::text, 0, 0.0, enum_name(value)};
        option.is_enumerator = true;
        option.enumeration = &detail::type_id<T>;
        if (option.value.text.empty()) option.what = problem::S133_default_value_is_no_enumerator;
    } else if constexpr (std::is_floating_point_v<T>) {
        option.value = {model::default_kind::real, 0, static_cast<double>(value), {}};
    } else {
        option.value = {model::default_kind::integer, static_cast<std::int64_t>(value), 0.0, {}};
        option.is_boolean = std::is_same_v<T, bool>;
    }
    return option;
}
consteval default_option default_value(std::string_view text) {
    return {.value = {model::default_kind::text, 0, 0.0, text}};
}
consteval default_option default_value(const char* text) { return default_value(std::string_view(text)); }
consteval default_option default_value(std::nullptr_t) {
    return {.value = {model::default_kind::null, 0, 0.0, {}}};
}
consteval default_option default_value(std::nullopt_t) { return default_value(nullptr); }

/// DEFAULT with an expression, written without the parentheses around it: `default_expression("CURRENT_TIMESTAMP")`.
consteval default_option default_expression(std::string_view sql) {
    return {.value = {model::default_kind::expression, 0, 0.0, sql}};
}

namespace detail {

constexpr bool fits_text(model::type_kind kind) {
    using enum model::type_kind;
    return kind == text || kind == json || kind == timestamp || kind == date || kind == time || kind == numeric;
}

/// Tells what is wrong with a default for a member of that type.
constexpr problem check_default(const default_option& option, const member_type& member) {
    using enum model::default_kind;
    if (option.what != problem::none) return option.what;
    const model::type_kind kind = member.type.kind;
    const bool unknown = kind == model::type_kind::unspecified || kind == model::type_kind::any;
    const bool numeric = kind == model::type_kind::real || kind == model::type_kind::numeric;
    bool fits = true;
    switch (option.value.kind) {
    case null: return member.nullable ? problem::none : problem::S110_default_null_on_plain_member;
    case integer:
        fits = option.is_boolean ? kind == model::type_kind::boolean
                                 : numeric || (kind == model::type_kind::integer && option.value.integer >= member.min &&
                                               option.value.integer <= member.max);
        break;
    case real: fits = numeric; break;
    case text:
        fits = option.is_enumerator || member.is_enum ? option.is_enumerator && option.enumeration == member.id
                                                      : fits_text(kind);
        break;
    case blob:
    case expression:
    case none: break;
    }
    return fits || unknown ? problem::none : problem::S109_default_of_another_type;
}

} // namespace detail
} // namespace autopack_schema
