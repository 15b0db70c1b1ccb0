// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/column.hpp>
#include <autopack_schema/model/name.hpp>

#include <cstdint>
#include <string_view>

namespace autopack_schema::model {

/// Consecutive elements of one of a schema's arrays.
struct range {
    std::uint32_t first = 0;
    std::uint32_t count = 0;

    friend constexpr bool operator==(const range&, const range&) = default;
};

/// Where NULLs sort in an index.
enum class nulls_order : std::uint8_t { unspecified, first, last };

/// One part of a key or an index: a column, or an expression.
struct key_part {
    model::name text{}; ///< column name, or the expression as SQL without enclosing parentheses
    bool is_expression = false;
    bool descending = false;
    nulls_order nulls = nulls_order::unspecified;
    std::string_view collation{};      ///< empty: the column's own
    std::string_view operator_class{}; ///< PostgreSQL

    friend constexpr bool operator==(const key_part&, const key_part&) = default;
};

/// The PRIMARY KEY of a table; without parts there is none.
struct primary_key {
    model::name name{}; ///< of the constraint; empty: unnamed
    range parts{};      ///< in `schema::parts`, in key order
    bool inline_descending = false; ///< column-level `PRIMARY KEY DESC`, which is no rowid alias in SQLite
    conflict on_conflict = conflict::none;

    constexpr bool present() const noexcept { return parts.count != 0; }
    friend constexpr bool operator==(const primary_key&, const primary_key&) = default;
};

/// A UNIQUE constraint.
struct unique_constraint {
    model::name name{}; ///< empty: unnamed
    range parts{};      ///< in `schema::parts`
    conflict on_conflict = conflict::none;
    bool nulls_not_distinct = false; ///< PostgreSQL 15

    friend constexpr bool operator==(const unique_constraint&, const unique_constraint&) = default;
};

/// A CHECK constraint.
struct check_constraint {
    model::name name{};            ///< empty: unnamed
    std::string_view expression{}; ///< without enclosing parentheses
    model::name column{};          ///< the column it was written at; empty: at the table

    friend constexpr bool operator==(const check_constraint&, const check_constraint&) = default;
};

/// What a foreign key does when the parent row goes or changes.
enum class fk_action : std::uint8_t { no_action, restrict, cascade, set_null, set_default };

/// When a foreign key is checked. SQLite knows no SET CONSTRAINTS: only `deferred` differs there.
enum class deferral : std::uint8_t { not_deferrable, immediate, deferred };

/// A FOREIGN KEY.
struct foreign_key {
    model::name name{};    ///< empty: unnamed
    range columns{};       ///< in `schema::names`
    model::name parent{};  ///< table
    range parent_columns{}; ///< in `schema::names`; empty: the parent's primary key
    fk_action on_delete = fk_action::no_action;
    fk_action on_update = fk_action::no_action;
    deferral defer = deferral::not_deferrable;
    std::string_view match{}; ///< as written; SQLite ignores it

    friend constexpr bool operator==(const foreign_key&, const foreign_key&) = default;
};

} // namespace autopack_schema::model
