// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/hint.hpp>
#include <autopack_schema/query/selection.hpp>

#include <type_traits>
#include <utility>

namespace autopack_schema {

namespace query {

/// The only thing that a query selects; `no_value` where there are several.
template <class Output>
struct only_item {
    using type = no_value;
};
template <class Item>
struct only_item<one_output<Item>> {
    using type = Item;
};

/// A subquery as one value: NULL where it gives no row.
template <class Parts>
struct scalar_subquery : expression_defaults, operations<scalar_subquery<Parts>> {
    using item = typename only_item<typename Parts::output_type>::type;
    using type = typename item::type;
    static constexpr bool dynamic = Parts::dynamic;
    template <class Scope>
    static constexpr bool nullable = true;
    Parts parts;

    constexpr explicit scalar_subquery(Parts p) : parts(std::move(p)) {}

    template <class Scope>
    static constexpr void write(sql_writer& w, const scalar_subquery* self) {
        w.put("(");
        Parts::template write<Scope::schema, Scope>(w, self == nullptr ? nullptr : &self->parts);
        w.put(")");
    }
    void bind(binder& b) const { parts.bind(b); }
};

/// EXISTS.
template <class Parts>
struct exists_test : expression_defaults, operations<exists_test<Parts>> {
    using type = bool;
    static constexpr bool dynamic = Parts::dynamic;
    template <class Scope>
    static constexpr bool nullable = false;
    Parts parts;

    constexpr explicit exists_test(Parts p) : parts(std::move(p)) {}

    template <class Scope>
    static constexpr void write(sql_writer& w, const exists_test* self) {
        w.put("EXISTS (");
        Parts::template write<Scope::schema, Scope>(w, self == nullptr ? nullptr : &self->parts);
        w.put(")");
    }
    void bind(binder& b) const { parts.bind(b); }
};

/// IN with the results of a subquery.
template <bool Not, class E, class Parts>
struct in_select : expression_defaults, operations<in_select<Not, E, Parts>> {
    using type = bool;
    static constexpr bool aggregate = E::aggregate;
    static constexpr bool dynamic = E::dynamic || Parts::dynamic;
    static constexpr strength precedence = strength::compare;
    using item = typename only_item<typename Parts::output_type>::type;
    template <class Scope>
    static constexpr bool nullable = E::template nullable<Scope> || item::template nullable<
        typename Parts::template scope_in<Scope::schema, Scope>>;
    template <class Scope, class Group>
    static constexpr bool settled = is_settled<Scope, Group, E>;
    E inner;
    Parts parts;

    constexpr in_select(E e, Parts p) : inner(std::move(e)), parts(std::move(p)) {}

    template <class Scope>
    static constexpr void write(sql_writer& w, const in_select* self) {
        query::write_operand<Scope>(w, self == nullptr ? nullptr : &self->inner, E::precedence <= precedence);
        w.put(Not ? " NOT IN (" : " IN (");
        Parts::template write<Scope::schema, Scope>(w, self == nullptr ? nullptr : &self->parts);
        w.put(")");
    }
    void bind(binder& b) const {
        inner.bind(b);
        parts.bind(b);
    }
};

/// errors: S143 values that do not compare, S160 several columns (compile time)
template <bool Not, class E, class Selection>
constexpr auto in_subquery(E inner, const Selection& selection) {
    using parts = typename Selection::parts_type;
    using item = typename only_item<typename parts::output_type>::type;
    if constexpr (std::is_same_v<item, no_value>) {
        (void)query::refuse<query_problem::S160_subquery_of_several_columns, label<E>>();
        return reported{};
    } else if constexpr (!comparable<typename E::type, typename item::type>) {
        (void)query::refuse<query_problem::S143_types_cannot_be_compared, label<E>, label<item>>();
        return reported{};
    } else {
        return in_select<Not, E, parts>(std::move(inner), selection.parts);
    }
}

} // namespace query

/// Tells whether a subquery gives a row; it may use columns of the query around it.
template <query::is_subquery Selection>
constexpr auto exists(const Selection& selection) {
    return query::exists_test<typename Selection::parts_type>(selection.parts);
}

/// The first value that a subquery gives, NULL where it gives none; it may use columns of the query around it.
/// errors: S160 several columns (compile time)
template <query::is_subquery Selection>
constexpr auto scalar(const Selection& selection) {
    using parts = typename Selection::parts_type;
    using item = typename query::only_item<typename parts::output_type>::type;
    if constexpr (std::is_same_v<item, query::no_value>) {
        using what = std::conditional_t<query::is_subquery<Selection>, query::reported, void>;
        (void)query::refuse<query_problem::S160_subquery_of_several_columns, query::label<what>>();
        return query::reported{};
    } else {
        return query::scalar_subquery<parts>(selection.parts);
    }
}

/// A SELECT that belongs to no database yet: a subquery, or one for `db.run(query)`.
template <class... Item>
    requires(sizeof...(Item) > 0)
constexpr auto select(const Item&... item) {
    return query::make_select(query::unbound{}, query::to_item(item)...);
}
template <class Row>
    requires(!query::is_expression<Row>)
constexpr auto select() {
    return query::make_select(query::unbound{}, query::whole_row<Row, query::no_alias>{});
}

inline namespace words {

/// All columns of a table as its row, to be selected beside other things: `select(all<run>, count())`.
template <class Row>
inline constexpr query::whole_row<Row, query::no_alias> all{};

} // namespace words
} // namespace autopack_schema
