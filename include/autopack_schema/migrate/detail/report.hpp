// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/fixed_text.hpp>
#include <autopack_schema/migrate/problem.hpp>

#include <string_view>

namespace autopack_schema {

/// A mistake in a migration as the compiler prints it: what, and the names of table and column.
/// shape: never defined; see `definition_error`
template <migration_problem What, fixed_text... Name>
struct migration_error;

namespace migrate::detail {

/// Is instantiated for a mistake; one specialisation for each problem.
template <migration_problem What, fixed_text... Name>
struct report {};

// Each assertion stays on one line, because compilers show one.
// clang-format off
template <fixed_text... Name>
struct report<migration_problem::S390_new_column_without_value, Name...> {
    static_assert(migration_error<migration_problem::S390_new_column_without_value, Name...>::ok, "autopack_schema: [S390] a migration adds a NOT NULL column without a value for old rows; give it a default or a backfill (docs/errors.md#s390)");
};
template <fixed_text... Name>
struct report<migration_problem::S391_removal_not_allowed, Name...> {
    static_assert(migration_error<migration_problem::S391_removal_not_allowed, Name...>::ok, "autopack_schema: [S391] a migration removes a table or a column with its values; say drop_table or drop_column (docs/errors.md#s391)");
};
template <fixed_text... Name>
struct report<migration_problem::S392_rule_names_nothing, Name...> {
    static_assert(migration_error<migration_problem::S392_rule_names_nothing, Name...>::ok, "autopack_schema: [S392] a rule of a migration names what is not there, or removes what stays; correct the name or remove the rule (docs/errors.md#s392)");
};
template <fixed_text... Name>
struct report<migration_problem::S393_step_is_impossible, Name...> {
    static_assert(migration_error<migration_problem::S393_step_is_impossible, Name...>::ok, "autopack_schema: [S393] a migration changes a virtual table of a module that it does not know; make the new one under another name (docs/errors.md#s393)");
};
template <fixed_text... Name>
struct report<migration_problem::S394_chain_has_a_gap, Name...> {
    static_assert(migration_error<migration_problem::S394_chain_has_a_gap, Name...>::ok, "autopack_schema: [S394] a migration does not begin where the one before it ends; put them in order or add the missing one (docs/errors.md#s394)");
};
template <fixed_text... Name>
struct report<migration_problem::S395_chain_ends_elsewhere, Name...> {
    static_assert(migration_error<migration_problem::S395_chain_ends_elsewhere, Name...>::ok, "autopack_schema: [S395] the migrations do not lead to the schema; write a migration for what differs (docs/errors.md#s395)");
};
template <fixed_text... Name>
struct report<migration_problem::S400_step_has_no_undo, Name...> {
    static_assert(migration_error<migration_problem::S400_step_has_no_undo, Name...>::ok, "autopack_schema: [S400] nothing brings back what a migration takes away or changes; give it an undo (docs/errors.md#s400)");
};

// clang-format on

template <const migration_finding& Finding, std::string_view migration_finding::*Text>
inline constexpr fixed_text<(Finding.*Text).size()> fixed{Finding.*Text};

/// Reports a finding, if it is one.
template <const migration_finding& Finding>
consteval bool report_finding() {
    constexpr migration_problem what = Finding.what;
    if constexpr (what == migration_problem::none) {
        return true;
    } else if constexpr (!Finding.column.empty()) {
        return sizeof(report<what, fixed<Finding, &migration_finding::table>,
                             fixed<Finding, &migration_finding::column>>) != 0;
    } else {
        return sizeof(report<what, fixed<Finding, &migration_finding::table>>) != 0;
    }
}

} // namespace migrate::detail
} // namespace autopack_schema
