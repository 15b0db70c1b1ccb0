// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/detail/member_name.hpp>
#include <autopack_schema/define/schema.hpp>
#include <autopack_schema/migrate/data_rule.hpp>
#include <autopack_schema/migrate/rules.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace autopack_schema::migrate::detail {

/// Where a member is a column; without a table: nowhere.
struct column_place {
    std::string_view table{};
    std::string_view column{};
};

/// The name of a member, also of one that is nobody's column.
template <auto Member>
consteval std::string_view printed_member() {
#if defined(_MSC_VER) && !defined(__clang__)
    return __FUNCSIG__;
#else
    return autopack_schema::detail::search_member_name(__PRETTY_FUNCTION__);
#endif
}

/// The position of a member among the columns of a table; -1 where it is none.
template <auto Member, class... Binding>
consteval int position_of(autopack_schema::detail::binding_list<Binding...>) {
    int found = -1;
    int at = 0;
    const auto look = [&]<class B>(std::type_identity<B>) {
        if constexpr (std::is_same_v<B, autopack_schema::detail::binding<Member>>) found = at;
        if constexpr (!std::is_same_v<B, autopack_schema::detail::no_binding>) ++at;
    };
    (look(std::type_identity<Binding>{}), ...);
    return found;
}

/// The same in a table that takes members without naming them: only their names are known.
template <auto Member, class Row, std::size_t Count, class... Binding>
consteval int position_of(autopack_schema::detail::reflected_list<Row, Count, Binding...>) {
    using bindings = autopack_schema::detail::reflected_list<Row, Count, Binding...>;
    if constexpr (std::is_same_v<typename autopack_schema::detail::member_pointer<decltype(Member)>::row, Row>) {
        for (std::size_t i = 0; i < Count; ++i) {
            const std::size_t member = bindings::member_of_column[i];
            if (autopack_schema::detail::member_names<Row, Count>[member] == printed_member<Member>())
                return static_cast<int>(i);
        }
    }
    return -1;
}

template <auto Member>
constexpr void look_in(column_place& place, const auto& definition) {
    using type = std::remove_cvref_t<decltype(definition)>;
    if constexpr (requires { typename type::bindings; }) {
        constexpr int at = position_of<Member>(typename type::bindings{});
        if constexpr (at >= 0) place = {definition.arrays.tables[0].name.text, definition.arrays.columns[at].name.text};
    }
}

template <auto Member, const auto&... Definition>
constexpr column_place place_of(const schema_definition<Definition...>&) {
    column_place place;
    (look_in<Member>(place, Definition), ...);
    return place;
}

/// A frozen model knows no members.
template <auto Member>
constexpr column_place place_of(const model::schema&) {
    return {};
}

/// Makes a rule's names out of its type; an undo is about a column of the older version.
template <const auto& From, const auto& To, rule_kind Kind, auto Member>
constexpr data_rule resolve(const member_rule<Kind, Member>& rule) {
    const column_place place = Kind == rule_kind::undo ? place_of<Member>(From) : place_of<Member>(To);
    return {Kind, place.table, place.table.empty() ? printed_member<Member>() : place.column, rule.sql, rule.when};
}

/// Keeps the text of a name for as long as the program runs.
template <fixed_text Name>
inline constexpr auto kept_text = Name;

template <const auto& From, const auto& To, rule_kind Kind, fixed_text Name>
constexpr data_rule resolve(const named_rule<Kind, Name>& rule) {
    const std::string_view text = kept_text<Name>.view();
    if (Kind == rule_kind::drop_table) return {Kind, text, {}, rule.sql, rule.when};
    if (Kind == rule_kind::drop_index || Kind == rule_kind::drop_view || Kind == rule_kind::drop_trigger)
        return {Kind, {}, text, rule.sql, rule.when};
    const std::size_t dot = text.rfind('.');
    if (dot == std::string_view::npos) return {Kind, {}, text, rule.sql, rule.when}; // names nothing: S392
    return {Kind, text.substr(0, dot), text.substr(dot + 1), rule.sql, rule.when};
}

} // namespace autopack_schema::migrate::detail
