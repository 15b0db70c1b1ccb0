// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/complete.hpp>
#include <autopack_schema/migrate/detail/report.hpp>
#include <autopack_schema/migrate/detail/resolve.hpp>
#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/migrate/rules.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace autopack_schema {

namespace migrate::detail {

/// What the types of a migration say by themselves, before it has a name or an expression.
template <const auto& From, const auto& To, class... Rule>
struct checked_migration {
    static constexpr std::array<data_rule, sizeof...(Rule)> names{resolve<To>(Rule{})...};
    static constexpr migration_finding finding = find_gap(From, To, names, sql::sqlite::rules);
};

} // namespace migrate::detail

/// A migration between two versions of a schema; see `migration`.
template <const auto& From, const auto& To, class... Rule>
class migration_definition {
public:
    consteval migration_definition(std::string_view name, const Rule&... rules)
        : name_(name), rules_{migrate::detail::resolve<To>(rules)...} {}

    constexpr std::string_view name() const { return name_; }
    constexpr model::schema from() const { return From; }
    constexpr model::schema to() const { return To; }
    constexpr std::span<const migrate::data_rule> rules() const { return rules_; }

    /// The migration without its types, as everything at run time takes it; valid as long as the definition.
    constexpr migrate::migration_view view() const { return {name_, From, To, rules_}; }
    constexpr operator migrate::migration_view() const { return view(); }

    /// Says that every step from one version to the other can be carried out; where one cannot, this does not compile.
    static consteval bool complete() {
        return migrate::detail::report_finding<migrate::detail::checked_migration<From, To, Rule...>::finding>();
    }

private:
    std::string_view name_;
    std::array<migrate::data_rule, sizeof...(Rule)> rules_;
};

/// A migration between two versions, with what the versions themselves do not say: values, and what may go.
/// shape:  `inline constexpr auto build_144 = aps::migration<v143, v144>("BUILD-144",
///              aps::backfill<&llm_usage_event::total_tokens>("COALESCE(prompt_tokens, 0) + COALESCE(completion_tokens, 0)"));`
///         The versions are template arguments so that a missing rule is one `error:` line that names its table and column.
/// errors: S390 a new NOT NULL column without a value, S391 a removal that is not allowed by name, S392 a rule that names
///         nothing, S393 an impossible step (compile time)
template <const auto& From, const auto& To, class... Rule>
    requires(migrate::detail::is_rule<Rule> && ...)
consteval auto migration(std::string_view name, Rule... rules) {
    using checked = migrate::detail::checked_migration<From, To, Rule...>;
    [[maybe_unused]] constexpr bool reported = migrate::detail::report_finding<checked::finding>();
    return migration_definition<From, To, Rule...>(name, rules...);
}

} // namespace autopack_schema
