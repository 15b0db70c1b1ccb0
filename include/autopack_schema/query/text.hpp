// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/run.hpp>
#include <autopack_schema/query/detail/sql_writer.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema {

namespace query {

/// How long the text of a query is.
template <const auto& Schema, class Parts>
consteval std::size_t text_size() {
    text_writer count;
    query::write_pieces(count, pieces_of<Schema, Parts>.piece);
    return count.size();
}
/// Writes the text of a query into an array of its size.
template <const auto& Schema, class Parts>
consteval auto make_text() {
    std::array<char, query::text_size<Schema, Parts>() + 1> text{};
    text_writer writer(text.data());
    query::write_pieces(writer, pieces_of<Schema, Parts>.piece);
    return text;
}
/// The text of a query as a constant of its exact size.
template <const auto& Schema, class Parts>
inline constexpr auto text_of = query::make_text<Schema, Parts>();

} // namespace query

/// The SQL of a query whose text its type decides, as a constant: `static_assert(sql_text<demo>(select<run>()) == "SELECT …")`.
template <const auto& Schema, class Query>
    requires(!Query::parts_type::dynamic)
constexpr std::string_view sql_text(const Query&) {
    constexpr const auto& text = query::text_of<Schema, typename Query::parts_type>;
    return {text.data(), text.size() - 1};
}
/// The SQL of a query whose text depends on values of the running program.
template <const auto& Schema, class Query>
    requires(Query::parts_type::dynamic)
std::string sql_text(const Query& made) {
    return query::text_of_pieces(query::pieces_now<Schema>(made.parts).data());
}

} // namespace autopack_schema
