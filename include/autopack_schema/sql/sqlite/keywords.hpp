// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/name.hpp>

#include <array>
#include <string_view>

namespace autopack_schema::sql::sqlite {

/// The words that are no name everywhere unless quoted: tried one by one on SQLite 3.40.1 as the name of a table, a
/// column and in an expression; with TRUE and FALSE, which are values in an expression.
/// source: https://sqlite.org/lang_keywords.html
inline constexpr std::array<std::string_view, 74> reserved_words{
    "ADD",        "ALL",        "ALTER",  "AND",          "AS",           "AUTOINCREMENT",
    "BETWEEN",    "CASE",       "CAST",   "CHECK",        "COLLATE",      "COMMIT",
    "CONSTRAINT", "CREATE",     "CROSS",  "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP",
    "DEFAULT",    "DEFERRABLE", "DELETE", "DISTINCT",     "DROP",         "ELSE",
    "ESCAPE",     "EXCEPT",     "EXISTS", "FALSE",        "FOREIGN",      "FROM",
    "FULL",       "GROUP",      "HAVING", "IF",           "IN",           "INDEX",
    "INDEXED",    "INNER",      "INSERT", "INTERSECT",    "INTO",         "IS",
    "ISNULL",     "JOIN",       "LEFT",   "LIMIT",        "NATURAL",      "NOT",
    "NOTHING",    "NOTNULL",    "NULL",   "ON",           "OR",           "ORDER",
    "OUTER",      "PRIMARY",    "RAISE",  "REFERENCES",   "RETURNING",    "RIGHT",
    "SELECT",     "SET",        "TABLE",  "THEN",         "TO",           "TRANSACTION",
    "TRUE",       "UNION",      "UNIQUE", "UPDATE",       "USING",        "VALUES",
    "WHEN",       "WHERE"};

/// Tells whether a word must be quoted to be a name.
constexpr bool is_reserved(std::string_view word) noexcept {
    for (const std::string_view reserved : reserved_words) {
        if (model::same_name(reserved, word)) return true;
    }
    return false;
}

/// Tells whether a word cannot be a name in an expression.
constexpr bool is_reserved_in_expression(std::string_view word) noexcept {
    for (const std::string_view name :
         {"CROSS", "FULL", "IF", "INDEXED", "INNER", "LEFT", "NATURAL", "OUTER", "RIGHT"}) {
        if (model::same_name(name, word)) return false;
    }
    return is_reserved(word);
}

} // namespace autopack_schema::sql::sqlite
