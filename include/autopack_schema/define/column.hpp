// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/column_option.hpp>
#include <autopack_schema/define/column_traits.hpp>
#include <autopack_schema/define/detail/binding.hpp>
#include <autopack_schema/define/detail/column_writer.hpp>
#include <autopack_schema/define/detail/member_name.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace autopack_schema {

/// A column bound to a member of a row; see `column`.
template <auto Member, class Body>
struct column_definition : Body {
    using bound_as = detail::binding<Member>;
};

namespace detail {

/// What the type of a member makes of its column.
template <auto Member>
inline constexpr const member_type* type_of_member =
    &member_type_of<typename member_pointer<decltype(Member)>::value>::value;

} // namespace detail

/// A column bound to a member: its name is the member's (or the first argument), its type and whether it can be NULL
/// are the member's type (`std::optional` is what NULL is), all else is said by options.
/// shape:  `column<&row::id>(primary_key)`, `column<&row::state>("run_state", type("VARCHAR(33)"), default_value(0))`
/// errors: S105 to S108 the member's type, S109 and S110 the default, S134 an option twice (compile time)
template <auto Member>
consteval auto column() {
    return column_definition<Member, detail::column_source>{{detail::type_of_member<Member>, __PRETTY_FUNCTION__}};
}
template <auto Member, detail::is_column_option First, detail::is_column_option... Option>
consteval auto column(const First& first, const Option&... options) {
    return column_definition<Member, detail::body_for<First, Option...>>{
        detail::make_body({detail::type_of_member<Member>, __PRETTY_FUNCTION__}, first, options...)};
}

namespace detail {

/// Characters before the class of the member in the texts that the two sorts of columns have from the compiler.
inline constexpr std::size_t before_class =
    std::string_view(column<&marked::here>().text).find("= &") + 3;
inline constexpr std::size_t before_class_with_options =
    std::string_view(column<&marked::here>(primary_key).facts.text).find("= &") + 3;

/// The text of a row's name, for reading the names of members.
template <class Row>
inline constexpr class_in_text text_of_class{class_text<Row>.data(), class_text<Row>.size()};

} // namespace detail
} // namespace autopack_schema
