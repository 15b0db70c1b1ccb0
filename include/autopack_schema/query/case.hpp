// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/column_ref.hpp>
#include <autopack_schema/query/detail/hint.hpp>
#include <autopack_schema/query/detail/list.hpp>
#include <autopack_schema/query/detail/operations.hpp>

#include <type_traits>
#include <utility>

namespace autopack_schema {

namespace query {

/// WHEN condition THEN value.
template <class Condition, class Value>
struct when_branch {
    using value_type = Value;
    static constexpr bool aggregate = Condition::aggregate || Value::aggregate;
    static constexpr bool dynamic = Condition::dynamic || Value::dynamic;
    static constexpr bool has_values = true;
    template <class Scope, class Group>
    static constexpr bool settled = is_settled<Scope, Group, Condition> && is_settled<Scope, Group, Value>;
    Condition condition;
    Value value;

    template <class Scope>
    static constexpr void write(sql_writer& w, const when_branch* self) {
        w.put(" WHEN ");
        Condition::template write<Scope>(w, self == nullptr ? nullptr : &self->condition);
        w.put(" THEN ");
        Value::template write<Scope>(w, self == nullptr ? nullptr : &self->value);
    }
    void bind(binder& b) const {
        condition.bind(b);
        value.bind(b);
    }
};

/// CASE; without an else it is NULL where no condition is true.
template <class Else, class First, class... Branch>
struct case_expression : expression_defaults, operations<case_expression<Else, First, Branch...>> {
    using type = typename First::value_type::type;
    static constexpr bool aggregate = Else::aggregate || First::aggregate || (Branch::aggregate || ...);
    static constexpr bool dynamic = Else::dynamic || First::dynamic || (Branch::dynamic || ...);
    template <class Scope>
    static constexpr bool nullable = Else::template nullable<Scope> || First::value_type::template nullable<Scope> ||
                                     (Branch::value_type::template nullable<Scope> || ...);
    list<First, Branch...> branches;
    Else other;

    constexpr case_expression(list<First, Branch...> b, Else e) : branches(std::move(b)), other(std::move(e)) {}

    /// The value where no condition is true.
    /// errors: S143 a value of another sort (compile time)
    template <class T>
    constexpr auto else_(T&& value) const {
        using operand = decltype(query::operand_for<case_expression>(std::forward<T>(value)));
        return case_expression<operand, First, Branch...>(branches,
                                                          query::operand_for<case_expression>(std::forward<T>(value)));
    }
    template <class Scope>
    static constexpr void write(sql_writer& w, const case_expression* self) {
        w.put("CASE");
        query::write_list<Scope>(w, self == nullptr ? nullptr : &self->branches, "");
        if constexpr (!std::is_same_v<Else, null_literal>) {
            w.put(" ELSE ");
            Else::template write<Scope>(w, self == nullptr ? nullptr : &self->other);
        }
        w.put(" END");
    }
    void bind(binder& b) const {
        branches.bind(b);
        other.bind(b);
    }
    template <class Scope, class Group>
    static constexpr bool settled = is_settled<Scope, Group, Else> && is_settled<Scope, Group, First> &&
                                    (is_settled<Scope, Group, Branch> && ...);
};

template <class Condition, class Value>
struct hint_of<when_branch<Condition, Value>> {
    using type = hint_of_all<Condition, Value>;
};
template <class Else, class First, class... Branch>
struct hint_of<case_expression<Else, First, Branch...>> {
    using type = hint_of_all<First, Branch..., Else>;
};

} // namespace query

/// A branch of `case_`: `when(col<&row::tokens> > 1000, "large")`.
template <class Condition, class Value>
constexpr auto when(Condition&& condition, Value&& value) {
    using made = decltype(query::condition(std::forward<Condition>(condition)));
    return query::when_branch<made, query::expression_of<Value>>{query::condition(std::forward<Condition>(condition)),
                                                                 query::to_expression(std::forward<Value>(value))};
}

/// CASE: `case_(when(a, "x"), when(b, "y")).else_("z")`.
template <class First, class... Branch>
constexpr auto case_(First first, Branch... branch) {
    return query::case_expression<query::null_literal, First, Branch...>(
        query::list<First, Branch...>(std::move(first), std::move(branch)...), {});
}

} // namespace autopack_schema
