// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/type.hpp>
#include <autopack_schema/sql/tokenizer.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

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

} // namespace detail

/// Gives the affinity of a declared type.
/// shape:  the first rule that fits decides: CHARINT and FLOATING POINT are integers, STRING is numeric
/// source: https://sqlite.org/datatype3.html, 3.1
constexpr affinity affinity_of(std::string_view declared) noexcept {
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

} // namespace autopack_schema::sql::sqlite
