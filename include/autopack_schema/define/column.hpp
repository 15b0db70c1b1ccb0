// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/column_option.hpp>
#include <autopack_schema/define/column_traits.hpp>
#include <autopack_schema/define/detail/column_writer.hpp>
#include <autopack_schema/define/detail/member_name.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace autopack_schema {

/// A column bound to a member of a row; see `column`.
template <auto Member, class Body>
struct column_definition : Body {
    static constexpr auto member = Member;
};

/// A column bound to a member: its name is the member's (or the first argument), its type and whether it can be NULL
/// are the member's type (`std::optional` is what NULL is), all else is said by options.
/// shape:  `column<&row::id>(primary_key)`, `column<&row::state>("run_state", type("VARCHAR(33)"), default_value(0))`
/// errors: S105 to S108 the member's type, S109 and S110 the default, S134 an option twice (compile time)
template <auto Member, detail::is_column_option... Option>
    requires std::is_member_object_pointer_v<decltype(Member)>
consteval auto column(const Option&... options) {
    using value = typename detail::member_pointer<decltype(Member)>::value;
    const detail::column_source source{&detail::member_type_of<value>::value, __PRETTY_FUNCTION__};
    if constexpr (sizeof...(Option) == 0) {
        return column_definition<Member, detail::column_source>{source};
    } else {
        return column_definition<Member, detail::body_for<Option...>>{detail::make_body(source, options...)};
    }
}

namespace detail {

/// Characters before the class of the member in the text that a column has from the compiler.
inline constexpr std::size_t before_class = std::string_view(column<&marked::here>().text).find("= &") + 3;

template <class Class>
inline constexpr class_in_text text_of_class{class_text<Class>.data(), class_text<Class>.size(), before_class};

} // namespace detail
} // namespace autopack_schema
