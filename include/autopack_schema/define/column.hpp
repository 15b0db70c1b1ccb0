// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include <autopack_schema/define/column_traits.hpp>
#include <autopack_schema/define/constraint.hpp>
#include <autopack_schema/define/default_value.hpp>
#include <autopack_schema/define/detail/member_name.hpp>
#include <autopack_schema/define/detail/sizes.hpp>
#include <autopack_schema/define/foreign_key.hpp>
#include <autopack_schema/define/problem.hpp>
#include <autopack_schema/define/words.hpp>
#include <autopack_schema/model/column.hpp>

namespace autopack_schema {

/// The spelling of a column's type; see `type`.
struct type_option {
    std::string_view declared{};
};
/// The type as the database shall read it, where the dialect's own spelling is not wanted: `type("VARCHAR(33)")`.
consteval type_option type(std::string_view declared) { return {declared}; }

/// The collation of a column; see `collate`.
struct collate_option {
    std::string_view collation{};
};
/// COLLATE of a column: `collate("NOCASE")`; of a part of an index: `collate("name", "NOCASE")`.
consteval collate_option collate(std::string_view collation) { return {collation}; }

/// How a column is generated; see `generated_always_as`.
struct generated_option {
    std::string_view expression{};
    model::generated_kind kind = model::generated_kind::virtual_;
};
/// GENERATED ALWAYS AS with an expression, written without the parentheses around it.
consteval generated_option generated_always_as(std::string_view expression,
                                               model::generated_kind kind = model::generated_kind::virtual_) {
    return {expression, kind};
}

/// What a NOT NULL column does with NULL; see `on_null`.
struct on_null_option {
    model::conflict action = model::conflict::none;
};
/// NOT NULL ON CONFLICT (SQLite).
consteval on_null_option on_null(model::conflict action) { return {action}; }

namespace detail {

/// What a column says, whatever its member.
struct column_facts {
    model::column column{};
    model::name member{};
    model::primary_key key{};
    model::unique_constraint unique{};
    bool is_key = false;
    bool is_unique = false;
    problem what = problem::none;
};

/// All of a column but its member, so that code that does not care is instantiated for few types.
template <std::size_t Parts, std::size_t Uniques, std::size_t Checks, std::size_t References>
struct column_body {
    column_facts facts{};
    std::array<model::check_constraint, Checks> checks{};
    std::array<reference_option, References> references{};

    static constexpr detail::sizes size{.columns = 1,
                                        .parts = Parts,
                                        .names = 2 * References,
                                        .uniques = Uniques,
                                        .checks = Checks,
                                        .foreign_keys = References};
};

template <class... Option>
inline constexpr std::size_t count_checks = (std::size_t{0} + ... + std::size_t{std::is_same_v<Option, check_definition>});
template <class... Option>
inline constexpr std::size_t count_references =
    (std::size_t{0} + ... + std::size_t{std::is_same_v<Option, reference_option>});
template <class... Option>
inline constexpr std::size_t count_keys = (std::size_t{0} + ... + std::size_t{std::is_same_v<Option, primary_key_word>});
template <class... Option>
inline constexpr std::size_t count_uniques = (std::size_t{0} + ... + std::size_t{std::is_same_v<Option, unique_word>});

/// Takes the options of a column one by one.
struct column_writer {
    column_facts& facts;
    const member_type& member;
    model::check_constraint* next_check;
    reference_option* next_reference;

    constexpr void note(problem p) {
        if (facts.what == problem::none) facts.what = p;
    }
    constexpr void take(std::string_view name) { facts.column.name = name; }
    constexpr void take(const primary_key_word& word) {
        if (facts.is_key) note(problem::S134_option_given_twice);
        facts.is_key = true;
        facts.key = word.value;
    }
    constexpr void take(const unique_word& word) {
        if (facts.is_unique) note(problem::S134_option_given_twice);
        facts.is_unique = true;
        facts.unique = word.value;
    }
    constexpr void take(autoincrement_word) { facts.column.identity = model::identity_kind::autoincrement; }
    constexpr void take(const default_option& option) {
        if (facts.column.default_to.present()) note(problem::S134_option_given_twice);
        facts.column.default_to = option.value;
        note(check_default(option, member));
    }
    constexpr void take(const type_option& option) { facts.column.type.declared = option.declared; }
    constexpr void take(const collate_option& option) { facts.column.collation = option.collation; }
    constexpr void take(const generated_option& option) {
        facts.column.generated = option.kind;
        facts.column.generated_as = option.expression;
    }
    constexpr void take(const on_null_option& option) { facts.column.on_null = option.action; }
    constexpr void take(const renamed_from& option) { facts.column.renamed_from = option.value; }
    constexpr void take(const check_definition& check) { *next_check++ = check.value; }
    constexpr void take(const reference_option& reference) { *next_reference++ = reference; }
};

template <class Option>
concept is_column_option = requires(column_writer& w, const Option& option) { w.take(option); };

template <class Member>
struct member_pointer;
template <class Value, class Row>
struct member_pointer<Value Row::*> {
    using value = Value;
    using row = Row;
};

} // namespace detail

/// A column bound to a member of a row; see `column`.
template <auto Member, class Body>
struct column_definition : Body {
    static constexpr auto member = Member;
};

/// A column bound to a member: its name is the member's (or the first argument), its type and whether it can be NULL
/// are the member's type (`std::optional` is what NULL is), all else is said by options.
/// shape:  `column<&row::id>(primary_key)`, `column<&row::state>("run_state", type("VARCHAR(33)"), default_value(0))`
/// errors: S105 to S108 the member's type, S109 and S110 the default (compile time)
template <auto Member, detail::is_column_option... Option>
    requires std::is_member_object_pointer_v<decltype(Member)>
consteval auto column(const Option&... options) {
    using detail::count_checks;
    using detail::count_keys;
    using detail::count_references;
    using detail::count_uniques;
    constexpr std::size_t keys = count_keys<Option...> != 0;
    constexpr std::size_t uniques = count_uniques<Option...> != 0;
    const detail::member_type& member =
        detail::member_type_of<typename detail::member_pointer<decltype(Member)>::value>::value;
    using body = detail::column_body<keys + uniques, uniques, count_checks<Option...>, count_references<Option...>>;
    column_definition<Member, body> definition;
    definition.facts.member = detail::member_name<Member>();
    definition.facts.column.name = definition.facts.member;
    definition.facts.column.type = member.type;
    definition.facts.column.nullable = member.nullable;
    definition.facts.what = member.what;
    if constexpr (sizeof...(Option) > 0) {
        detail::column_writer writer{definition.facts, member, definition.checks.data(),
                                     definition.references.data()};
        (writer.take(options), ...);
    }
    return definition;
}

} // namespace autopack_schema
