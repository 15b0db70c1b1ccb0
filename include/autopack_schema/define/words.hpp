// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/detail/binding.hpp>
#include <autopack_schema/define/detail/sizes.hpp>
#include <autopack_schema/model/column.hpp>
#include <autopack_schema/model/constraint.hpp>
#include <autopack_schema/model/name.hpp>

#include <string_view>

namespace autopack_schema {

/// The name of a constraint; see `name`.
struct constraint_name {
    model::name value{};
};

/// Names a constraint: `unique(name("uq_phases"), "run_id", "phase_id")`.
consteval constraint_name name(std::string_view text) { return {text}; }

/// The former name of a column or a table, so that a diff renames it instead of dropping and adding.
struct renamed_from {
    model::name value;
    using bound_as = detail::no_binding;
    static constexpr detail::sizes size{};

    consteval explicit renamed_from(std::string_view former_name) : value(former_name) {}
};

/// See `autoincrement`.
struct autoincrement_word {};
/// See `without_rowid`.
struct without_rowid_word {
    using bound_as = detail::no_binding;
    static constexpr detail::sizes size{};
};
/// See `strict`.
struct strict_word {
    using bound_as = detail::no_binding;
    static constexpr detail::sizes size{};
};

/// See `remaining_members`.
struct remaining_members_word {
    using bound_as = detail::remaining_binding;
    static constexpr detail::sizes size{};
};

// An inline namespace keeps local variables of these names in this library free of -Wshadow.
inline namespace words {

/// SQLite AUTOINCREMENT, an identity column elsewhere: a number is never given twice.
inline constexpr autoincrement_word autoincrement{};
/// A table that is stored in the order of its primary key (SQLite).
inline constexpr without_rowid_word without_rowid{};
/// A table that refuses values of another type (SQLite).
inline constexpr strict_word strict{};

/// Stands for a column of each member that no other column of the table is for, in the order of the struct.
inline constexpr remaining_members_word remaining_members{};

/// What a foreign key does when the parent row goes or changes.
inline constexpr model::fk_action no_action = model::fk_action::no_action;
inline constexpr model::fk_action restrict = model::fk_action::restrict;
inline constexpr model::fk_action cascade = model::fk_action::cascade;
inline constexpr model::fk_action set_null = model::fk_action::set_null;
inline constexpr model::fk_action set_default = model::fk_action::set_default;

/// Generated columns: computed when read.
inline constexpr model::generated_kind virtual_ = model::generated_kind::virtual_;
/// Generated columns: computed when written.
inline constexpr model::generated_kind stored = model::generated_kind::stored;

} // namespace words
} // namespace autopack_schema
