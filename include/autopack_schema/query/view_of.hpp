// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/hint.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace autopack_schema {

namespace query {

/// A text or a blob that is read as a view of SQLite's own memory.
template <class E>
struct viewed : E {
    using inner = E;
    template <class Scope>
    static constexpr void write(sql_writer& w, const viewed* self) {
        E::template write<Scope>(w, self);
    }
};
template <class Scope, class E>
struct item_result<Scope, viewed<E>> {
    using view = std::conditional_t<is_text<typename E::type>, std::string_view, blob_view>;
    using type = std::conditional_t<E::template nullable<Scope>, std::optional<view>, view>;
};
template <class E>
struct hint_of<viewed<E>> {
    using type = hint_of_all<E>;
};
template <class Scope, class E>
struct place_of<Scope, viewed<E>> : place_of<Scope, E> {};

} // namespace query

/// Selects a text or a blob as a view, for a loop that copies nothing: it lives until the next row is read.
/// errors: S147 neither a text nor a blob, S157 where all rows are kept (compile time)
template <class E>
constexpr auto view_of(const E& e) {
    if constexpr (!std::is_same_v<typename E::type, query::blob>) (void)query::require_text<E>();
    return query::viewed<E>{e};
}

} // namespace autopack_schema
