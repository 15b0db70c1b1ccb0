// SPDX-License-Identifier: MIT
#pragma once

namespace autopack_schema::detail {

// Each piece of a table says by `bound_as` which of these it is; a trait that says it would be one more class for each column.

/// Stands for a piece of a table that is no column.
struct no_binding {
    static constexpr bool is_column = false;
    static constexpr decltype(nullptr) member = nullptr;
};

/// Stands for all members without a column of their own.
struct remaining_binding {
    static constexpr bool is_column = false;
    static constexpr decltype(nullptr) member = nullptr;
};

/// A column's member, as a type.
template <auto Member>
struct binding {
    static constexpr bool is_column = true;
    static constexpr auto member = Member;
};

} // namespace autopack_schema::detail
