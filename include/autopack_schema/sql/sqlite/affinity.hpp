// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/type.hpp>
#include <autopack_schema/sql/detail/same_tokens.hpp>
#include <autopack_schema/sql/tokenizer.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace autopack_schema::sql::sqlite {

/// What a column does to the values that are stored in it.
enum class affinity : std::uint8_t { blob, text, numeric, integer, real };

namespace detail {

/// Looks for a word, given in lower case, anywhere in a text.
constexpr bool contains(std::string_view text, std::string_view word) noexcept {
    for (std::size_t i = 0; i + word.size() <= text.size(); ++i) {
        if (model::same_name(text.substr(i, word.size()), word)) return true;
    }
    return false;
}

/// What SQLite keeps of a declared type that begins with a quote: all but the first and the last character, if no other
/// quote is in it; otherwise what stands in the first quotes.
/// source: SQLite 3.40 util.c, sqlite3DequoteToken and sqlite3Dequote
constexpr std::string_view effective_type(std::string_view declared) noexcept {
    constexpr std::string_view quotes = "\"'`[";
    if (declared.size() < 2 || quotes.find(declared.front()) == std::string_view::npos) return declared;
    const std::string_view inner = declared.substr(1, declared.size() - 2);
    if (inner.find_first_of(quotes) == std::string_view::npos) return inner;
    const char open = declared.front();
    const std::size_t close = declared.find(open == '[' ? ']' : open, 1);
    return declared.substr(1, close == std::string_view::npos ? close : close - 1);
}

} // namespace detail

/// Gives the affinity of a declared type in a table that is not STRICT.
/// shape:  the first rule that fits decides: CHARINT and FLOATING POINT are integers, STRING is numeric
/// source: https://sqlite.org/datatype3.html, 3.1
constexpr affinity affinity_of(std::string_view declared_type) noexcept {
    const std::string_view declared = detail::effective_type(declared_type);
    if (detail::contains(declared, "int")) return affinity::integer;
    if (detail::contains(declared, "char") || detail::contains(declared, "clob") ||
        detail::contains(declared, "text")) {
        return affinity::text;
    }
    if (declared.empty() || detail::contains(declared, "blob")) return affinity::blob;
    if (detail::contains(declared, "real") || detail::contains(declared, "floa") ||
        detail::contains(declared, "doub")) {
        return affinity::real;
    }
    return affinity::numeric;
}

/// The type that this library writes for a kind where none is declared.
constexpr std::string_view type_name(model::type_kind kind, bool strict) noexcept {
    using enum model::type_kind;
    switch (kind) {
    case unspecified: return strict ? "ANY" : "";
    case integer: return "INTEGER";
    case real: return "REAL";
    case numeric: return strict ? "ANY" : "NUMERIC";
    case text: return "TEXT";
    case blob: return "BLOB";
    case boolean: return strict ? "INTEGER" : "BOOLEAN";
    case timestamp: return strict ? "TEXT" : "DATETIME";
    case date: return strict ? "TEXT" : "DATE";
    case time: return strict ? "TEXT" : "TIME";
    case json: return strict ? "TEXT" : "JSON";
    case any: return strict ? "ANY" : "";
    }
    return "";
}

/// The declared type of a column, or the one that this library would declare.
constexpr std::string_view declared_type(const model::data_type& type, bool strict) noexcept {
    return type.declared.empty() ? type_name(type.kind, strict) : type.declared;
}

/// Tells whether a type is exactly INTEGER, as only that makes a primary key an alias of the row number.
constexpr bool is_integer_type(std::string_view declared) noexcept {
    return model::same_name(detail::effective_type(declared), "INTEGER");
}

/// Gives the affinity of a column of some table.
/// source: https://sqlite.org/stricttables.html
constexpr affinity affinity_of(const model::data_type& type, bool strict) noexcept {
    const std::string_view declared = declared_type(type, strict);
    if (strict && model::same_name(detail::effective_type(declared), "ANY")) return affinity::blob;
    return affinity_of(declared);
}

/// Tells whether columns of two types keep the same values.
/// shape: NUMERIC and INTEGER store alike, only CAST tells them apart; in STRICT tables ANY is unlike everything else
constexpr bool same_storage(const model::data_type& a, bool a_strict, const model::data_type& b, bool b_strict) {
    const auto is_any = [](const model::data_type& type, bool strict) {
        return strict && model::same_name(detail::effective_type(declared_type(type, strict)), "ANY");
    };
    if (a_strict && b_strict && is_any(a, a_strict) != is_any(b, b_strict)) return false;
    const auto stored = [](affinity value) { return value == affinity::numeric ? affinity::integer : value; };
    return stored(affinity_of(a, a_strict)) == stored(affinity_of(b, b_strict));
}

/// Tells whether two declared types are written with the same words, numbers and marks.
constexpr bool same_type_text(std::string_view a, std::string_view b) {
    return sql::detail::same_tokens(tokenize(a), tokenize(b));
}

} // namespace autopack_schema::sql::sqlite
