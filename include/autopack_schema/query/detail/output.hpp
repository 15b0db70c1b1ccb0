// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/column_ref.hpp>
#include <autopack_schema/query/detail/grouping.hpp>
#include <autopack_schema/query/detail/list.hpp>
#include <autopack_schema/query/detail/row_io.hpp>
#include <autopack_schema/query/detail/unreadable.hpp>

#include <cstddef>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

namespace autopack_schema::query {

/// All columns of a table as its row; see `all`.
template <class Row, class Alias>
struct whole_row {
    using is_aps_row = void;
    using row = Row;
    using alias = Alias;
    static constexpr bool aggregate = false;
    static constexpr bool dynamic = false;
    static constexpr bool has_values = false;
    template <class Scope, class Group>
    static constexpr bool settled = query::is_keyed<Scope, Row, Alias>(static_cast<const Group*>(nullptr));

    template <class Scope>
    static constexpr void write(sql_writer& w, const whole_row*) {
        if constexpr (!has_table<Scope::schema, Row>) {
            (void)query::refuse<query_problem::S140_row_is_no_table_of_the_schema, row_label<Row>>();
        } else if constexpr (!Scope::template has<Row, Alias>) {
            (void)query::refuse<query_problem::S141_column_of_a_table_that_is_not_in_the_query, row_label<Row>>();
        } else {
            w.columns(table_of<Scope::schema, Row>::value.model(), Alias::name, Scope::qualified);
        }
    }
    static void bind(binder&) noexcept {}
};
template <class Row, class Alias>
struct label_of<whole_row<Row, Alias>> {
    static constexpr auto value = row_label<Row>;
};

template <class T>
concept is_whole_row = requires { typename T::is_aps_row; };

/// What an item of a SELECT is in the program.
template <class Scope, class Item>
struct item_result {
    using type = std::conditional_t<Item::template nullable<Scope>, std::optional<typename Item::type>, typename Item::type>;
};
template <class Scope, class Row, class Alias>
struct item_result<Scope, whole_row<Row, Alias>> {
    using type = std::conditional_t<Scope::template outer<Row, Alias>, std::optional<Row>, Row>;
};

/// Where the value of an expression comes from.
template <class Scope, class E>
struct place_of {
    static constexpr value_place value{};
};
template <class Scope, auto Member, class Alias>
    requires has_table<Scope::schema, typename column_ref<Member, Alias>::row>
struct place_of<Scope, column_ref<Member, Alias>> {
    using info = table_info<table_of<Scope::schema, typename column_ref<Member, Alias>::row>::value>;
    static constexpr std::size_t index = column_index<typename info::definition, Member>;
    static constexpr value_place value{
        info::name(), index == no_column ? std::string_view() : info::column(index).name.text, Alias::name};
};

/// Tells whether all columns of a row that a LEFT JOIN left out are NULL.
inline bool is_row_of_nulls(const reader& in, int columns) {
    for (int i = 0; i < columns; ++i) {
        if (!in.is_null_at(in.next() + i)) return false;
    }
    return true;
}

template <class Scope, class Item, class T>
void read_item(reader& in, T& out) {
    if constexpr (!is_whole_row<Item>) {
        if (!in.get(out)) [[unlikely]]
            query::refuse_value(in, place_of<Scope, Item>::value);
    } else if constexpr (has_table<Scope::schema, typename Item::row>) {
        constexpr const auto& table = table_of<Scope::schema, typename Item::row>::value;
        if constexpr (!is_optional<T>) {
            query::read_row<table>(in, out, Item::alias::name);
        } else if (constexpr int columns = static_cast<int>(table_info<table>::columns); query::is_row_of_nulls(in, columns)) {
            out.reset();
            in.skip(columns);
        } else {
            query::read_row<table>(in, out ? *out : out.emplace(), Item::alias::name);
        }
    }
}
template <class T, class Scope, class Item>
T make_item(reader& in) {
    T out{};
    query::read_item<Scope, Item>(in, out);
    return out;
}

/// One thing selected: its own type is the result.
template <class Item>
struct one_output : list<Item> {
    using list<Item>::list;
    template <class Scope>
    using result = typename item_result<Scope, Item>::type;
    template <class Scope, class T>
    static void read(reader& in, T& out) {
        query::read_item<Scope, Item>(in, out);
    }
};

/// Several things selected: the result is a tuple.
template <class... Item>
struct tuple_output : list<Item...> {
    using list<Item...>::list;
    template <class Scope>
    using result = std::tuple<typename item_result<Scope, Item>::type...>;
    template <class Scope, class T>
    static void read(reader& in, T& out) {
        out = T{query::make_item<typename item_result<Scope, Item>::type, Scope, Item>(in)...};
    }
};

template <class Struct, class... T>
concept makes_struct = requires(T&&... value) { Struct{std::forward<T>(value)...}; };

/// Several things selected: the result is a struct with a member for each.
template <class Struct, class... Item>
struct struct_output : list<Item...> {
    using list<Item...>::list;
    template <class Scope>
    using result = Struct;
    /// errors: S156 the struct has other members (compile time)
    template <class Scope, class T>
    static void read(reader& in, T& out) {
        if constexpr (makes_struct<Struct, typename item_result<Scope, Item>::type...>) {
            out = Struct{query::make_item<typename item_result<Scope, Item>::type, Scope, Item>(in)...};
        } else {
            (void)query::refuse<query_problem::S156_struct_of_another_shape, row_label<Struct>>();
        }
    }
};

/// What to select as the members of a struct.
template <class Struct, class... Item, std::size_t... Index>
constexpr auto output_into(const list<Item...>& items, std::index_sequence<Index...>) {
    return struct_output<Struct, Item...>(query::item_of<Index, Item>(items)...);
}
template <class Struct, class... Item>
constexpr auto output_into(const list<Item...>& items) {
    return query::output_into<Struct>(items, std::index_sequence_for<Item...>{});
}

template <class... Item>
constexpr auto make_output(Item... item) {
    if constexpr (sizeof...(Item) == 1) return one_output<Item...>(std::move(item)...);
    else return tuple_output<Item...>(std::move(item)...);
}

} // namespace autopack_schema::query
