// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/column_traits.hpp>
#include <autopack_schema/define/detail/member_binder.hpp>
#include <autopack_schema/define/detail/member_name.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace autopack_schema::detail {

/// Room for a row that is never made, so that the addresses of its members are constants.
/// shape: not an undefined `extern` object, which a row struct without linkage could not have
template <class Row>
union no_row {
    char nothing;
    Row row;
    constexpr no_row() noexcept : nothing() {}
    constexpr ~no_row() {}
};

#if defined(__clang__)
template <class Row>
inline const no_row<Row> nowhere{}; // Clang 16 takes no union for literal that could hold something else, as a nlohmann::json
#else
template <class Row>
inline constexpr no_row<Row> nowhere{};
#endif

/// An address without the type of what is there, which compilers would print in full.
struct member_address {
    const void* value;
};

struct take_addresses {
    template <class... T>
    constexpr std::array<member_address, sizeof...(T)> operator()(const T&... members) const {
        return {member_address{__builtin_addressof(members)}...};
    }
};

struct take_types {
    template <class... T>
    constexpr std::array<const member_type*, sizeof...(T)> operator()(const T&...) const {
        return {&member_type_of<T>::value...};
    }
};

template <class Row, std::size_t Count>
inline constexpr auto member_addresses = member_binder<Count>::bind(nowhere<Row>.row, take_addresses{});

/// What the types of the members of an aggregate make of their columns.
template <class Row, std::size_t Count>
inline constexpr auto member_types = member_binder<Count>::bind(nowhere<Row>.row, take_types{});

/// The compiler's text for addresses of members.
/// shape: GCC `…, member_address{((const void*)(& nowhere<app::row>.….app::row::id))}}]`,
///        Clang `…, member_address{&nowhere.row.id}>]`
template <member_address... Address>
constexpr std::string_view pretty_addresses() {
#if defined(_MSC_VER) && !defined(__clang__)
    return {__FUNCSIG__, sizeof(__FUNCSIG__) - 1};
#else
    return {__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1};
#endif
}

/// Cuts the last address off such a text.
/// shape: the name of the member there; anonymous namespaces have braces too, so the name of the type is looked for
constexpr std::string_view take_last_member(std::string_view& text) {
    std::size_t end = text.size();
    while (end > 0 && !is_name_character(text[end - 1])) --end;
    const std::string_view name = name_before(text, end);
    const std::size_t start = text.rfind("member_address{");
    text = text.substr(0, start == text.npos ? 0 : start);
    const std::size_t comma = text.rfind(','); // Clang 16 may write the namespaces of the type
    if (comma != text.npos) text = text.substr(0, comma);
    return name;
}

template <class Row, std::size_t... Index>
constexpr std::array<std::string_view, sizeof...(Index)> find_member_names(std::index_sequence<Index...>) {
    std::array<std::string_view, sizeof...(Index)> names{};
    std::string_view text = pretty_addresses<member_addresses<Row, sizeof...(Index)>[Index]...>();
    text = text.substr(0, text.find("; std::")); // GCC adds what std::string_view stands for
    for (std::size_t i = names.size(); i-- > 0;) names[i] = take_last_member(text);
    return names;
}

/// The names of the members of an aggregate, in their order.
template <class Row, std::size_t Count>
inline constexpr auto member_names = find_member_names<Row>(std::make_index_sequence<Count>());

} // namespace autopack_schema::detail
