// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/complete.hpp>
#include <autopack_schema/migrate/detail/report.hpp>
#include <autopack_schema/migrate/detail/resolve.hpp>
#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/migrate/rules.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace autopack_schema {

namespace migrate::detail {

/// The data rules among the parts of a migration.
template <const auto& From, const auto& To, class... Part>
constexpr auto rules_among(const Part&... part) {
    std::array<data_rule, (std::size_t{0} + ... + (is_rule<Part> ? 1U : 0U))> rules{};
    [[maybe_unused]] std::size_t at = 0;
    [[maybe_unused]] const auto add = [&]<class P>(const P& p) {
        if constexpr (is_rule<P>) rules[at++] = resolve<From, To>(p);
    };
    (add(part), ...);
    return rules;
}

template <custom_moment Moment, fixed_text Name>
constexpr custom_step custom(const step_rule<Moment, Name>& step) {
    return {kept_text<Name>.view(), Moment, step.run, step.undo};
}

/// The steps in C++ among the parts of a migration.
template <class... Part>
constexpr auto steps_among(const Part&... part) {
    std::array<custom_step, (std::size_t{0} + ... + (is_custom<Part> ? 1U : 0U))> steps{};
    [[maybe_unused]] std::size_t at = 0;
    [[maybe_unused]] const auto add = [&]<class P>(const P& p) {
        if constexpr (is_custom<P>) steps[at++] = custom(p);
    };
    (add(part), ...);
    return steps;
}

/// What the types of a migration say by themselves, before it has a name or an expression.
template <const auto& From, const auto& To, class... Part>
struct checked_migration {
    static constexpr auto names = rules_among<From, To>(Part{}...);
    static constexpr migration_finding finding = find_gap(From, To, names, sql::sqlite::rules);
};

} // namespace migrate::detail

/// A migration between two versions of a schema; see `migration`.
template <const auto& From, const auto& To, class... Part>
class migration_definition {
public:
    consteval migration_definition(std::string_view name, const Part&... part)
        : name_(name), rules_(migrate::detail::rules_among<From, To>(part...)),
          steps_(migrate::detail::steps_among(part...)) {}

    constexpr std::string_view name() const { return name_; }
    constexpr model::schema from() const { return From; }
    constexpr model::schema to() const { return To; }
    constexpr model::items<migrate::data_rule> rules() const { return rules_; }
    constexpr model::items<migrate::custom_step> steps() const { return steps_; }

    /// The migration without its types, as everything at run time takes it; valid as long as the definition.
    constexpr migrate::migration_view view() const { return {name_, From, To, rules_, steps_}; }
    constexpr operator migrate::migration_view() const { return view(); }

    /// Says that every step from one version to the other can be carried out; where one cannot, this does not compile.
    static consteval bool complete() {
        return migrate::detail::report_finding<migrate::detail::checked_migration<From, To, Part...>::finding>();
    }

private:
    std::string_view name_;
    decltype(migrate::detail::rules_among<From, To>(Part{}...)) rules_;
    decltype(migrate::detail::steps_among(Part{}...)) steps_;
};

/// A migration between two versions, with what the versions themselves do not say: values, and what may go.
/// shape:  `inline constexpr auto build_144 = aps::migration<v143, v144>("BUILD-144",
///              aps::backfill<&llm_usage_event::total_tokens>("COALESCE(prompt_tokens, 0) + COALESCE(completion_tokens, 0)"));`
///         Its parts are data rules (`backfill`, `transform`, `undo`, what may go) and steps in C++ (`step_before`, `step_after`).
///         The versions are template arguments so that a missing rule is one `error:` line that names its table and column.
/// errors: S390 a new NOT NULL column without a value, S391 a removal that is not allowed by name, S392 a rule that names
///         nothing, S393 an impossible step (compile time)
template <const auto& From, const auto& To, class... Part>
    requires((migrate::detail::is_rule<Part> || migrate::detail::is_custom<Part>) && ...)
consteval auto migration(std::string_view name, Part... part) {
    using checked = migrate::detail::checked_migration<From, To, Part...>;
    [[maybe_unused]] constexpr bool reported = migrate::detail::report_finding<checked::finding>();
    return migration_definition<From, To, Part...>(name, part...);
}

} // namespace autopack_schema
