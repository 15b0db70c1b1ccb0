// SPDX-License-Identifier: MIT
#pragma once

namespace autopack_schema::sql {

/// How the texts of a dialect fall into tokens, where dialects differ.
struct lexical_rules {
    bool bracket_identifiers = false;  ///< [x]
    bool backtick_identifiers = false; ///< `x`
    bool word_parameters = false;      ///< :x, @x, $x
    bool nested_comments = false;      ///< /* /* */ */ is one comment
    bool dollar_strings = false;       ///< $$x$$ and $tag$x$tag$
    bool escape_strings = false;       ///< E'it\'s'
    bool any_operator = false;         ///< a run of operator characters is one operator, `::` is one

    friend constexpr bool operator==(const lexical_rules&, const lexical_rules&) = default;
};

/// source: SQLite 3.40 tokenize.c
inline constexpr lexical_rules sqlite_lexical_rules{
    .bracket_identifiers = true, .backtick_identifiers = true, .word_parameters = true};

/// source: PostgreSQL 15, "Lexical Structure", https://www.postgresql.org/docs/15/sql-syntax-lexical.html
inline constexpr lexical_rules postgresql_lexical_rules{
    .nested_comments = true, .dollar_strings = true, .escape_strings = true, .any_operator = true};

} // namespace autopack_schema::sql
