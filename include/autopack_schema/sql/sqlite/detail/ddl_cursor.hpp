// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>
#include <autopack_schema/model/snapshot.hpp>
#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/sqlite/keywords.hpp>
#include <autopack_schema/sql/tokenizer.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace autopack_schema::sql::sqlite::detail {

/// Walks through the tokens of a text with DDL statements and keeps the pieces that a schema needs.
class ddl_cursor {
public:
    ddl_cursor(std::string_view text, model::text_arena& kept) : text_(text), tokens_(tokenize(text)), kept_(&kept) {}

    bool at_end() const noexcept { return position_ >= tokens_.size(); }
    std::size_t position() const noexcept { return position_; }
    void move_to(std::size_t position) noexcept { position_ = position; }

    token peek(std::size_t ahead = 0) const noexcept {
        const std::size_t wanted = position_ + ahead;
        return wanted < tokens_.size() ? tokens_[wanted] : token{token_kind::end, {}, text_.size()};
    }
    /// Takes the next token; the one behind the last, `end`, any number of times.
    token take() noexcept {
        const token t = peek();
        position_ += at_end() ? 0 : 1;
        return t;
    }
    bool accept(std::string_view mark) noexcept {
        const bool found = peek().is(mark);
        position_ += found ? 1 : 0;
        return found;
    }
    /// Takes these words if they all come next.
    bool accept_words(std::initializer_list<std::string_view> words) noexcept {
        std::size_t ahead = 0;
        for (const std::string_view word : words) {
            if (!peek(ahead++).is_word(word)) return false;
        }
        position_ += words.size();
        return true;
    }
    bool accept_word(std::string_view word) noexcept { return accept_words({word}); }

    void expect(std::string_view mark) {
        if (!accept(mark)) fail("expected \"" + std::string(mark) + "\"");
    }
    void expect_word(std::string_view word) {
        if (!accept_word(word)) fail("expected " + std::string(word));
    }

    /// Takes a name: a word that is not reserved, or something quoted, be it in single quotes.
    std::string_view name(const char* what) {
        const token t = peek();
        const bool is_word = t.kind == token_kind::identifier && !is_reserved_as_name(t.text);
        if (!is_word && t.kind != token_kind::quoted_identifier && t.kind != token_kind::string) {
            fail(std::string("expected ") + what);
        }
        ++position_;
        return keep(unquote(t.text));
    }

    /// Takes `name` or `schema.name`; the schema is left out, as SQLite does when it stores a statement.
    std::string_view object_name(const char* what) {
        const std::string_view first = name(what);
        return accept(".") ? name(what) : first;
    }

    /// Gives the text from one token up to, not including, another one.
    std::string_view slice(std::size_t first, std::size_t end) const noexcept {
        if (first >= end) return {};
        const std::size_t from = tokens_[first].offset;
        const token& last = tokens_[end - 1];
        return text_.substr(from, last.offset + last.text.size() - from);
    }
    std::string_view keep_slice(std::size_t first, std::size_t end) { return keep(slice(first, end)); }
    std::string_view keep(std::string_view text) { return kept_->keep(text); }

    const model::vector<token>& tokens() const noexcept { return tokens_; }

    /// Skips to the parenthesis that closes the one just taken and takes it.
    /// shape: the position of the closing parenthesis
    std::size_t skip_parentheses() {
        const std::size_t opened = position_ - 1;
        for (int depth = 1; !at_end(); ++position_) {
            if (peek().is("(")) ++depth;
            if (peek().is(")") && --depth == 0) return position_++;
        }
        position_ = opened;
        fail("this parenthesis is not closed");
    }

    /// Takes an expression in parentheses, without them.
    std::string_view parenthesised() {
        expect("(");
        const std::size_t first = position_;
        const std::size_t close = skip_parentheses();
        return keep_slice(first, close);
    }

    /// errors: S235 syntax error
    [[noreturn]] void fail(const std::string& expected) const {
        const token t = peek();
        const text_position place = position_of(text_, t.offset);
        const std::string found = t.kind == token_kind::end ? "the end of the text" : "\"" + std::string(t.text) + "\"";
        throw error({.code = "S235",
                     .what_happened = "SQL syntax error at line " + std::to_string(place.line) + ", column " +
                                      std::to_string(place.column) + ": " + expected + ", found " + found,
                     .sql = std::string(text_.substr(line_start(t.offset), 200)),
                     .advice = "correct the statement"});
    }

private:
    static bool is_reserved_as_name(std::string_view word) noexcept {
        for (const std::string_view allowed :
             {"TRUE", "FALSE", "IF", "CAST", "RAISE", "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "INDEXED"}) {
            if (model::same_name(allowed, word)) return false;
        }
        return is_reserved_in_expression(word);
    }

    std::size_t line_start(std::size_t offset) const noexcept {
        const std::size_t newline = offset == 0 ? std::string_view::npos : text_.rfind('\n', offset - 1);
        return newline == std::string_view::npos ? 0 : newline + 1;
    }

    std::string_view text_;
    model::vector<token> tokens_;
    model::text_arena* kept_;
    std::size_t position_ = 0;
};

} // namespace autopack_schema::sql::sqlite::detail
