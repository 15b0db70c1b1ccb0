// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/list.hpp>
#include <autopack_schema/query/detail/operations.hpp>
#include <autopack_schema/query/detail/operators.hpp>

#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace autopack_schema::query {

/// When the result of a function is NULL.
enum class null_rule : std::uint8_t {
    any,    ///< when an argument is
    all,    ///< when all arguments are
    always, ///< it can be whatever the arguments are
    never
};

template <null_rule Rule, class Scope, class... Argument>
constexpr bool is_nullable_call() {
    if constexpr (Rule == null_rule::any) return (Argument::template nullable<Scope> || ...);
    else if constexpr (Rule == null_rule::all) return (Argument::template nullable<Scope> && ...);
    else return Rule == null_rule::always;
}

/// A call of a function.
template <fixed_text Name, class Type, null_rule Rule, class... Argument>
struct call : expression_defaults, operations<call<Name, Type, Rule, Argument...>> {
    using type = Type;
    static constexpr bool aggregate = (Argument::aggregate || ...);
    static constexpr bool dynamic = (Argument::dynamic || ...);
    template <class Scope>
    static constexpr bool nullable = query::is_nullable_call<Rule, Scope, Argument...>();
    template <class Scope, class Group>
    static constexpr bool settled = (is_settled<Scope, Group, Argument> && ...);
    list<Argument...> arguments;

    constexpr explicit call(Argument... a) : arguments(std::move(a)...) {}

    template <class Scope>
    static constexpr void write(sql_writer& w, const call* self) {
        w.put(Name.view());
        w.put("(");
        query::write_list<Scope>(w, self == nullptr ? nullptr : &self->arguments);
        w.put(")");
    }
    void bind(binder& b) const { arguments.bind(b); }
};

/// An aggregate: one value of all rows of a group.
template <fixed_text Name, class Type, null_rule Rule, bool Distinct, class... Argument>
struct aggregate_call : expression_defaults, operations<aggregate_call<Name, Type, Rule, Distinct, Argument...>> {
    using type = Type;
    static constexpr bool aggregate = true;
    static constexpr bool dynamic = (Argument::dynamic || ...);
    template <class Scope>
    static constexpr bool nullable = Rule == null_rule::always;
    list<Argument...> arguments;

    constexpr explicit aggregate_call(Argument... a) : arguments(std::move(a)...) {}

    template <class Scope>
    static constexpr void write(sql_writer& w, const aggregate_call* self) {
        w.put(Name.view());
        w.put(Distinct ? "(DISTINCT " : "(");
        if constexpr (sizeof...(Argument) == 0) w.put("*");
        query::write_list<Scope>(w, self == nullptr ? nullptr : &self->arguments);
        w.put(")");
    }
    void bind(binder& b) const { arguments.bind(b); }
};

/// errors: S147 an argument that is no text (compile time)
template <class E>
constexpr bool require_text() {
    if constexpr (!is_text<typename E::type> && !std::is_same_v<E, no_value>) {
        return query::refuse<query_problem::S147_not_a_text, label<E>>();
    }
    return true;
}
/// errors: S146 an argument that is no number (compile time)
template <class E>
constexpr bool require_number() {
    if constexpr (!is_number<typename E::type> && !std::is_same_v<E, no_value>) {
        return query::refuse<query_problem::S146_not_a_number, label<E>>();
    }
    return true;
}

/// Makes a call of a function of texts.
/// errors: S147 an argument that is no text (compile time)
template <fixed_text Name, class Type, null_rule Rule, class... T>
constexpr auto text_call(T&&... argument) {
    using made = call<Name, Type, Rule, expression_of<T>...>;
    ((void)query::require_text<expression_of<T>>(), ...);
    return made(query::to_expression(std::forward<T>(argument))...);
}
template <fixed_text Name, class Type, null_rule Rule, class... T>
constexpr auto make_call(T&&... argument) {
    return call<Name, Type, Rule, expression_of<T>...>(query::to_expression(std::forward<T>(argument))...);
}
template <fixed_text Name, class Type, null_rule Rule, bool Distinct = false, class... T>
constexpr auto make_aggregate(T&&... argument) {
    return aggregate_call<Name, Type, Rule, Distinct, expression_of<T>...>(
        query::to_expression(std::forward<T>(argument))...);
}

} // namespace autopack_schema::query
