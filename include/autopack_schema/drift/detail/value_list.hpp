// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/tokenizer.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::drift::detail {

/// The values of a condition `x IN ('a', 'b')`, and its column; without values it is something else.
struct value_list {
    std::string column{};
    std::vector<std::string> values{};
};

/// Reads a condition of exactly that form, parentheses around it left out.
inline value_list read_value_list(std::string_view expression) {
    model::vector<sql::token> tokens = sql::tokenize(expression);
    while (tokens.size() > 2 && tokens.front().is("(") && tokens.back().is(")")) {
        tokens.erase(tokens.begin());
        tokens.pop_back();
    }
    value_list found;
    if (tokens.size() < 5 || !tokens[0].is_name() || !tokens[1].is_word("in") || !tokens[2].is("(")) return {};
    found.column = sql::unquote(tokens[0].text);
    for (std::size_t i = 3; i + 1 < tokens.size(); i += 2) {
        const sql::token_kind kind = tokens[i].kind;
        if (kind != sql::token_kind::string && kind != sql::token_kind::integer) return {};
        if (!tokens[i + 1].is(",") && i + 2 != tokens.size()) return {};
        found.values.emplace_back(sql::unquote(tokens[i].text));
    }
    return found;
}

/// Tells whether a list of allowed values lacks one that another list of the same column has.
inline bool lacks_value(std::string_view narrow, std::string_view wide) {
    const value_list have = read_value_list(narrow);
    const value_list want = read_value_list(wide);
    if (have.values.empty() || want.values.empty()) return false;
    if (!model::same_name(have.column, want.column)) return false;
    for (const std::string& value : want.values) {
        if (!model::contains(have.values, value)) return true;
    }
    return false;
}

} // namespace autopack_schema::drift::detail
