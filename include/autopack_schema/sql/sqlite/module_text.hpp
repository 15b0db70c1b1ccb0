// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/tokenizer.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace autopack_schema::sql::sqlite {

/// How a module of virtual tables reads its arguments and where its rows are.
enum class module_family : std::uint8_t {
    unknown,  ///< of a loadable extension
    fts3,     ///< FTS3 and FTS4
    fts5,
    rtree,    ///< also with 32-bit integers
    computed, ///< shows what is elsewhere and has no rows of its own
};

/// Tells the family of a module.
constexpr module_family family_of(std::string_view module) {
    struct known {
        std::string_view name;
        module_family family;
    };
    constexpr std::array<known, 9> all{{{"fts3", module_family::fts3},
                                        {"fts4", module_family::fts3},
                                        {"fts5", module_family::fts5},
                                        {"rtree", module_family::rtree},
                                        {"rtree_i32", module_family::rtree},
                                        {"fts5vocab", module_family::computed},
                                        {"fts4aux", module_family::computed},
                                        {"fts3tokenize", module_family::computed},
                                        {"dbstat", module_family::computed}}};
    for (const known& k : all) {
        if (same_identifier(k.name, module)) return k.family;
    }
    return module_family::unknown;
}

/// One argument of a module: a column, or an option.
/// shape: positions of tokens, [first, end)
struct module_argument {
    std::size_t first = 0;
    std::size_t end = 0;
    std::string_view name{}; ///< of the column or the option, as written
    bool option = false;
    bool auxiliary = false; ///< a column that an R-tree only keeps: `+label TEXT`
};

/// A module with its arguments, as in `fts5(title, body, tokenize = porter)`.
struct module_text {
    std::string_view text{};
    std::string_view name{};
    module_family family = module_family::unknown;
    model::vector<token> tokens{};
    model::vector<module_argument> arguments{};

    /// The tokens of an option's value.
    constexpr module_argument value_in(const module_argument& a) const {
        const bool has_mark = a.end > a.first + 1 && tokens[a.first + 1].is("=");
        return {a.first + (has_mark ? 2U : 1U), a.end, a.name, true, false};
    }

    /// The tokens of an option's value; an empty range where it is not given.
    constexpr module_argument value_of(std::string_view option) const {
        for (const module_argument& a : arguments) {
            if (a.option && same_identifier(a.name, option)) return value_in(a);
        }
        return {};
    }

    /// The first token of an option's value; empty where it is not given.
    constexpr std::string_view option(std::string_view name_of_it) const {
        const module_argument value = value_of(name_of_it);
        return value.first < value.end ? tokens[value.first].text : std::string_view();
    }

    constexpr const module_argument* column(std::string_view wanted) const {
        for (const module_argument& a : arguments) {
            if (!a.option && same_identifier(a.name, wanted)) return &a;
        }
        return nullptr;
    }

    constexpr std::string_view text_of(const module_argument& a) const {
        if (a.first >= a.end) return {};
        const token& last = tokens[a.end - 1];
        return text.substr(tokens[a.first].offset, last.offset + last.text.size() - tokens[a.first].offset);
    }
};

namespace detail {

/// FTS3 takes `tokenize porter` for `tokenize=porter`.
constexpr bool is_module_option(const module_text& m, const module_argument& a) {
    if (m.family != module_family::fts3 && m.family != module_family::fts5) return false;
    if (a.end < a.first + 2) return false;
    if (m.tokens[a.first + 1].is("=")) return true;
    return m.family == module_family::fts3 && m.tokens[a.first].is_word("tokenize");
}

constexpr void add_module_argument(module_text& m, std::size_t first, std::size_t end) {
    if (first >= end) return;
    module_argument a{first, end};
    a.option = is_module_option(m, a);
    a.auxiliary = m.family == module_family::rtree && m.tokens[first].is("+") && end > first + 1;
    a.name = m.tokens[a.auxiliary ? first + 1 : first].text;
    m.arguments.push_back(a);
}

} // namespace detail

/// Reads a module with its arguments; commas in parentheses do not separate.
constexpr module_text read_module(std::string_view text) {
    module_text m;
    m.text = text;
    m.tokens = tokenize(text);
    if (m.tokens.empty()) return m;
    m.name = m.tokens[0].text;
    m.family = family_of(m.name);
    std::size_t first = 2;
    int depth = 0;
    for (std::size_t i = 1; i < m.tokens.size(); ++i) {
        if (m.tokens[i].is("(")) ++depth;
        if (m.tokens[i].is(")")) --depth;
        if (depth > 1 || (depth == 1 && !m.tokens[i].is(","))) continue;
        detail::add_module_argument(m, first, i);
        first = i + 1;
    }
    return m;
}

} // namespace autopack_schema::sql::sqlite
