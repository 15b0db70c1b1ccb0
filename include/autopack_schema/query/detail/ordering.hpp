// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/expression.hpp>

#include <cstdint>
#include <utility>

namespace autopack_schema::query {

/// Which way rows are sorted.
enum class direction : std::uint8_t { unspecified, ascending, descending };
/// Where NULL is sorted.
enum class null_position : std::uint8_t { unspecified, first, last };

/// One term of ORDER BY.
template <class E, direction Direction, null_position Nulls = null_position::unspecified>
struct order_term {
    using is_aps_order = void;
    static constexpr bool aggregate = E::aggregate;
    static constexpr bool dynamic = E::dynamic;
    static constexpr bool has_values = E::has_values;
    using expression = E;
    E inner;

    constexpr explicit order_term(E e) : inner(std::move(e)) {}

    constexpr auto nulls_first() const { return order_term<E, Direction, null_position::first>(inner); }
    constexpr auto nulls_last() const { return order_term<E, Direction, null_position::last>(inner); }

    template <class Scope>
    static constexpr void write(sql_writer& w, const order_term* self) {
        E::template write<Scope>(w, self == nullptr ? nullptr : &self->inner);
        if (Direction == direction::ascending) w.put(" ASC");
        if (Direction == direction::descending) w.put(" DESC");
        if (Nulls == null_position::first) w.put(" NULLS FIRST");
        if (Nulls == null_position::last) w.put(" NULLS LAST");
    }
    void bind(binder& b) const { inner.bind(b); }
};

template <class T>
concept is_order_term = requires { typename T::is_aps_order; };

/// Makes a term of ORDER BY of an expression, or takes it as it is.
template <class T>
constexpr auto to_order_term(const T& term) {
    if constexpr (is_order_term<T>) return term;
    else return order_term<T, direction::unspecified>(term);
}

} // namespace autopack_schema::query
