// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/column_option.hpp>
#include <autopack_schema/define/column_traits.hpp>
#include <autopack_schema/define/constraint.hpp>
#include <autopack_schema/define/default_value.hpp>
#include <autopack_schema/define/detail/sizes.hpp>
#include <autopack_schema/define/foreign_key.hpp>
#include <autopack_schema/define/problem.hpp>
#include <autopack_schema/define/words.hpp>
#include <autopack_schema/model/column.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>

namespace autopack_schema::detail {

template <class Member>
struct member_pointer;
template <class Value, class Row>
struct member_pointer<Value Row::*> {
    using value = Value;
    using row = Row;
};

/// What a member alone says about its column. Most columns are no more, so this is kept small: the cost of a
/// definition at compile time is the cost of its columns.
struct column_source {
    const member_type* type;
    const char* text; ///< what the compiler prints for the pointer to the member; `table` reads the name from it

    static constexpr sizes size{.columns = 1};
};

/// What a column with options says, whatever its member.
struct column_facts {
    model::column column{}; ///< without a name where it is the member's
    const char* text = nullptr;
    model::primary_key key{};
    model::unique_constraint unique{};
    bool has_own_name = false; ///< another one than its member's
    bool is_key = false;
    bool is_unique = false;
    problem what = problem::none;

    /// Says something that can be wrong in its table; see `check_table`.
    constexpr bool is_unusual() const {
        return !column.renamed_from.empty() || column.identity != model::identity_kind::none ||
               column.generated != model::generated_kind::none;
    }
};

/// A column with options; the same type for all members with options of the same sort.
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

template <class Wanted, class... Option>
inline constexpr std::size_t count_options = (std::size_t{0} + ... + std::size_t{std::same_as<Option, Wanted>});
template <class Wanted, class... Option>
inline constexpr std::size_t has_option = count_options<Wanted, Option...> != 0 ? 1 : 0;

template <class... Option>
using body_for = column_body<has_option<primary_key_word, Option...> + has_option<unique_word, Option...>,
                             has_option<unique_word, Option...>, count_options<check_definition, Option...>,
                             count_options<reference_option, Option...>>;

/// Takes the options of a column one by one.
struct column_writer {
    column_facts& facts;
    const member_type& member;
    model::check_constraint* next_check;
    reference_option* next_reference;

    constexpr void note(problem p) {
        if (facts.what == problem::none) facts.what = p;
    }
    constexpr void note_twice(bool given) {
        if (given) note(problem::S134_option_given_twice);
    }
    constexpr void take(std::string_view name) {
        note_twice(facts.has_own_name);
        if (name.empty()) note(problem::S129_empty_name);
        facts.column.name = name;
        facts.has_own_name = true;
    }
    constexpr void take(const primary_key_word& word) {
        note_twice(facts.is_key);
        facts.is_key = true;
        facts.key = word.value;
    }
    constexpr void take(const unique_word& word) {
        note_twice(facts.is_unique);
        facts.is_unique = true;
        facts.unique = word.value;
    }
    constexpr void take(autoincrement_word) { facts.column.identity = model::identity_kind::autoincrement; }
    constexpr void take(const default_option& option) {
        note_twice(facts.column.default_to.present());
        facts.column.default_to = option.value;
        note(check_default(option, member));
    }
    constexpr void take(const type_option& option) {
        note_twice(!facts.column.type.declared.empty());
        facts.column.type.declared = option.declared;
    }
    constexpr void take(const collate_option& option) {
        note_twice(!facts.column.collation.empty());
        facts.column.collation = option.collation;
    }
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

/// Reads the options of a column; instantiated for each set of sorts of options, not for each member.
template <class... Option>
constexpr body_for<Option...> make_body(const column_source& source, const Option&... options) {
    body_for<Option...> body;
    body.facts.text = source.text;
    body.facts.column.type = source.type->type;
    body.facts.column.nullable = source.type->nullable;
    body.facts.what = source.type->what;
    column_writer writer{body.facts, *source.type, body.checks.data(), body.references.data()};
    (writer.take(options), ...);
    return body;
}

} // namespace autopack_schema::detail
