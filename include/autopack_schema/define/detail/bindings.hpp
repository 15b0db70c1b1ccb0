// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/column.hpp>
#include <autopack_schema/define/detail/binding.hpp>
#include <autopack_schema/define/detail/member_name.hpp>
#include <autopack_schema/define/detail/reflect.hpp>
#include <autopack_schema/define/words.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace autopack_schema::detail {

/// The members of a table's columns in the order of the columns.
template <class... Binding>
struct binding_list {};

/// The name of a bound member; empty for what is no column.
template <class Binding>
constexpr std::string_view bound_name() {
    if constexpr (std::is_member_object_pointer_v<std::remove_const_t<decltype(Binding::member)>>) {
        return search_member_name(column<Binding::member>().text);
    } else {
        return {};
    }
}

constexpr std::size_t position_in(const auto& names, std::string_view wanted) {
    std::size_t i = 0;
    while (i < names.size() && names[i] != wanted) ++i;
    return i;
}

/// The members of a table that takes `Count` members of its row, most of them without being named.
/// shape: there are no pointers to such members; what visits a row binds all of them at once
template <class Row, std::size_t Count, class... Binding>
struct reflected_list {
    static constexpr std::array<std::string_view, sizeof...(Binding)> bound{bound_name<Binding>()...};
    static constexpr std::array<bool, sizeof...(Binding)> rest{std::is_same_v<Binding, remaining_binding>...};

    /// For each column, which member of the row it is for.
    static consteval std::array<std::size_t, Count> find_members() {
        std::array<std::size_t, Count> result{};
        std::size_t column = 0;
        for (std::size_t i = 0; i < bound.size(); ++i) {
            if (!bound[i].empty()) result[column++] = position_in(member_names<Row, Count>, bound[i]);
            if (!rest[i]) continue;
            for (std::size_t m = 0; m < Count; ++m) {
                if (position_in(bound, member_names<Row, Count>[m]) == bound.size()) result[column++] = m;
            }
        }
        return result;
    }
    static constexpr std::array<std::size_t, Count> member_of_column = find_members();
};

/// Calls with the members of a row in the order of their columns; `no_binding` stands for pieces that are no column.
template <class... Binding, class Row, class Visitor>
constexpr decltype(auto) visit_members(binding_list<Binding...>, Row& row, Visitor&& visit) {
    const auto member = [&row]<class B>(B) -> decltype(auto) {
        if constexpr (std::is_same_v<B, no_binding>) return B{};
        else return (row.*B::member);
    };
    return visit(member(Binding{})...);
}
template <class Class, std::size_t Count, class... Binding, class Row, class Visitor>
constexpr decltype(auto) visit_members(reflected_list<Class, Count, Binding...>, Row& row, Visitor&& visit) {
    using list = reflected_list<Class, Count, Binding...>;
    return member_binder<Count>::bind(row, [&visit](auto&... members) -> decltype(auto) {
        const auto all = std::tie(members...);
        return [&]<std::size_t... Column>(std::index_sequence<Column...>) -> decltype(auto) {
            return visit(std::get<list::member_of_column[Column]>(all)...);
        }(std::make_index_sequence<Count>());
    });
}

} // namespace autopack_schema::detail
