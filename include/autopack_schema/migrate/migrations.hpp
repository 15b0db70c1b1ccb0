// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/diff.hpp>
#include <autopack_schema/migrate/detail/report.hpp>
#include <autopack_schema/migrate/migration.hpp>
#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/migrate/undo.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace autopack_schema {

namespace migrate::detail {

/// Names the first difference between two schemas: its table, and its column where it is one.
constexpr migration_finding first_difference(migration_problem what, const model::schema& from,
                                             const model::schema& to) {
    for (const change& c : diff(from, to, sql::sqlite::rules)) {
        const model::schema& side = c.to != no_element ? to : from;
        const std::uint32_t at = c.to != no_element ? c.to : c.from;
        const std::uint32_t table = c.to_table != no_element ? c.to_table : c.from_table;
        if (c.what == element::view) return {what, side.views[at].name.text, {}};
        if (c.what == element::trigger) return {what, side.triggers[at].name.text, {}};
        const std::string_view name =
            c.to_table != no_element ? to.tables[table].name.text : from.tables[table].name.text;
        return {what, name, c.what == element::column ? side.columns[at].name.text : std::string_view()};
    }
    return {};
}

/// Finds the first pair of migrations that do not join.
constexpr migration_finding find_break(model::items<migration_view> chain) {
    for (std::size_t i = 1; i < chain.size(); ++i) {
        if (!diff(chain[i - 1].to, chain[i].from, sql::sqlite::rules).empty()) {
            return {migration_problem::S394_chain_has_a_gap, chain[i - 1].name, chain[i].name};
        }
    }
    return {};
}

/// Finds the first step that nothing brings back.
constexpr migration_finding find_no_undo(model::items<migration_view> chain) {
    for (const migration_view& m : chain) {
        const std::vector<undo_gap> gaps = undo_gaps(m, sql::sqlite::rules);
        if (!gaps.empty()) return {migration_problem::S400_step_has_no_undo, gaps[0].table, gaps[0].column};
    }
    return {};
}

template <const auto&... Migration>
struct checked_chain {
    static constexpr std::array<migration_view, sizeof...(Migration)> views{Migration.view()...};
    static constexpr migration_finding finding = find_break(views);
    static constexpr migration_finding no_undo = find_no_undo(views);

    template <const auto& Schema>
    static constexpr migration_finding missing =
        first_difference(migration_problem::S395_chain_ends_elsewhere, views.back().to, Schema);
};

} // namespace migrate::detail

/// Migrations in order; see `migrations`.
template <const auto&... Migration>
class migration_chain {
    using checked = migrate::detail::checked_chain<Migration...>;

public:
    /// The migrations without their types, oldest first.
    constexpr model::items<migrate::migration_view> views() const { return checked::views; }
    constexpr operator model::items<migrate::migration_view>() const { return checked::views; }

    /// The schema that the last one leads to.
    constexpr model::schema target() const { return checked::views.back().to; }

    /// Says that a downgrade can undo every step: `static_assert(chain.has_undo())`; where nothing does, this does not compile.
    /// errors: S400, with the table and column, or the name of the step (compile time)
    static consteval bool has_undo() { return migrate::detail::report_finding<checked::no_undo>(); }

    /// Tells whether the last one leads to a schema.
    constexpr bool reaches(const model::schema& s) const {
        return diff(checked::views.back().to, s, sql::sqlite::rules).empty();
    }

    /// The same for a constant; what is missing is named in the compile error: `static_assert(chain.reaches<autopack>())`.
    /// errors: S395 (compile time)
    template <const auto& Schema>
    static consteval bool reaches() {
        return migrate::detail::report_finding<checked::template missing<Schema>>();
    }
};

/// A chain of migrations: each begins at the version where the one before it ends.
/// shape:  `inline constexpr auto chain = aps::migrations<build_142, build_144>();`
/// errors: S394 two that do not join, named (compile time)
template <const auto&... Migration>
    requires(sizeof...(Migration) > 0)
consteval auto migrations() {
    using checked = migrate::detail::checked_chain<Migration...>;
    [[maybe_unused]] constexpr bool reported = migrate::detail::report_finding<checked::finding>();
    return migration_chain<Migration...>();
}

} // namespace autopack_schema
