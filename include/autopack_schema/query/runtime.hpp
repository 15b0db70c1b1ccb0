// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/column_ref.hpp>
#include <autopack_schema/query/detail/ordering.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace autopack_schema {

namespace query {

/// A condition that counts only if the program says so when the query runs.
template <class E>
struct optional_condition : expression_defaults, operations<optional_condition<E>> {
    using type = bool;
    static constexpr bool aggregate = E::aggregate;
    static constexpr bool dynamic = true;
    static constexpr strength precedence = E::precedence;
    template <class Scope>
    static constexpr bool nullable = E::template nullable<Scope>;
    template <class Scope, class Group>
    static constexpr bool settled = is_settled<Scope, Group, E>;
    bool active;
    E inner;

    constexpr optional_condition(bool a, E e) : active(a), inner(std::move(e)) {}

    template <class Scope>
    static constexpr void write(sql_writer& w, const optional_condition* self) {
        if (self != nullptr && !self->active) w.put("TRUE");
        else E::template write<Scope>(w, self == nullptr ? nullptr : &self->inner);
    }
    void bind(binder& b) const {
        if (active) inner.bind(b);
    }
};

} // namespace query

/// A filter that is there only if `active`: `where(only_if(!name.empty(), col<&row::name> == name))`. Each combination of
/// filters is a statement of its own, prepared once; what it compares with stays a parameter.
template <class E>
constexpr auto only_if(bool active, E&& e) {
    auto made = query::condition(std::forward<E>(e));
    return query::optional_condition<decltype(made)>(active, std::move(made));
}

namespace query {

/// The number of the column, or of the member, of a name among the columns of a table; `no_column` where there is none.
template <class... Binding>
constexpr std::size_t find_member(autopack_schema::detail::binding_list<Binding...>, std::string_view name) {
    constexpr std::string_view names[]{autopack_schema::detail::bound_name<Binding>()...};
    std::size_t column = 0;
    for (const std::string_view member : names) {
        if (member == name) return column;
        if (!member.empty()) ++column;
    }
    return no_column;
}
template <class Row, std::size_t Count, class... Binding>
constexpr std::size_t find_member(autopack_schema::detail::reflected_list<Row, Count, Binding...>, std::string_view name) {
    using bindings = autopack_schema::detail::reflected_list<Row, Count, Binding...>;
    for (std::size_t i = 0; i < Count; ++i) {
        if (autopack_schema::detail::member_names<Row, Count>[bindings::member_of_column[i]] == name) return i;
    }
    return no_column;
}

} // namespace query

/// An order that is decided when the program runs.
/// shape:  names come from the definitions; a name that a user gave is looked up there and never becomes SQL
template <class Row>
class dynamic_order {
public:
    using is_aps_order = void;
    static constexpr bool aggregate = false;
    static constexpr bool dynamic = true;
    static constexpr bool has_values = false;

    /// Sorts by a column, after those that were added before.
    template <auto Member>
    dynamic_order& by(const query::column_ref<Member, query::no_alias>&, query::direction way = query::direction::ascending) {
        static_assert(std::is_same_v<typename query::column_ref<Member, query::no_alias>::row, Row>,
                      "autopack_schema: dynamic_order<Row> sorts by columns of Row");
        terms_.push_back({std::string(query::member_text<Member>), way, true});
        return *this;
    }
    /// Sorts by the column of this name, as the database has it.
    /// errors: S245 there is none (when the query runs)
    dynamic_order& by_name(std::string_view name, query::direction way = query::direction::ascending) {
        terms_.push_back({std::string(name), way, false});
        return *this;
    }

    template <class Scope>
    static constexpr void write(query::sql_writer& w, const dynamic_order* self) {
        if constexpr (!query::has_table<Scope::schema, Row>) {
            (void)query::refuse<query_problem::S140_row_is_no_table_of_the_schema, query::row_label<Row>>();
        } else if constexpr (!Scope::template has<Row, query::no_alias>) {
            (void)query::refuse<query_problem::S141_column_of_a_table_that_is_not_in_the_query, query::row_label<Row>>();
        } else {
            write_terms<Scope>(w, self);
        }
    }
    void bind(query::binder&) const noexcept {}

private:
    struct term {
        std::string name;
        query::direction way;
        bool is_member;
    };

    template <class Scope>
    static void write_terms(query::sql_writer& w, const dynamic_order* self) {
        constexpr const auto& table = query::table_of<Scope::schema, Row>::value;
        if (self == nullptr || self->terms_.empty()) return w.put("NULL");
        bool first = true;
        for (const term& t : self->terms_) {
            if (!first) w.put(", ");
            first = false;
            w.column(table.name(), {}, find<table>(t), Scope::qualified);
            if (t.way == query::direction::descending) w.put(" DESC");
        }
    }

    template <const auto& Table>
    static std::string_view find(const term& t) {
        using info = query::table_info<Table>;
        if (t.is_member) {
            const std::size_t i = query::find_member(typename info::definition::bindings{}, t.name);
            if (i != query::no_column) return info::column(i).name.text;
        } else {
            for (const model::column& c : Table.arrays.columns) {
                if (model::same_name(c.name.text, t.name)) return c.name.text;
            }
        }
        throw error({.code = "S245",
                     .what_happened = "the table has no column " + t.name + " to sort by",
                     .table = std::string(Table.name()),
                     .advice = "give the name of a column"});
    }

    std::vector<term> terms_;
};

/// For `dynamic_order`: the least value first, or the greatest.
inline constexpr query::direction ascending = query::direction::ascending;
/// See `ascending`.
inline constexpr query::direction descending = query::direction::descending;

} // namespace autopack_schema
