// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>
#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/tokenizer.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <cstddef>
#include <string>
#include <string_view>

// Texts of others (expressions, SELECT statements) that are written into a statement must not get out of their place.
namespace autopack_schema::sql::sqlite::detail {

inline void refuse_text(std::string_view text, std::string_view why) {
    throw error({.code = "S238",
                 .what_happened = "this SQL cannot be written into a statement: " + std::string(why),
                 .sql = std::string(text),
                 .advice = "correct the expression or the statement in the definition"});
}

/// Makes sure that parentheses are balanced and nothing is left open; a comment at the end gets its line end.
/// errors: S238 the text would not stay in its place
inline std::string closed_text(std::string_view text, bool is_statement) {
    tokenizer source(text);
    token last{};
    int depth = 0;
    for (token t = source.next(); t.kind != token_kind::end; t = source.next()) {
        last = t;
        if (t.kind == token_kind::invalid) refuse_text(text, "it contains a quote that is not closed or no SQL");
        if (t.is("(")) ++depth;
        if (t.is(")") && --depth < 0) refuse_text(text, "it closes a parenthesis that it has not opened");
        if (t.is(";") && !is_statement) refuse_text(text, "it contains a semicolon");
    }
    if (depth != 0) refuse_text(text, "a parenthesis is not closed");
    std::string result(text);
    if (last.kind == token_kind::comment && last.text.starts_with("--")) result += '\n';
    if (last.kind == token_kind::comment && last.text.starts_with("/*") &&
        (last.text.size() < 4 || !last.text.ends_with("*/"))) {
        refuse_text(text, "a comment is not closed");
    }
    return result;
}

/// Takes the table's own name away before its columns, `t.a` becomes `a`, so that the expression can be used while the
/// table has another name.
inline std::string without_own_name(std::string_view text, std::string_view table) {
    const model::vector<token> tokens = tokenize(text);
    std::string result;
    std::size_t copied = 0;
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
        const bool is_qualifier = tokens[i].is_name() && tokens[i + 1].is(".") && tokens[i + 2].is_name();
        if (!is_qualifier || !same_identifier(tokens[i].text, table)) continue;
        if (tokens.size() > i + 3 && tokens[i + 3].is(".")) continue; // a schema of the same name
        std::size_t first = i;
        if (i >= 2 && tokens[i - 1].is(".") && tokens[i - 2].is_name()) first = i - 2;
        result += text.substr(copied, tokens[first].offset - copied);
        copied = tokens[i + 2].offset;
    }
    return result += text.substr(copied);
}

} // namespace autopack_schema::sql::sqlite::detail
