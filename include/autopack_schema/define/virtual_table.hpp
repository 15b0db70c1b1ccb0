// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/detail/binding.hpp>
#include <autopack_schema/define/detail/sizes.hpp>

#include <string_view>

namespace autopack_schema {

/// The module of a virtual table; see `virtual_table`.
struct virtual_table_option {
    std::string_view module{};
    using bound_as = detail::no_binding;
    static constexpr detail::sizes size{};
};

/// A virtual table, whose columns are what its module makes of the arguments: `virtual_table("fts5(title, body)")`.
consteval virtual_table_option virtual_table(std::string_view module_with_arguments) { return {module_with_arguments}; }

} // namespace autopack_schema
