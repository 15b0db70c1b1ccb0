// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/items.hpp>
#include <autopack_schema/sql/lexical_rules.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <string_view>

namespace autopack_schema::sql {

/// How the expressions of a dialect are read, where dialects differ.
struct expression_rules {
    lexical_rules lexical = sqlite_lexical_rules;
    /// Is the bare word no name in an expression?
    bool (*is_reserved)(std::string_view word) = nullptr;
    /// Do CASTs to two types do the same?
    bool (*same_cast)(std::string_view type, std::string_view other) = nullptr;
    bool double_quoted_strings = false; ///< "x" is the string 'x' where no column is called x (SQLite)
    bool row_number_names = false;      ///< rowid, oid and _rowid_ are one column (SQLite)
    bool booleans_are_integers = false; ///< TRUE and FALSE are 1 and 0 (SQLite)
};

/// A column that has another name in the schema that is compared with.
struct renamed_column {
    std::string_view name;
    std::string_view other_name;
};

/// What the names in an expression can mean.
/// shape: without `columns` nothing is known, every name is taken for a column
struct name_scope {
    std::string_view table{};                 ///< the expression's own table: `t.a` there is `a`
    model::items<std::string_view> columns{}; ///< of the table
    model::items<renamed_column> renamed{};   ///< read as their other name

    constexpr bool is_known() const noexcept { return !columns.empty(); }

    constexpr bool has_column(std::string_view name) const noexcept {
        for (const std::string_view column : columns) {
            if (same_identifier(column, name)) return true;
        }
        return false;
    }

    /// Gives the name by which the other schema knows a column.
    constexpr std::string_view other_name(std::string_view name) const noexcept {
        for (const renamed_column& column : renamed) {
            if (same_identifier(column.name, name)) return column.other_name;
        }
        return name;
    }
};

} // namespace autopack_schema::sql
