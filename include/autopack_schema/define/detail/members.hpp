// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdlib>
#include <type_traits>
#include <utility>

namespace autopack_schema::detail {

/// Converts to whatever a member is initialised with; never called.
/// shape: defined all the same, because Clang 16 wants a definition for a type without linkage that std::optional holds
struct anything {
    template <class T>
    operator T&() const& noexcept {
        std::abort();
    }
    template <class T>
    operator T&&() const&& noexcept {
        std::abort();
    }
};

template <std::size_t>
using anything_for = anything;

template <class Row, std::size_t... Index>
consteval bool takes_initializers(std::index_sequence<Index...>) {
    return requires { Row{anything_for<Index>{}...}; };
}

inline constexpr std::size_t most_members = 128;

/// Tells whether a row struct has at least that many members; false for what is no aggregate.
template <class Row, std::size_t Count>
consteval bool has_members() {
    if constexpr (!std::is_aggregate_v<Row> || Count > most_members) {
        return false;
    } else {
        return takes_initializers<Row>(std::make_index_sequence<Count>());
    }
}

/// Counts the members of an aggregate, from a number that it has at least.
template <class Row, std::size_t AtLeast>
consteval std::size_t count_members() {
    if constexpr (has_members<Row, AtLeast + 1>()) {
        return count_members<Row, AtLeast + 1>();
    } else {
        return AtLeast;
    }
}

} // namespace autopack_schema::detail
