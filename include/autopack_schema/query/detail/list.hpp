// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/expression.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace autopack_schema::query {

template <class... T>
struct list;

template <std::size_t Index, class T>
struct list_item {
    T value;
};

template <class Indexes, class... T>
struct list_items;
template <std::size_t... Index, class... T>
struct list_items<std::index_sequence<Index...>, T...> : list_item<Index, T>... {
    constexpr list_items() = default;
    constexpr explicit list_items(T... values) : list_item<Index, T>{std::move(values)}... {}
};

template <std::size_t Index, class T>
constexpr const T& item_of(const list_item<Index, T>& item) {
    return item.value;
}
template <std::size_t Index, class T>
constexpr const T* item_at(const list_item<Index, T>* item) {
    return item == nullptr ? nullptr : &item->value;
}

template <class Scope, class... E, std::size_t... Index>
constexpr void write_list([[maybe_unused]] sql_writer& w, [[maybe_unused]] const list<E...>* self,
                          [[maybe_unused]] std::string_view separator, std::index_sequence<Index...>) {
    (((void)(Index != 0 ? w.put(separator) : void()), E::template write<Scope>(w, query::item_at<Index, E>(self))), ...);
}
/// Writes expressions with something between them.
template <class Scope, class... E>
constexpr void write_list(sql_writer& w, const list<E...>* self, std::string_view separator = ", ") {
    query::write_list<Scope>(w, self, separator, std::index_sequence_for<E...>{});
}

/// Binds what has values.
template <class E>
void bind_part([[maybe_unused]] binder& b, [[maybe_unused]] const E& e) {
    if constexpr (E::has_values) e.bind(b);
}
template <class... E, std::size_t... Index>
void bind_list([[maybe_unused]] binder& b, [[maybe_unused]] const list<E...>& self, std::index_sequence<Index...>) {
    (query::bind_part(b, query::item_of<Index, E>(self)), ...);
}
template <class... E>
void bind_list(binder& b, const list<E...>& self) {
    query::bind_list(b, self, std::index_sequence_for<E...>{});
}

/// Several things of different types, made by one expansion; what std::tuple is, at a tenth of its cost to compile.
template <class... T>
struct list : list_items<std::index_sequence_for<T...>, T...> {
    static constexpr bool aggregate = (T::aggregate || ...);
    static constexpr bool dynamic = (T::dynamic || ...);
    static constexpr bool has_values = (T::has_values || ...);
    using list_items<std::index_sequence_for<T...>, T...>::list_items;

    template <class Scope>
    static constexpr void write(sql_writer& w, const list* self) {
        query::write_list<Scope>(w, self);
    }
    void bind(binder& b) const { query::bind_list(b, *this); }
};
template <>
struct list<> {
    static constexpr bool aggregate = false;
    static constexpr bool dynamic = false;
    static constexpr bool has_values = false;
    template <class Scope>
    static constexpr void write(sql_writer&, const list*) {}
    static void bind(binder&) noexcept {}
};

} // namespace autopack_schema::query
