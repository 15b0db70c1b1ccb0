// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/query/detail/row_io.hpp>
#include <autopack_schema/query/detail/run.hpp>

#include <sqlite3.h>

#include <array>
#include <cstddef>
#include <string>
#include <tuple>

namespace autopack_schema::query {

[[noreturn]] inline void refuse_columns(const sqlite::statement& statement, std::string what) {
    sqlite::detail::refuse(sqlite3_db_handle(statement.handle()), "S244", std::move(what),
                           "select the columns that the result type has", statement.sql());
}

inline void require_columns(const sqlite::statement& statement, std::size_t wanted) {
    const auto found = static_cast<std::size_t>(statement.column_count());
    if (found != wanted)
        refuse_columns(statement, "the SQL gives " + std::to_string(found) + " columns and " + std::to_string(wanted) +
                                      " are wanted");
}

/// Tells whether a value can be read as a T, and reports it if not.
/// errors: S161 no column has a value of that type (compile time)
template <class T>
consteval bool require_readable() {
    using inside = typename value_inside<T>::type;
    if constexpr (is_column_value<inside> || is_view<inside>) return true;
    else return !query::refuse<query_problem::S161_not_a_value, fixed<autopack_schema::detail::class_text<inside>>>();
}

template <class T>
void read_value(reader& in, T& out) {
    if constexpr (query::require_readable<T>()) {
        if (!in.get(out)) [[unlikely]]
            query::refuse_value(in, {});
    }
}

/// Reads one value.
template <const auto& Schema, class T>
struct raw_columns {
    struct positions {};
    static positions find(const sqlite::statement& statement) {
        query::require_columns(statement, 1);
        return {};
    }
    static void read(reader& in, T& out, positions) {
        query::read_value(in, out);
    }
};

/// Reads a tuple, column by column.
template <const auto& Schema, class... T>
struct raw_columns<Schema, std::tuple<T...>> {
    struct positions {};
    static positions find(const sqlite::statement& statement) {
        query::require_columns(statement, sizeof...(T));
        return {};
    }
    static void read(reader& in, std::tuple<T...>& out, positions) {
        std::apply([&in](auto&... value) { (query::read_value(in, value), ...); }, out);
    }
};

inline int find_column(const sqlite::statement& statement, std::string_view table, std::string_view name) {
    for (int i = 0; i < statement.column_count(); ++i) {
        if (model::same_name(statement.column_name(i), name)) return i;
    }
    refuse_columns(statement, "the SQL gives no column " + std::string(name) + " of the table " + std::string(table));
}

/// Reads a row of a table, whose columns may come in any order.
template <const auto& Schema, class Row>
    requires has_table<Schema, Row>
struct raw_columns<Schema, Row> {
    using info = table_info<table_of<Schema, Row>::value>;
    using positions = std::array<int, info::columns>;
    static positions find(const sqlite::statement& statement) {
        positions found{};
        for (std::size_t i = 0; i < info::columns; ++i)
            found[i] = query::find_column(statement, info::name(), info::column(i).name.text);
        return found;
    }
    static void read_member(reader&, std::size_t&, const positions&, no_member) {}
    template <class Member>
    static void read_member(reader& in, std::size_t& i, const positions& at, Member& member) {
        in.go_to(at[i]);
        if (!in.get(member)) query::refuse_value(in, {info::name(), info::column(i).name.text, {}});
        ++i;
    }
    static void read(reader& in, Row& row, const positions& at) {
        std::size_t i = 0;
        query::visit_row<typename info::definition>(
            row, [&](auto&&... member) { (read_member(in, i, at, member), ...); });
    }
};

} // namespace autopack_schema::query
