// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/detail/binding.hpp>
#include <autopack_schema/define/detail/sizes.hpp>
#include <autopack_schema/define/key_part.hpp>
#include <autopack_schema/model/table.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace autopack_schema {

/// An index of a table; see `index` and `unique_index`.
template <std::size_t Parts>
struct index_definition {
    model::index value{};
    std::array<part, Parts> parts{};
    using bound_as = detail::no_binding;
    static constexpr detail::sizes size{.parts = Parts, .indexes = 1};

    /// Only rows for which the expression is true are indexed; written without parentheses around it.
    consteval index_definition where(std::string_view predicate) const {
        auto copy = *this;
        copy.value.where = predicate;
        return copy;
    }
    /// The access method (PostgreSQL).
    consteval index_definition method(std::string_view name) const {
        auto copy = *this;
        copy.value.method = name;
        return copy;
    }
};

/// An index over columns and expressions: `index("ix_t", "run_id", desc("timestamp")).where("success = 0")`.
/// errors: S115 no such column, S123 another index has the name (compile time)
template <detail::is_part... Part>
consteval index_definition<sizeof...(Part)> index(std::string_view name, Part... parts) {
    return {{.name = name}, {part(parts)...}};
}

/// A unique index; see `index`.
template <detail::is_part... Part>
consteval index_definition<sizeof...(Part)> unique_index(std::string_view name, Part... parts) {
    return {{.name = name, .unique = true}, {part(parts)...}};
}

} // namespace autopack_schema
