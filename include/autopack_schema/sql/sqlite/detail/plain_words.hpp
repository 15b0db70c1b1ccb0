// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/detail/same_tree.hpp>
#include <autopack_schema/sql/sqlite/expression.hpp>
#include <autopack_schema/sql/token.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

// Words that a SELECT may have or leave out: AS before an alias, INNER, OUTER, ALL, ASC, and the schema `main`.

namespace autopack_schema::sql::sqlite::detail {

inline constexpr std::string_view clause_words[] = {
    "from",   "where",  "group",  "having", "order",  "limit",     "offset",    "union",     "except",  "intersect", "join",
    "left",   "right",  "full",   "inner",  "cross",  "natural",   "outer",     "on",        "using",   "window",    "as",
    "and",    "or",     "not",    "in",     "is",     "isnull",    "notnull",   "like",      "glob",    "match",     "regexp",
    "between", "collate", "escape", "then", "else",   "when",      "end",       "case",      "asc",     "desc",      "nulls",
    "values", "set",    "select", "distinct", "over", "filter",    "partition", "by",        "rows",    "range",     "groups",
    "do",     "returning", "indexed", "with", "recursive", "all",  "begin",     "into",      "insert",  "update",    "delete",
    "replace", "exists", "cast",  "default", "conflict", "nothing", "raise",    "materialized", "of",   "for",       "each",
    "row",    "after",  "before", "instead", "trigger", "view",    "create",    "rollback",  "abort",   "fail",      "ignore"};

constexpr bool is_clause_word(const token& t) noexcept {
    for (const std::string_view word : clause_words) {
        if (t.is_word(word)) return true;
    }
    return false;
}

constexpr bool is_one_word(const token& t, std::string_view a, std::string_view b, std::string_view c = "") noexcept {
    return t.is_word(a) || t.is_word(b) || (!c.empty() && t.is_word(c));
}

/// Tells whether an expression or a table can end with a token, so that a name behind it is an alias.
constexpr bool can_have_alias(const token& t) noexcept {
    const bool literal = t.kind == token_kind::string || t.kind == token_kind::integer || t.kind == token_kind::real ||
                         t.kind == token_kind::blob;
    return t.is(")") || literal || (t.is_name() && !is_clause_word(t)) || t.is_word("end");
}

/// Writes a statement with the words that may be left out: an AS before each alias, the others nowhere.
class plain_words {
public:
    constexpr explicit plain_words(model::items<token> tokens) : tokens_(tokens) {}

    constexpr model::vector<token> write() {
        for (at_ = 0; at_ < tokens_.size(); ++at_) {
            const token& t = tokens_[at_];
            follow(t);
            if (is_main()) {
                ++at_;
            } else if (!is_noise(t)) {
                const bool alias = t.is_name() && !is_clause_word(t) && !out_.empty() && can_have_alias(out_.back());
                if (alias) out_.push_back({token_kind::identifier, "AS", t.offset});
                out_.push_back(t);
            }
        }
        return std::move(out_);
    }

private:
    constexpr token next() const noexcept { return at_ + 1 < tokens_.size() ? tokens_[at_ + 1] : token{}; }
    constexpr token last() const noexcept { return out_.empty() ? token{} : out_.back(); }

    /// Keeps track of where an ORDER BY is, for only there ASC is more than a name.
    constexpr void follow(const token& t) {
        if (t.is("(")) ordering_.push_back(0);
        if (t.is(")") && ordering_.size() > 1) ordering_.pop_back();
        if (t.is_word("order") && next().is_word("by")) ordering_.back() = 1;
        if (is_one_word(t, "select", "limit") || t.is(";")) ordering_.back() = 0;
    }

    constexpr bool is_main() const noexcept {
        const bool place = is_one_word(last(), "from", "join", "into") || last().is_word("update");
        return place && tokens_[at_].is_word("main") && next().is(".");
    }

    constexpr bool is_noise(const token& t) const noexcept {
        const token behind = next();
        if (t.is_word("inner")) return behind.is_word("join");
        if (t.is_word("outer")) return behind.is_word("join") && is_one_word(last(), "left", "right", "full");
        if (t.is_word("all")) return last().is_word("select");
        const bool ends = behind.is(",") || behind.is(")") || behind.is(";") || behind.kind == token_kind::end ||
                          is_one_word(behind, "limit", "nulls");
        return t.is_word("asc") && ordering_.back() != 0 && ends && can_have_alias(last());
    }

    model::items<token> tokens_;
    std::size_t at_ = 0;
    model::vector<token> out_{};
    model::vector<unsigned char> ordering_ = model::vector<unsigned char>(1);
};

/// Compares two token lists as they are, then without the words that may be left out.
constexpr bool same_words(model::items<token> a, model::items<token> b) {
    if (sql::detail::same_segments(a, b, expressions, 0)) return true;
    const model::vector<token> plain_a = plain_words(a).write();
    const model::vector<token> plain_b = plain_words(b).write();
    return sql::detail::same_segments(plain_a, plain_b, expressions, 0);
}

} // namespace autopack_schema::sql::sqlite::detail
