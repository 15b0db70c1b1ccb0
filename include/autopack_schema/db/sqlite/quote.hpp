// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/detail/enclosed.hpp>
#include <autopack_schema/error.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::sqlite {

namespace detail {

inline std::string checked(std::string_view text, char quote, std::string_view kind) {
    if (text.find('\0') != std::string_view::npos)
        throw error(
            {.code = "S224",
             .what_happened = "a " + std::string(kind) + " has a NUL character in it, where SQLite stops reading SQL",
             .advice = "remove it, or bind the value as a parameter"});
    return autopack_schema::detail::enclosed(text, quote);
}

} // namespace detail

/// A name as SQL: in double quotes, quotes inside doubled, so that no name can be anything else.
/// errors: S224 a NUL character, which SQL text cannot hold
inline std::string quote_identifier(std::string_view name) { return detail::checked(name, '"', "name"); }

/// A text as an SQL literal, for the few places that take no parameter (PRAGMA, ATTACH, DDL).
/// errors: S224 a NUL character, which SQL text cannot hold
inline std::string quote_text(std::string_view text) { return detail::checked(text, '\'', "text"); }

} // namespace autopack_schema::sqlite
