// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/detail/arrays.hpp>
#include <autopack_schema/define/detail/check_schema.hpp>
#include <autopack_schema/define/detail/concatenate.hpp>
#include <autopack_schema/define/detail/report.hpp>
#include <autopack_schema/define/table.hpp>
#include <autopack_schema/define/view.hpp>
#include <autopack_schema/model/schema.hpp>

#include <string_view>
#include <type_traits>

namespace autopack_schema {

namespace detail {

/// The first mistake within one definition.
constexpr finding problem_of(const auto& definition) {
    if constexpr (requires { definition.problem; }) return definition.problem;
    else return {};
}

/// Tells whether a definition has a column that `check_table` has to look at.
constexpr bool has_unusual_column(const auto& definition) {
    if constexpr (requires { definition.has_unusual_column; }) return definition.has_unusual_column;
    else return false;
}

template <const auto&... Definition>
struct built_schema {
    static constexpr sizes size = (sizes{} + ... + std::remove_cvref_t<decltype(Definition)>::size);

    // No lambdas: GCC 12 warns about what their local variables shadow at the place of instantiation.
    static consteval detail::arrays<size> build() {
        detail::arrays<size> result;
        concatenation all{cursor(result)};
        (all.take(Definition), ...);
        return result;
    }
    static constexpr detail::arrays<size> values = build();

    static consteval finding check() {
        finding first;
        (void)((first = problem_of(Definition)) || ...);
        if (first) return first;
        const bool unusual = (has_unusual_column(Definition) || ...);
        return check_schema(values.view({}, {}), unusual);
    }
    static constexpr finding problem = check();
};

} // namespace detail

/// A schema made of tables, views and triggers; see `schema`.
/// shape: holds two names; what it is made of is in the type, and its arrays are constants that the type owns
template <const auto&... Definition>
class schema_definition {
public:
    consteval schema_definition(std::string_view name, std::string_view version) : name_(name), version_(version) {}

    /// The schema as every algorithm takes it; it never becomes stale.
    constexpr model::schema model() const { return detail::built_schema<Definition...>::values.view(name_, version_); }
    constexpr operator model::schema() const { return model(); }
    constexpr std::string_view name() const { return name_; }
    constexpr std::string_view version() const { return version_; }

private:
    std::string_view name_;
    std::string_view version_;
};

/// A schema made of constants: tables, views and triggers, with its name and the name of its version.
/// shape:  `inline constexpr auto autopack = aps::schema<runs, tiers, phases, v_recent>("autopack", "BUILD-144");`
///         Definitions are template arguments and not function arguments, because so a mistake in one of them is one
///         `error:` line with the names of table and column in it, on every compiler, without a check of your own.
/// errors: S101 to S134 (compile time)
template <const auto&... Definition>
consteval auto schema(std::string_view name, std::string_view of_version = {}) {
    using built = detail::built_schema<Definition...>;
    [[maybe_unused]] constexpr bool reported = detail::report_finding<built::problem>();
    return schema_definition<Definition...>(name, of_version);
}

/// A schema whose definitions are not checked, as `autopack-schema generate` writes it for a database that has what a
/// definition should not have: a foreign key to nothing, NULL in a primary key.
template <const auto&... Definition>
consteval auto unchecked_schema(std::string_view name, std::string_view of_version = {}) {
    return schema_definition<Definition...>(name, of_version);
}

} // namespace autopack_schema
