// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/expression.hpp>
#include <autopack_schema/query/detail/value.hpp>

#include <string_view>
#include <type_traits>
#include <utility>

namespace autopack_schema::query {

/// The operators of two operands.
enum class op : std::uint8_t { or_, and_, eq, ne, lt, le, gt, ge, is, is_not, like, not_like, glob, add, sub, mul, div, mod, concat };

struct op_facts {
    std::string_view text;
    strength precedence;
};
inline constexpr op_facts facts_of[] = {
    {" OR ", strength::or_},           {" AND ", strength::and_},   {" = ", strength::compare},
    {" <> ", strength::compare},       {" < ", strength::compare},  {" <= ", strength::compare},
    {" > ", strength::compare},        {" >= ", strength::compare}, {" IS ", strength::compare},
    {" IS NOT ", strength::compare},   {" LIKE ", strength::compare}, {" NOT LIKE ", strength::compare},
    {" GLOB ", strength::compare},     {" + ", strength::sum},      {" - ", strength::sum},
    {" * ", strength::product},        {" / ", strength::product},  {" % ", strength::product},
    {" || ", strength::concat},
};
constexpr bool is_associative(op o) { return o == op::or_ || o == op::and_ || o == op::concat; }
/// Division by zero is NULL in SQL.
constexpr bool makes_null(op o) { return o == op::div || o == op::mod; }
constexpr bool never_null(op o) { return o == op::is || o == op::is_not; }

template <op Op, class Left, class Right, class Type>
struct binary;

/// Two operands with an operator between them.
template <op Op, class Left, class Right, class Type>
struct binary : expression_defaults, operations<binary<Op, Left, Right, Type>> {
    using type = Type;
    static constexpr bool aggregate = Left::aggregate || Right::aggregate;
    static constexpr bool dynamic = Left::dynamic || Right::dynamic;
    static constexpr bool has_values = Left::has_values || Right::has_values;
    static constexpr strength precedence = facts_of[static_cast<int>(Op)].precedence;
    template <class Scope>
    static constexpr bool nullable = !never_null(Op) && (makes_null(Op) || Left::template nullable<Scope> ||
                                                         Right::template nullable<Scope>);
    template <class Scope, class Group>
    static constexpr bool settled = is_settled<Scope, Group, Left> && is_settled<Scope, Group, Right>;
    Left left;
    Right right;

    template <class Scope>
    static constexpr void write(sql_writer& w, const binary* self) {
        constexpr bool compares = precedence == strength::compare;
        query::write_operand<Scope>(w, self == nullptr ? nullptr : &self->left,
                                    Left::precedence < precedence || (compares && Left::precedence == precedence));
        w.put(facts_of[static_cast<int>(Op)].text);
        query::write_operand<Scope>(w, self == nullptr ? nullptr : &self->right,
                                    Right::precedence < precedence ||
                                        (Right::precedence == precedence && !is_associative(Op)));
    }
    void bind(binder& b) const {
        if constexpr (Left::has_values) left.bind(b);
        if constexpr (Right::has_values) right.bind(b);
    }
};

/// An operand with a fixed text before and after it: IS NULL, NOT, a sign.
enum class wrap : std::uint8_t { is_null, is_not_null, not_, negative };

template <wrap How, class Inner, class Type>
struct wrapped : expression_defaults, operations<wrapped<How, Inner, Type>> {
    using type = Type;
    static constexpr bool aggregate = Inner::aggregate;
    static constexpr bool dynamic = Inner::dynamic;
    static constexpr bool has_values = Inner::has_values;
    static constexpr bool suffix = How == wrap::is_null || How == wrap::is_not_null;
    static constexpr strength precedence = suffix               ? strength::compare
                                           : How == wrap::not_ ? strength::not_
                                                                : strength::unary;
    template <class Scope>
    static constexpr bool nullable = !suffix && Inner::template nullable<Scope>;
    template <class Scope, class Group>
    static constexpr bool settled = is_settled<Scope, Group, Inner>;
    Inner inner;

