// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/row_io.hpp>
#include <autopack_schema/query/detail/session.hpp>
#include <autopack_schema/query/detail/value.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <optional>

namespace autopack_schema::query {

template <const auto& Table>
struct get_query {};

template <const auto& Table>
constexpr void write_get_of(sql_writer& w, const void*) {
    query::write_get(w, Table.model());
}

/// Tells whether values are a key of the table, and reports it if not.
template <const auto& Table, class... Key>
consteval bool require_key() {
    using row = typename table_info<Table>::row_type;
    constexpr const model::primary_key& key = table_info<Table>::table().key;
    if constexpr (key.parts.count == 0) {
        return !query::refuse<query_problem::S154_table_without_primary_key, row_label<row>>();
    } else if constexpr (key.parts.count != sizeof...(Key)) {
        return !query::refuse<query_problem::S155_key_of_another_shape, row_label<row>>();
    } else {
        return true;
    }
}

template <const auto& Table, class... Key>
std::optional<typename table_info<Table>::row_type> get_row(session& on, const Key&... key) {
    std::optional<typename table_info<Table>::row_type> row;
    if constexpr (query::require_key<Table, Key...>()) {
        const lease statement = on.use<get_query<Table>>(&query::write_get_of<Table>);
        binder b(statement.handle());
        (query::to_expression(key).bind(b), ...);
        b.check();
        const int result = sqlite3_step(statement.handle());
        if (result == SQLITE_ROW) [[likely]] {
            reader in(statement.handle());
            query::read_row<Table>(in, row.emplace());
        } else if (result != SQLITE_DONE) [[unlikely]] {
            sqlite::detail::raise(statement.handle(), result);
        }
    }
    return row;
}

} // namespace autopack_schema::query
