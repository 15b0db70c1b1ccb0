// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/condition.hpp>
#include <autopack_schema/query/detail/membership.hpp>
#include <autopack_schema/query/detail/ordering.hpp>
#include <autopack_schema/query/detail/value.hpp>

#include <type_traits>
#include <utility>
#include <vector>

namespace autopack_schema::query {

template <class T>
concept is_subquery = requires { typename T::is_aps_selection; };

template <bool Not, class E, class Selection>
constexpr auto in_subquery(E inner, const Selection& selection);

template <class T>
concept is_value_range = !is_expression<T> && !is_text<T> && !is_subquery<T> && requires(const T& t) {
    t.begin();
    t.end();
    t.size();
} && !has_value_form<T>;

/// A value that must compare with an expression.
/// errors: S143 (compile time)
template <class E, class T>
constexpr auto operand_for(T&& value) {
    auto made = query::to_expression(std::forward<T>(value));
    if constexpr (!comparable<typename E::type, typename decltype(made)::type> &&
                  !std::is_same_v<decltype(made), no_value>) {
        (void)query::refuse<query_problem::S143_types_cannot_be_compared, label<E>, label<decltype(made)>>();
    }
    return made;
}

template <bool Not, class E, class... T>
constexpr auto make_in(E e, T&&... values) {
    if constexpr (sizeof...(T) == 1 && (is_subquery<std::remove_cvref_t<T>> && ...)) {
        return query::in_subquery<Not>(std::move(e), values...);
    } else if constexpr (sizeof...(T) == 1 && (is_value_range<std::remove_cvref_t<T>> && ...)) {
        return query::make_in_range<Not>(std::move(e), values...);
    } else {
        return in_list<Not, E, decltype(query::operand_for<E>(std::forward<T>(values)))...>(
            std::move(e), query::operand_for<E>(std::forward<T>(values))...);
    }
}

/// What every expression can be asked.
template <class Self>
struct operations {
    /// IS NULL, IS NOT NULL.
    constexpr auto is_null() const {
        return wrapped<wrap::is_null, Self, bool>{{}, {}, static_cast<const Self&>(*this)};
    }
    constexpr auto is_not_null() const {
        return wrapped<wrap::is_not_null, Self, bool>{{}, {}, static_cast<const Self&>(*this)};
    }
    /// Equal, or both NULL: the comparison for a std::optional.
    template <class T>
    constexpr auto is(T&& value) const {
        return query::compare<op::is>(self(), std::forward<T>(value));
    }
    template <class T>
    constexpr auto is_not(T&& value) const {
        return query::compare<op::is_not>(self(), std::forward<T>(value));
    }
    /// One of several values, of a range of values, or of the results of a subquery.
    template <class... T>
    constexpr auto in(T&&... values) const {
        return query::make_in<false>(self(), std::forward<T>(values)...);
    }
    template <class... T>
    constexpr auto not_in(T&&... values) const {
        return query::make_in<true>(self(), std::forward<T>(values)...);
    }
    template <class Low, class High>
    constexpr auto between(Low&& low, High&& high) const {
        return query::make_between<false>(self(), query::operand_for<Self>(std::forward<Low>(low)),
                                          query::operand_for<Self>(std::forward<High>(high)));
    }
    template <class Low, class High>
    constexpr auto not_between(Low&& low, High&& high) const {
        return query::make_between<true>(self(), query::operand_for<Self>(std::forward<Low>(low)),
                                         query::operand_for<Self>(std::forward<High>(high)));
    }
    /// LIKE: `%` is any text, `_` any character, letters of ASCII in either case.
    template <class T>
    constexpr auto like(T&& pattern) const {
        return query::match<op::like>(self(), std::forward<T>(pattern));
    }
    template <class T>
    constexpr auto not_like(T&& pattern) const {
        return query::match<op::not_like>(self(), std::forward<T>(pattern));
    }
    /// LIKE with a character before which `%`, `_` and itself stand for themselves.
    template <class T>
    constexpr auto like(T&& pattern, char escape) const {
        return query::match_escaped(self(), std::forward<T>(pattern), escape);
    }
    /// GLOB: `*`, `?` and `[…]`, case counts.
    template <class T>
    constexpr auto glob(T&& pattern) const {
        return query::match<op::glob>(self(), std::forward<T>(pattern));
    }
    constexpr auto asc() const { return order_term<Self, direction::ascending>(self()); }
    constexpr auto desc() const { return order_term<Self, direction::descending>(self()); }

private:
    constexpr const Self& self() const { return static_cast<const Self&>(*this); }
};

} // namespace autopack_schema::query
