// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/detail/sizes.hpp>
#include <autopack_schema/model/name.hpp>
#include <autopack_schema/model/table.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>

namespace autopack_schema {

/// A view that names its columns; see `view`.
template <std::size_t Columns>
struct view_with_columns {
    model::view value{};
    std::array<model::name, Columns> columns{};
    static constexpr detail::sizes size{.names = Columns, .views = 1};
};

/// A view of a schema; see `view`.
struct view_definition {
    model::view value{};
    static constexpr detail::sizes size{.views = 1};

    /// The names of the columns, where they are not those of the SELECT: `view("v", "SELECT a, b FROM t").columns("x", "y")`.
    template <std::convertible_to<std::string_view>... Name>
        requires(sizeof...(Name) > 0)
    consteval view_with_columns<sizeof...(Name)> columns(Name... names) const {
        return {value, {model::name(std::string_view(names))...}};
    }
};

/// A view: `view("v_recent", "SELECT … FROM …")`.
consteval view_definition view(std::string_view name, std::string_view select) {
    return {{.name = name, .columns = {}, .definition = select, .materialized = false, .sql = {}}};
}

/// A trigger of a schema; see `trigger`.
struct trigger_definition {
    model::trigger value{};
    static constexpr detail::sizes size{.triggers = 1};
};

/// A trigger: `trigger("t_audit", "runs", "AFTER INSERT ON runs BEGIN … END")`.
/// shape:  the definition is all that stands behind the name
/// errors: S125 the schema has no such table or view (compile time)
consteval trigger_definition trigger(std::string_view name, std::string_view table, std::string_view definition) {
    return {{.name = name, .table = table, .definition = definition, .sql = {}}};
}

} // namespace autopack_schema
