// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/query/detail/select_parts.hpp>
#include <autopack_schema/query/detail/session.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace autopack_schema::query {

/// Where a loop over results ends.
struct end_of_rows {};

/// The database that a query made without one will run on.
struct unbound {};

/// A database of a schema, as queries hold it.
template <const auto& Schema>
struct bound_to {
    static constexpr const auto& schema = Schema;
    session* on;
};

/// What a run of a SELECT does whatever its type.
class running {
public:
    explicit running(lease statement) noexcept : lease_(std::move(statement)) {}

    /// Goes to the next row, if there is one; at the end the statement is given back.
    bool step() {
        const int result = sqlite3_step(lease_.handle());
        if (result == SQLITE_ROW) [[likely]] {
            ++row_;
            return true;
        }
        if (result != SQLITE_DONE) [[unlikely]]
            sqlite::detail::raise(lease_.handle(), result);
        row_ = -1;
        return false;
    }
    /// Reads the rest, which a statement that changes rows needs to be complete.
    void finish() {
        while (step()) {
        }
    }
    bool is_done() const noexcept { return row_ < 0; }
    sqlite3_stmt* statement() const noexcept { return lease_.handle(); }
    std::int64_t row() const noexcept { return row_; }

private:
    lease lease_;
    std::int64_t row_ = 0;
};

inline void write_pieces_of(text_writer& w, const void* pieces) { query::write_pieces(w, static_cast<const sql_piece*>(pieces)); }

template <const auto& Schema, class Query>
consteval std::size_t count_pieces() {
    sql_writer count;
    Query::template write<Schema, no_parent>(count, nullptr);
    return count.size();
}
/// Pieces with their end; of its own, because std::array costs five times as much to compile for each number of pieces.
template <std::size_t Count>
struct noted_pieces {
    sql_piece piece[Count + 1];
};
template <const auto& Schema, class Query>
consteval auto note_pieces() {
    noted_pieces<query::count_pieces<Schema, Query>()> pieces{};
    sql_writer writer(pieces.piece);
    Query::template write<Schema, no_parent>(writer, nullptr);
    return pieces;
}
/// The text of a query as a constant: what it is depends on the types alone.
template <const auto& Schema, class Query>
inline constexpr auto pieces_of = query::note_pieces<Schema, Query>();

/// The pieces of a query whose text depends on its values.
template <const auto& Schema, class Query>
model::vector<sql_piece> pieces_now(const Query& query) {
    sql_writer count;
    Query::template write<Schema, no_parent>(count, &query);
    model::vector<sql_piece> pieces(count.size() + 1);
    sql_writer writer(pieces.data());
    Query::template write<Schema, no_parent>(writer, &query);
    return pieces;
}

/// The text of pieces.
inline std::string text_of_pieces(const sql_piece* pieces) {
    text_writer count;
    query::write_pieces(count, pieces);
    std::string sql(count.size(), '\0');
    text_writer writer(sql.data());
    query::write_pieces(writer, pieces);
    return sql;
}
/// Tells texts apart.
inline std::uint64_t shape_of(const sql_piece* pieces) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : query::text_of_pieces(pieces)) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return hash;
}

/// Finds or prepares the statement of a query.
template <const auto& Schema, class Query>
lease prepare(session& on, const Query& query) {
    static const std::size_t id = query::next_query_id();
    if constexpr (Query::dynamic) {
        const model::vector<sql_piece> pieces = query::pieces_now<Schema>(query);
        return on.use_shaped(id, query::shape_of(pieces.data()), &query::write_pieces_of, pieces.data());
    } else {
        return on.use(id, &query::write_pieces_of, pieces_of<Schema, Query>.piece);
    }
}

template <class T>
inline constexpr bool is_view = std::is_same_v<T, std::string_view> || std::is_same_v<T, blob_view>;
template <class T>
inline constexpr bool has_view = is_view<T>;
template <class T>
inline constexpr bool has_view<std::optional<T>> = is_view<T>;
template <class... T>
inline constexpr bool has_view<std::tuple<T...>> = (has_view<T> || ...);

/// Begins a query: finds its statement and binds its values.
template <const auto& Schema, class Parts>
lease open_query(session& on, const Parts& parts) {
    lease statement = query::prepare<Schema>(on, parts);
    if constexpr (Parts::has_values) {
        binder b(statement.handle());
        parts.bind(b);
        b.check();
    }
    return statement;
}

/// Reads a result from the current row.
template <class Result>
using read_function = void (*)(reader&, Result&);

template <class Scope, class Output>
struct reading {
    using result = typename Output::template result<Scope>;
    static constexpr read_function<result> function = &Output::template read<Scope, result>;
};
/// All that reads the rows of one table reads them by one function.
template <const auto& Schema, bool Qualified, class Parent, class... Source, class Row>
    requires(has_table<Schema, Row> && !scope<Schema, Qualified, Parent, Source...>::template outer<Row, no_alias>)
struct reading<scope<Schema, Qualified, Parent, Source...>, one_output<whole_row<Row, no_alias>>> {
    using result = Row;
    static constexpr read_function<Row> function = &query::read_plain_row<table_of<Schema, Row>::value, Row>;
};
template <const auto& Schema, class Parts>
using reading_of = reading<typename Parts::template scope_in<Schema, no_parent>, typename Parts::output_type>;

/// errors: S157 views of a row that does not live (compile time)
template <class Result>
constexpr void require_owned() {
    if constexpr (has_view<Result>) {
        (void)query::refuse<query_problem::S157_view_kept_beyond_its_row, fixed<type_text<Result>>>();
    }
}

[[noreturn]] inline void refuse_count(sqlite3_stmt* statement, std::string what) {
    sqlite::detail::refuse(sqlite3_db_handle(statement), "S243", std::move(what),
                           "use first() where there may be none, all() where there may be several", sqlite3_sql(statement));
}

} // namespace autopack_schema::query
