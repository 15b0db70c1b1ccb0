// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/name.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace autopack_schema::sql {

/// What a token is. Keywords are identifiers: whether a word is a keyword depends on its place.
enum class token_kind : std::uint8_t {
    end,               ///< behind the last token; empty
    identifier,        ///< bare word
    quoted_identifier, ///< "x", `x` or [x], with its quotes
    string,            ///< 'x', with its quotes; in PostgreSQL also E'x' and $$x$$
    blob,              ///< x'ab', with all its characters
    integer,           ///< 12 or 0xff
    real,              ///< 1.5, .5, 1e3
    parameter,         ///< ?1, :name, @name, $name
    punctuation,       ///< operators, parentheses, comma, semicolon, dot
    space,
    comment,
    invalid, ///< what no SQL begins with, an unterminated quote, a malformed number or blob
};

/// A piece of a text.
struct token {
    token_kind kind = token_kind::end;
    std::string_view text{};
    std::size_t offset = 0; ///< of the first byte in the text

    /// Tells whether this is the operator or the punctuation mark.
    constexpr bool is(std::string_view mark) const noexcept { return kind == token_kind::punctuation && text == mark; }

    /// Tells whether this is the bare word, in whatever case.
    constexpr bool is_word(std::string_view word) const noexcept {
        return kind == token_kind::identifier && model::same_name(text, word);
    }

    constexpr bool is_trivia() const noexcept { return kind == token_kind::space || kind == token_kind::comment; }

    constexpr bool is_name() const noexcept {
        return kind == token_kind::identifier || kind == token_kind::quoted_identifier;
    }

    friend constexpr bool operator==(const token&, const token&) = default;
};

} // namespace autopack_schema::sql
