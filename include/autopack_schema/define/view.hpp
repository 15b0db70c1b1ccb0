// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include <autopack_schema/define/detail/sizes.hpp>
#include <autopack_schema/model/table.hpp>

namespace autopack_schema {

/// A view of a schema; see `view`.
struct view_definition {
    model::view value{};
    static constexpr detail::sizes size{.views = 1};
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
