// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/fixed_text.hpp>
#include <autopack_schema/migrate/custom_step.hpp>
#include <autopack_schema/migrate/data_rule.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace autopack_schema {

namespace migrate::detail {

/// A rule about a member's column. What it is about is in its type, so that the compiler can name it.
template <rule_kind Kind, auto Member>
struct member_rule {
    std::string_view sql{};
    std::string_view when{};
};

/// A rule about a name: "table.column", "table", or the name of an index, a view or a trigger.
template <rule_kind Kind, fixed_text Name>
struct named_rule {
    std::string_view sql{};
    std::string_view when{};
};

/// A step in C++, its name in its type.
template <custom_moment Moment, fixed_text Name>
struct step_rule {
    custom_function run = nullptr;
    custom_function undo = nullptr;
};

template <class T>
inline constexpr bool is_custom = false;
template <custom_moment Moment, fixed_text Name>
inline constexpr bool is_custom<step_rule<Moment, Name>> = true;

template <class T>
inline constexpr bool is_rule = false;
template <rule_kind Kind, auto Member>
inline constexpr bool is_rule<member_rule<Kind, Member>> = true;
template <rule_kind Kind, fixed_text Name>
inline constexpr bool is_rule<named_rule<Kind, Name>> = true;

template <auto Member>
concept is_member = std::is_member_object_pointer_v<decltype(Member)>;

} // namespace migrate::detail

/// The value of a new column for the rows that are there, as SQL over the old row:
/// `backfill<&llm_usage_event::total_tokens>("COALESCE(prompt_tokens, 0) + COALESCE(completion_tokens, 0)")`.
/// shape:  a later run repairs the rows that `when` finds and that would change; without `when` those with NULL
/// errors: S392 no such column (compile time)
template <auto Member>
    requires migrate::detail::is_member<Member>
consteval auto backfill(std::string_view sql, std::string_view when = {}) {
    return migrate::detail::member_rule<migrate::rule_kind::backfill, Member>{sql, when};
}
/// The same for a column by its name: `backfill<"runs.notes">("''")`.
template <fixed_text Column>
consteval auto backfill(std::string_view sql, std::string_view when = {}) {
    return migrate::detail::named_rule<migrate::rule_kind::backfill, Column>{sql, when};
}

/// A new value for a column that is there, as SQL over the old row: `transform<&row::complexity>("CASE … END")`.
/// shape:  with `when`, whenever such rows are found; without, for all rows and once, when the migration is applied
/// errors: S392 no such column (compile time)
template <auto Member>
    requires migrate::detail::is_member<Member>
consteval auto transform(std::string_view sql, std::string_view when = {}) {
    return migrate::detail::member_rule<migrate::rule_kind::transform, Member>{sql, when};
}
/// The same for a column by its name.
template <fixed_text Column>
consteval auto transform(std::string_view sql, std::string_view when = {}) {
    return migrate::detail::named_rule<migrate::rule_kind::transform, Column>{sql, when};
}

/// Allows a table to go, with its rows: `drop_table<"old_runs">()`.
template <fixed_text Table>
consteval auto drop_table() {
    return migrate::detail::named_rule<migrate::rule_kind::drop_table, Table>{};
}
/// Allows a column to go, with its values: `drop_column<"runs.notes">()`.
template <fixed_text Column>
consteval auto drop_column() {
    return migrate::detail::named_rule<migrate::rule_kind::drop_column, Column>{};
}
/// Allows an index that the definitions do not know to go: `drop_index<"ix_old">()`.
template <fixed_text Index>
consteval auto drop_index() {
    return migrate::detail::named_rule<migrate::rule_kind::drop_index, Index>{};
}
/// Allows a view that the definitions do not know to go: `drop_view<"v_old">()`.
template <fixed_text View>
consteval auto drop_view() {
    return migrate::detail::named_rule<migrate::rule_kind::drop_view, View>{};
}
/// Allows a trigger that the definitions do not know to go: `drop_trigger<"t_old">()`.
template <fixed_text Trigger>
consteval auto drop_trigger() {
    return migrate::detail::named_rule<migrate::rule_kind::drop_trigger, Trigger>{};
}
/// Allows the values of a column to change when its type does: `allow_lossy<"runs.token_cap">()`.
template <fixed_text Column>
consteval auto allow_lossy() {
    return migrate::detail::named_rule<migrate::rule_kind::lossy, Column>{};
}
/// Allows a column that the definitions do not know to stay although inserts that do not name it fail:
/// `keep_column<"runs.started_at">()`.
template <fixed_text Column>
consteval auto keep_column() {
    return migrate::detail::named_rule<migrate::rule_kind::keep_column, Column>{};
}
/// Allows a new foreign key over rows that have no parent: `allow_orphans<"phases.run_id">()`, its first column.
template <fixed_text Column>
consteval auto allow_orphans() {
    return migrate::detail::named_rule<migrate::rule_kind::orphans, Column>{};
}

/// What a column of the older version gets when the migration is undone, as SQL over the row of the newer one:
/// `undo<&v1::order::price>("cents / 100.0")`. For columns that the migration drops, or whose values it changes.
/// errors: S392 the older version has no such column (compile time)
template <auto Member>
    requires migrate::detail::is_member<Member>
consteval auto undo(std::string_view sql) {
    return migrate::detail::member_rule<migrate::rule_kind::undo, Member>{sql, {}};
}
/// The same for a column by its name: `undo<"orders.price">("cents / 100.0")`.
template <fixed_text Column>
consteval auto undo(std::string_view sql) {
    return migrate::detail::named_rule<migrate::rule_kind::undo, Column>{sql, {}};
}

/// Calls a function in the older version of the schema, before anything of it goes: for what SQL cannot say.
/// shape:  `step_before<"split names">(split_names)` with `void split_names(aps::sqlite::connection&)`. It is called once in each
///         database, in the transaction of the migration, which it cannot end; it may not change the schema. `undo`: what is
///         called on the way back.
/// errors: S404 it threw, or did what it may not
template <fixed_text Name>
consteval auto step_before(migrate::custom_function run, migrate::custom_function undo = nullptr) {
    return migrate::detail::step_rule<migrate::custom_moment::before, Name>{run, undo};
}
/// The same in the newer version, when all that is new is there.
template <fixed_text Name>
consteval auto step_after(migrate::custom_function run, migrate::custom_function undo = nullptr) {
    return migrate::detail::step_rule<migrate::custom_moment::after, Name>{run, undo};
}

} // namespace autopack_schema
