// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/constraint.hpp>
#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/sqlite/detail/ddl_cursor.hpp>
#include <autopack_schema/sql/sqlite/expression.hpp>

#include <cstddef>
#include <string_view>

namespace autopack_schema::sql::sqlite::detail {

/// Finds the end of one part of a list: the comma or the parenthesis behind it.
inline std::size_t end_of_part(ddl_cursor& cursor) {
    int depth = 0;
    for (; !cursor.at_end(); cursor.take()) {
        const token t = cursor.peek();
        if (depth == 0 && (t.is(",") || t.is(")"))) break;
        if (t.is("(")) ++depth;
        if (t.is(")")) --depth;
    }
    return cursor.position();
}

/// A range of tokens that gets smaller as its ends are understood.
struct part_range {
    const model::vector<token>& tokens;
    std::size_t first;
    std::size_t end;

    std::size_t size() const noexcept { return end - first; }
    const token& from_end(std::size_t back) const noexcept { return tokens[end - back]; }
    bool ends_with(std::string_view word) const noexcept { return size() > 1 && from_end(1).is_word(word); }

    /// Tells whether the first parenthesis is closed by the last one.
    bool is_parenthesised() const noexcept {
        if (size() < 3 || !tokens[first].is("(")) return false;
        int depth = 0;
        for (std::size_t i = first; i < end; ++i) {
            if (tokens[i].is("(")) ++depth;
            if (tokens[i].is(")") && --depth == 0) return i + 1 == end;
        }
        return false;
    }
};

inline void read_order(part_range& range, model::key_part& part) {
    if (range.size() > 2 && range.from_end(2).is_word("NULLS")) {
        if (range.ends_with("FIRST")) part.nulls = model::nulls_order::first;
        if (range.ends_with("LAST")) part.nulls = model::nulls_order::last;
        range.end -= 2;
    }
    if (range.ends_with("DESC") || range.ends_with("ASC")) {
        part.descending = range.ends_with("DESC");
        --range.end;
    }
}

/// Reads one part of a key or an index up to a position that is known to end it.
inline model::key_part read_key_part(ddl_cursor& cursor, std::size_t first, std::size_t end) {
    model::key_part part;
    part_range range{cursor.tokens(), first, end};
    read_order(range, part);
    while (true) {
        if (range.is_parenthesised()) {
            ++range.first;
            --range.end;
        } else if (range.size() > 2 && range.from_end(2).is_word("COLLATE")) {
            const expression_tree tree = parse_expression(cursor.slice(range.first, range.end), expressions);
            const bool is_outermost = tree.understood() && tree.nodes[tree.root].kind == node_kind::collate;
            if (!is_outermost) break; // it belongs to an operand
            if (part.collation.empty()) part.collation = cursor.keep(unquote(range.from_end(1).text));
            range.end -= 2;
        } else {
            break;
        }
    }
    if (range.size() == 0) cursor.fail("expected a column or an expression");
    const token only = cursor.tokens()[range.first];
    const bool is_word = only.kind == token_kind::identifier && !is_reserved_in_expression(only.text);
    const bool is_column =
        range.size() == 1 && (is_word || only.kind == token_kind::quoted_identifier || only.kind == token_kind::string);
    part.is_expression = !is_column;
    part.text = is_column ? cursor.keep(unquote(only.text)) : cursor.keep_slice(range.first, range.end);
    return part;
}

/// Reads `(a, b COLLATE NOCASE DESC, lower(c))`; AUTOINCREMENT may stand before the last parenthesis.
inline model::vector<model::key_part> read_key_parts(ddl_cursor& cursor, bool* autoincrement = nullptr) {
    model::vector<model::key_part> parts;
    cursor.expect("(");
    do {
        const std::size_t first = cursor.position();
        std::size_t end = end_of_part(cursor);
        if (autoincrement != nullptr && end - first > 1 && cursor.tokens()[end - 1].is_word("AUTOINCREMENT")) {
            *autoincrement = true;
            --end;
        }
        parts.push_back(read_key_part(cursor, first, end));
    } while (cursor.accept(","));
    cursor.expect(")");
    return parts;
}

/// Reads `(a, b)`.
inline model::vector<model::name> read_names(ddl_cursor& cursor) {
    model::vector<model::name> names;
    cursor.expect("(");
    do {
        names.push_back(cursor.name("a column"));
        if (cursor.accept_word("COLLATE")) cursor.name("a collation"); // accepted and ignored, as SQLite does
        if (!cursor.accept_word("ASC")) cursor.accept_word("DESC");
    } while (cursor.accept(","));
    cursor.expect(")");
    return names;
}

} // namespace autopack_schema::sql::sqlite::detail
