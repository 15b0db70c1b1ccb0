// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/sqlite/expression.hpp>
#include <autopack_schema/sql/sqlite/module_text.hpp>
#include <autopack_schema/sql/statement.hpp>
#include <autopack_schema/sql/tokenizer.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace autopack_schema::sql::sqlite {

namespace detail {

/// Reads the numbers in a text: `'2 3'` says what `'2,3'` says.
struct number_reader {
    unquoted rest;

    constexpr std::size_t next() { // 0 behind the last one
        std::size_t number = 0;
        while (!rest.done()) {
            const char c = rest.next();
            if (c >= '0' && c <= '9') {
                number = number * 10 + static_cast<std::size_t>(c - '0');
            } else if (number != 0) {
                break;
            }
        }
        return number;
    }
};

constexpr bool same_numbers(std::string_view a, std::string_view b) {
    number_reader left{unquoted(a)};
    number_reader right{unquoted(b)};
    for (;;) {
        const std::size_t number = left.next();
        if (number != right.next()) return false;
        if (number == 0) return true;
    }
}

/// What an option is when it is not given.
struct module_default {
    module_family family;
    std::string_view option;
    std::string_view value;
};

/// source: https://sqlite.org/fts5.html, 4; https://sqlite.org/fts3.html, 6
inline constexpr std::array<module_default, 6> module_defaults{{{module_family::fts5, "tokenize", "unicode61"},
                                                                {module_family::fts5, "detail", "full"},
                                                                {module_family::fts5, "columnsize", "1"},
                                                                {module_family::fts3, "tokenize", "simple"},
                                                                {module_family::fts3, "order", "asc"},
                                                                {module_family::fts3, "matchinfo", "fts4"}}};

/// Tells whether an option says what holds without it.
constexpr bool is_default_option(const module_text& m, const module_argument& a) {
    for (const module_default& d : module_defaults) {
        if (d.family != m.family || !same_identifier(d.option, a.name)) continue;
        const module_argument value = m.value_in(a);
        return value.end == value.first + 1 && same_identifier(m.tokens[value.first].text, d.value);
    }
    return false;
}

/// The values of some options are names or words, whose case does not count; those of others are texts.
constexpr bool is_word_option(std::string_view name) {
    for (const std::string_view option : {"content", "content_rowid", "detail", "languageid", "matchinfo", "notindexed", "order"}) {
        if (same_identifier(option, name)) return true;
    }
    return false;
}

constexpr bool same_option(const module_text& a, const module_argument& x, const module_text& b,
                           const module_argument& y) {
    if (!same_identifier(x.name, y.name)) return false;
    const module_argument left = a.value_in(x);
    const module_argument right = b.value_in(y);
    if (left.end - left.first != right.end - right.first) return false;
    for (std::size_t i = 0; i < left.end - left.first; ++i) {
        const std::string_view one = a.tokens[left.first + i].text;
        const std::string_view two = b.tokens[right.first + i].text;
        if (same_identifier(x.name, "prefix") && same_numbers(one, two)) continue;
        if (is_word_option(x.name) ? !same_identifier(one, two) : !same_text(one, two)) return false;
    }
    return true;
}

/// Tells whether every option of one module is given to the other one, in whatever order.
constexpr bool has_options_of(const module_text& has, const module_text& of) {
    for (const module_argument& wanted : of.arguments) {
        if (!wanted.option || is_default_option(of, wanted)) continue;
        bool found = false;
        for (const module_argument& a : has.arguments) found = found || (a.option && same_option(has, a, of, wanted));
        if (!found) return false;
    }
    return true;
}

/// Tells whether a column is kept in the same way. FTS3 and R-trees ignore all behind its name.
constexpr bool same_module_column(const module_text& a, const module_argument& x, const module_text& b,
                                  const module_argument& y) {
    if (a.family != module_family::fts5) return x.auxiliary == y.auxiliary;
    if (x.end - x.first != y.end - y.first) return false;
    for (std::size_t i = 1; i < x.end - x.first; ++i) {
        if (!same_identifier(a.tokens[x.first + i].text, b.tokens[y.first + i].text)) return false;
    }
    return true;
}

constexpr bool same_module_columns(const module_text& a, const module_text& b) {
    for (const module_argument& x : a.arguments) {
        const module_argument* const y = x.option ? nullptr : b.column(x.name);
        if (y != nullptr && !same_module_column(a, x, b, *y)) return false;
    }
    return true;
}

constexpr bool same_names(const model::vector<token>& a, const model::vector<token>& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!same_identifier(a[i].text, b[i].text)) return false;
    }
    return true;
}

} // namespace detail

/// Tells whether two virtual tables are made by the same module with the same options, and keep the columns that both
/// have in the same way. Columns of a full-text table or an R-tree that only one has make no difference here: they are
/// differences of their own.
/// source: https://sqlite.org/fts5.html#fts5_table_creation_and_initialization
constexpr bool same_module(std::string_view a, std::string_view b) {
    if (a == b) return true;
    const module_text left = read_module(a);
    const module_text right = read_module(b);
    if (!same_identifier(left.name, right.name)) return false;
    switch (left.family) {
    case module_family::unknown: return same_statement(a, b, expressions);
    case module_family::computed: return detail::same_names(left.tokens, right.tokens);
    default: break;
    }
    return detail::has_options_of(left, right) && detail::has_options_of(right, left) &&
           detail::same_module_columns(left, right);
}

} // namespace autopack_schema::sql::sqlite
