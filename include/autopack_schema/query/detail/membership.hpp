// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/condition.hpp>
#include <autopack_schema/query/detail/list.hpp>

#include <bit>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::query {

/// BETWEEN.
template <bool Not, class E, class Low, class High>
struct between_test : expression_defaults, operations<between_test<Not, E, Low, High>> {
    using type = bool;
    static constexpr bool aggregate = E::aggregate || Low::aggregate || High::aggregate;
    static constexpr bool dynamic = E::dynamic || Low::dynamic || High::dynamic;
    static constexpr strength precedence = strength::compare;
    template <class Scope>
    static constexpr bool nullable =
        E::template nullable<Scope> || Low::template nullable<Scope> || High::template nullable<Scope>;
    template <class Scope, class Group>
    static constexpr bool settled =
        is_settled<Scope, Group, E> && is_settled<Scope, Group, Low> && is_settled<Scope, Group, High>;
    E inner;
    Low low;
    High high;

    constexpr between_test(E e, Low l, High h) : inner(std::move(e)), low(std::move(l)), high(std::move(h)) {}

    template <class Scope>
    static constexpr void write(sql_writer& w, const between_test* self) {
        query::write_operand<Scope>(w, self == nullptr ? nullptr : &self->inner, E::precedence <= precedence);
        w.put(Not ? " NOT BETWEEN " : " BETWEEN ");
        query::write_operand<Scope>(w, self == nullptr ? nullptr : &self->low, Low::precedence <= precedence);
        w.put(" AND ");
        query::write_operand<Scope>(w, self == nullptr ? nullptr : &self->high, High::precedence <= precedence);
    }
    void bind(binder& b) const {
        inner.bind(b);
        low.bind(b);
        high.bind(b);
    }
};

/// IN with values that the text of the program lists.
template <bool Not, class E, class... Item>
struct in_list : expression_defaults, operations<in_list<Not, E, Item...>> {
    using type = bool;
    static constexpr bool aggregate = E::aggregate;
    static constexpr bool dynamic = E::dynamic || (Item::dynamic || ...);
    static constexpr strength precedence = strength::compare;
    template <class Scope>
    static constexpr bool nullable = E::template nullable<Scope> || (Item::template nullable<Scope> || ...);
    template <class Scope, class Group>
    static constexpr bool settled = is_settled<Scope, Group, E> && (is_settled<Scope, Group, Item> && ...);
    E inner;
    list<Item...> items;

    constexpr explicit in_list(E e, Item... i) : inner(std::move(e)), items(std::move(i)...) {}

    template <class Scope>
    static constexpr void write(sql_writer& w, const in_list* self) {
        query::write_operand<Scope>(w, self == nullptr ? nullptr : &self->inner, E::precedence <= precedence);
        w.put(Not ? " NOT IN (" : " IN (");
        query::write_list<Scope>(w, self == nullptr ? nullptr : &self->items);
        w.put(")");
    }
    void bind(binder& b) const {
        inner.bind(b);
        query::bind_list(b, items);
    }
};

/// IN with the values of a range, as many as it has when the query runs.
/// shape:  the text has room for the next power of two and the last value fills what is left, so that a query has few
///         texts and its statements are found again
template <bool Not, class E, class Type, class Item>
struct in_range : expression_defaults, operations<in_range<Not, E, Type, Item>> {
    using type = bool;
    static constexpr bool aggregate = E::aggregate;
    static constexpr bool dynamic = true;
    static constexpr strength precedence = strength::compare;
    template <class Scope>
    static constexpr bool nullable = E::template nullable<Scope>;
    template <class Scope, class Group>
    static constexpr bool settled = is_settled<Scope, Group, E>;
    E inner;
    std::vector<Item> items;

    in_range(E e, std::vector<Item> i) : inner(std::move(e)), items(std::move(i)) {}

    std::size_t room() const noexcept { return items.empty() ? 0 : std::bit_ceil(items.size()); }

    template <class Scope>
    static constexpr void write(sql_writer& w, const in_range* self) {
        query::write_operand<Scope>(w, self == nullptr ? nullptr : &self->inner, E::precedence <= precedence);
        w.put(Not ? " NOT IN (" : " IN (");
        const std::size_t room = self == nullptr ? 1 : self->room();
        for (std::size_t i = 0; i < room; ++i) w.put(i == 0 ? "?" : ", ?");
        w.put(")");
    }
    void bind(binder& b) const {
        inner.bind(b);
        for (const Item& item : items) item.bind(b);
        for (std::size_t i = items.size(); i < room(); ++i) items.back().bind(b);
    }
};

template <bool Not, class E, class Low, class High>
constexpr auto make_between(E e, Low low, High high) {
    return between_test<Not, E, Low, High>(std::move(e), std::move(low), std::move(high));
}

/// errors: S143 values that do not compare with the expression (compile time)
template <bool Not, class E, class Range>
auto make_in_range(E e, const Range& values) {
    using item = decltype(query::to_expression(*values.begin()));
    if constexpr (!comparable<typename E::type, typename item::type>) {
        (void)query::refuse<query_problem::S143_types_cannot_be_compared, label<E>, label<item>>();
    }
    std::vector<item> items;
    items.reserve(values.size());
    for (const auto& value : values) items.push_back(query::to_expression(value));
    return in_range<Not, E, typename item::type, item>(std::move(e), std::move(items));
}

/// errors: S147 something that is no text (compile time)
template <op Op, class E, class T>
constexpr auto match(E e, T&& pattern) {
    auto made = query::to_expression(std::forward<T>(pattern));
    if constexpr (!is_text<typename E::type>) {
        (void)query::refuse<query_problem::S147_not_a_text, label<E>>();
        return reported{};
    } else if constexpr (!is_text<typename decltype(made)::type>) {
        (void)query::refuse<query_problem::S147_not_a_text, label<decltype(made)>>();
        return reported{};
    } else {
        return binary<Op, E, decltype(made), bool>{{}, {}, std::move(e), std::move(made)};
    }
}

/// LIKE … ESCAPE.
template <class Like>
struct escaped_like : expression_defaults, operations<escaped_like<Like>> {
    using type = bool;
    static constexpr bool aggregate = Like::aggregate;
    static constexpr bool dynamic = Like::dynamic;
    static constexpr strength precedence = strength::compare;
    template <class Scope>
    static constexpr bool nullable = Like::template nullable<Scope>;
    template <class Scope, class Group>
    static constexpr bool settled = is_settled<Scope, Group, Like>;
    Like like;
    char escape;

    constexpr escaped_like(Like l, char c) : like(std::move(l)), escape(c) {}

    template <class Scope>
    static constexpr void write(sql_writer& w, const escaped_like* self) {
        Like::template write<Scope>(w, self == nullptr ? nullptr : &self->like);
        w.put(" ESCAPE ?");
    }
    void bind(binder& b) const {
        like.bind(b);
        b.put(std::string_view(&escape, 1));
    }
};

template <class E, class T>
constexpr auto match_escaped(E e, T&& pattern, char escape) {
    auto like = query::match<op::like>(std::move(e), std::forward<T>(pattern));
    return escaped_like<decltype(like)>(std::move(like), escape);
}

} // namespace autopack_schema::query
