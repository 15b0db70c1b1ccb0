// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/column_ref.hpp>
#include <autopack_schema/query/detail/list.hpp>
#include <autopack_schema/query/detail/output.hpp>
#include <autopack_schema/query/detail/source.hpp>

#include <type_traits>
#include <utility>

namespace autopack_schema::query {

/// A clause that was not written.
struct nothing {
    static constexpr bool aggregate = false;
    static constexpr bool dynamic = false;
    static constexpr bool has_values = false;
    static constexpr void bind(binder&) noexcept {}
};

template <class T>
inline constexpr bool is_written = !std::is_same_v<T, nothing>;

/// A condition that chooses rows.
/// errors: S148 an aggregate (compile time)
template <class E>
constexpr auto row_condition(E&& e) {
    auto made = query::condition(std::forward<E>(e));
    if constexpr (decltype(made)::aggregate) {
        (void)query::refuse<query_problem::S148_aggregate_where_rows_are_chosen, label<decltype(made)>>();
    }
    return made;
}

/// What a SELECT is made of: its types are the shape of the query, its values are the parameters.
template <class Output, class Sources, class Where, class Group, class Having, class Order, class Limit, class Offset, bool Distinct>
struct select_parts {
    using output_type = Output;
    using sources_type = Sources;
    static constexpr bool changes = false;
    static constexpr bool has_where = is_written<Where>;
    template <class T>
    using where_parts = select_parts<Output, Sources, T, Group, Having, Order, Limit, Offset, Distinct>;
    static constexpr bool has_values = Output::has_values || Sources::has_values || Where::has_values ||
                                       Group::has_values || Having::has_values || Order::has_values ||
                                       Limit::has_values || Offset::has_values;
    static constexpr bool dynamic = Output::dynamic || Sources::dynamic || Where::dynamic || Group::dynamic ||
                                    Having::dynamic || Order::dynamic || Limit::dynamic || Offset::dynamic;
    template <const auto& Schema, class Parent>
    using scope_in = typename Sources::template scope_in<Schema, Parent>;

    Output output;
    Sources sources;
    Where where;
    Group group;
    Having having;
    Order order;
    Limit limit;
    Offset offset;

    template <const auto& Schema, class Parent>
    static constexpr void write(sql_writer& w, const select_parts* self) {
        using scope = scope_in<Schema, Parent>;
        if constexpr (Output::aggregate || is_written<Group>) {
            using groups = std::conditional_t<is_written<Group>, Group, list<>>;
            query::check_grouping<scope, groups>(self == nullptr ? nullptr : &self->output);
        }
        w.put(Distinct ? "SELECT DISTINCT " : "SELECT ");
        Output::template write<scope>(w, self == nullptr ? nullptr : &self->output);
        if constexpr (!std::is_same_v<Sources, query::sources<>>) {
            w.put(" FROM ");
            Sources::template write<scope>(w, self == nullptr ? nullptr : &self->sources);
        }
        if constexpr (is_written<Where>) write_clause<scope>(w, " WHERE ", self == nullptr ? nullptr : &self->where);
        if constexpr (is_written<Group>) write_clause<scope>(w, " GROUP BY ", self == nullptr ? nullptr : &self->group);
        if constexpr (is_written<Having>) write_clause<scope>(w, " HAVING ", self == nullptr ? nullptr : &self->having);
        if constexpr (is_written<Order>) write_clause<scope>(w, " ORDER BY ", self == nullptr ? nullptr : &self->order);
        if constexpr (is_written<Offset> && !is_written<Limit>) w.put(" LIMIT -1");
        if constexpr (is_written<Limit>) write_clause<scope>(w, " LIMIT ", self == nullptr ? nullptr : &self->limit);
        if constexpr (is_written<Offset>) write_clause<scope>(w, " OFFSET ", self == nullptr ? nullptr : &self->offset);
    }
    void bind(binder& b) const {
        if constexpr (Output::has_values) output.bind(b);
        if constexpr (Sources::has_values) sources.bind(b);
        if constexpr (Where::has_values) where.bind(b);
        if constexpr (Group::has_values) group.bind(b);
        if constexpr (Having::has_values) having.bind(b);
        if constexpr (Order::has_values) order.bind(b);
        if constexpr (Limit::has_values) limit.bind(b);
        if constexpr (Offset::has_values) offset.bind(b);
    }

    template <class T>
    constexpr auto with_output(T made) const {
        return select_parts<T, Sources, Where, Group, Having, Order, Limit, Offset, Distinct>{
            std::move(made), sources, where, group, having, order, limit, offset};
    }
    template <class T>
    constexpr auto with_sources(T made) const {
        return select_parts<Output, T, Where, Group, Having, Order, Limit, Offset, Distinct>{
            output, std::move(made), where, group, having, order, limit, offset};
    }
    template <class T>
    constexpr auto with_where(T made) const {
        if constexpr (is_written<Where>) {
            using both = binary<op::and_, Where, T, bool>;
            return select_parts<Output, Sources, both, Group, Having, Order, Limit, Offset, Distinct>{
                output, sources, both{{}, {}, where, std::move(made)}, group, having, order, limit, offset};
        } else {
            return select_parts<Output, Sources, T, Group, Having, Order, Limit, Offset, Distinct>{
                output, sources, std::move(made), group, having, order, limit, offset};
        }
    }
    template <class T>
    constexpr auto with_group(T made) const {
        return select_parts<Output, Sources, Where, T, Having, Order, Limit, Offset, Distinct>{
            output, sources, where, std::move(made), having, order, limit, offset};
    }
    template <class T>
    constexpr auto with_having(T made) const {
        return select_parts<Output, Sources, Where, Group, T, Order, Limit, Offset, Distinct>{
            output, sources, where, group, std::move(made), order, limit, offset};
    }
    template <class T>
    constexpr auto with_order(T made) const {
        return select_parts<Output, Sources, Where, Group, Having, T, Limit, Offset, Distinct>{
            output, sources, where, group, having, std::move(made), limit, offset};
    }
    template <class T>
    constexpr auto with_limit(T made) const {
        return select_parts<Output, Sources, Where, Group, Having, Order, T, Offset, Distinct>{
            output, sources, where, group, having, order, std::move(made), offset};
    }
    template <class T>
    constexpr auto with_offset(T made) const {
        return select_parts<Output, Sources, Where, Group, Having, Order, Limit, T, Distinct>{
            output, sources, where, group, having, order, limit, std::move(made)};
    }
    constexpr auto with_distinct() const {
        return select_parts<Output, Sources, Where, Group, Having, Order, Limit, Offset, true>{
            output, sources, where, group, having, order, limit, offset};
    }

private:
    template <class Scope, class Clause>
    static constexpr void write_clause(sql_writer& w, std::string_view word, const Clause* self) {
        w.put(word);
        Clause::template write<Scope>(w, self);
    }
};

} // namespace autopack_schema::query