    template <class Scope>
    static constexpr void write(sql_writer& w, const wrapped* self) {
        if (How == wrap::not_) w.put("NOT ");
        if (How == wrap::negative) w.put("-");
        query::write_operand<Scope>(w, self == nullptr ? nullptr : &self->inner, Inner::precedence <= precedence);
        if (How == wrap::is_null) w.put(" IS NULL");
        if (How == wrap::is_not_null) w.put(" IS NOT NULL");
    }
    void bind(binder& b) const {
        if constexpr (Inner::has_values) inner.bind(b);
    }
};

/// IS NULL by `== nullopt`: refused where NULL cannot be, which only the whole query can tell (a LEFT JOIN).
template <bool Not, class Inner>
struct null_test : wrapped<Not ? wrap::is_not_null : wrap::is_null, Inner, bool> {
    using base = wrapped<Not ? wrap::is_not_null : wrap::is_null, Inner, bool>;
    template <class Scope>
    static constexpr void write(sql_writer& w, const null_test* self) {
        if constexpr (!Inner::template nullable<Scope>) {
            (void)query::refuse<query_problem::S144_never_null, label<Inner>>();
        }
        base::template write<Scope>(w, self);
    }
};

/// A condition that was reported; stands for nothing else to be wrong.
using reported = bound<bool, bool>;

/// Says what is wrong with a comparison, if something is.
/// errors: S143 types that do not compare, S159 a std::optional (compile time)
template <op Op, class A, class B, bool HasOptional>
consteval bool check_comparison() {
    if constexpr (std::is_same_v<A, no_value> || std::is_same_v<B, no_value>) {
        return false;
    } else if constexpr (!comparable<typename A::type, typename B::type>) {
        return !query::refuse<query_problem::S143_types_cannot_be_compared, label<A>, label<B>>();
    } else if constexpr (!never_null(Op) && HasOptional) {
        return !query::refuse<query_problem::S159_compared_with_an_optional, label<A>, label<B>>();
    } else {
        return true;
    }
}

/// Makes a comparison, by one function for each pair of types.
template <op Op, class L, class R>
constexpr auto compare(L&& left, R&& right) {
    using a = expression_of<L>;
    using b = expression_of<R>;
    constexpr bool has_optional = is_optional<std::remove_cvref_t<L>> || is_optional<std::remove_cvref_t<R>>;
    constexpr bool negative = Op == op::ne || Op == op::is_not;
    if constexpr (std::is_same_v<b, null_literal>) {
        return null_test<negative, a>{{{}, {}, query::to_expression(std::forward<L>(left))}};
    } else if constexpr (std::is_same_v<a, null_literal>) {
        return null_test<negative, b>{{{}, {}, query::to_expression(std::forward<R>(right))}};
    } else if constexpr (!query::check_comparison<Op, a, b, has_optional>()) {
        return reported{};
    } else if constexpr (std::is_same_v<std::remove_cvref_t<L>, a> && !std::is_same_v<std::remove_cvref_t<R>, b>) {
        return binary<Op, a, b, bool>{{}, {}, left, query::to_expression(std::forward<R>(right))};
    } else if constexpr (std::is_same_v<std::remove_cvref_t<L>, a>) {
        return binary<Op, a, b, bool>{{}, {}, left, right};
    } else {
        return binary<Op, a, b, bool>{{}, {}, query::to_expression(std::forward<L>(left)),
                                      query::to_expression(std::forward<R>(right))};
    }
}

/// An expression that is true or false.
template <class T>
concept is_condition = is_expression<T> && std::is_same_v<typename T::type, bool>;

/// The operand of AND, OR and NOT, and what stands in where.
/// errors: S145 a value that is no condition (compile time)
template <class E>
constexpr auto condition(E&& expression) {
    auto e = query::to_expression(std::forward<E>(expression));
    using made = decltype(e);
    if constexpr (std::is_same_v<typename made::type, bool> || std::is_same_v<made, no_value>) {
        return e;
    } else {
        (void)query::refuse<query_problem::S145_not_a_condition, label<made>>();
        return reported{};
    }
}

} // namespace autopack_schema::query
