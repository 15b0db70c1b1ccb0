// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <type_traits>

#include <autopack_schema/define/detail/arrays.hpp>
#include <autopack_schema/define/detail/check_schema.hpp>
#include <autopack_schema/define/detail/concatenate.hpp>
#include <autopack_schema/define/detail/report.hpp>
#include <autopack_schema/define/table.hpp>
#include <autopack_schema/define/view.hpp>
#include <autopack_schema/model/schema.hpp>

namespace autopack_schema {

namespace detail {

/// The values of a schema, without the types that it was made of.
template <sizes Size>
struct schema_values {
    std::string_view schema_name{};
    std::string_view schema_version{};
    detail::arrays<Size> arrays{};

    /// The schema as every algorithm takes it; valid as long as the definition, that is always for a constant.
    constexpr model::schema model() const { return arrays.view(schema_name, schema_version); }
    constexpr operator model::schema() const { return model(); }
    constexpr std::string_view name() const { return schema_name; }
    constexpr std::string_view version() const { return schema_version; }
};

/// The first mistake within one definition.
constexpr finding problem_of(const auto& definition) {
    if constexpr (requires { definition.problem; }) return definition.problem;
    else return {};
}

template <const auto&... Definition>
struct built_schema {
    static constexpr sizes size = (sizes{} + ... + std::remove_cvref_t<decltype(Definition)>::size);

    // No lambdas: GCC 12 warns about what their local variables shadow at the place of instantiation.
    static consteval schema_values<size> build() {
        schema_values<size> result;
        concatenation all{cursor(result.arrays)};
        (all.take(Definition), ...);
        return result;
    }
    static constexpr schema_values<size> values = build();

    static consteval finding check() {
        finding first;
        (void)((first = problem_of(Definition)) || ...);
        return first ? first : check_schema(values.model());
    }
    static constexpr finding problem = check();
};

} // namespace detail

/// A schema made of tables, views and triggers; see `schema`.
template <const auto&... Definition>
struct schema_definition : detail::schema_values<detail::built_schema<Definition...>::size> {};

/// A schema made of constants: tables, views and triggers, with its name and the name of its version.
/// shape:  `inline constexpr auto autopack = aps::schema<runs, tiers, phases, v_recent>("autopack", "BUILD-144");`
///         Definitions are template arguments and not function arguments, because so a mistake in one of them is one
///         `error:` line with the names of table and column in it, on every compiler, without a check of your own.
/// errors: S101 to S134 (compile time)
template <const auto&... Definition>
consteval auto schema(std::string_view name, std::string_view version = {}) {
    using built = detail::built_schema<Definition...>;
    [[maybe_unused]] constexpr bool reported = detail::report_finding<built::problem>();
    schema_definition<Definition...> result{built::values};
    result.schema_name = name;
    result.schema_version = version;
    return result;
}

} // namespace autopack_schema
