// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace autopack_schema {

/// What can be wrong with a migration before any database is seen; the value is the number of the error code.
/// source: docs/errors.md
enum class migration_problem : std::uint16_t {
    none = 0,
    S390_new_column_without_value = 390,
    S391_removal_not_allowed = 391,
    S392_rule_names_nothing = 392,
    S393_step_is_impossible = 393,
    S394_chain_has_a_gap = 394,
    S395_chain_ends_elsewhere = 395,
    S400_step_has_no_undo = 400,
};

/// One mistake in a migration or a chain of them.
struct migration_finding {
    migration_problem what = migration_problem::none;
    std::string_view table{};  ///< or the view, or the migration
    std::string_view column{}; ///< or the next migration; may be empty

    constexpr explicit operator bool() const noexcept { return what != migration_problem::none; }
};

} // namespace autopack_schema
