// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/type.hpp>
#include <autopack_schema/sql/sqlite/affinity.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace autopack_schema::sql::sqlite {

namespace detail {

/// The first word of a declared type, as far as letters, digits and underscores go.
constexpr std::string_view first_word(std::string_view declared) noexcept {
    const std::string_view type = effective_type(declared);
    std::size_t size = 0;
    while (size < type.size() && sql::detail::is_word_part(type[size])) ++size;
    return type.substr(0, size);
}

struct known_type {
    std::string_view word;
    model::type_kind kind;
    std::uint8_t bytes;
};

inline constexpr known_type known_types[] = {
    {"INTEGER", model::type_kind::integer, 0},     {"INT", model::type_kind::integer, 0},
    {"BIGINT", model::type_kind::integer, 8},      {"INT8", model::type_kind::integer, 8},
    {"SMALLINT", model::type_kind::integer, 2},    {"INT2", model::type_kind::integer, 2},
    {"TINYINT", model::type_kind::integer, 2},     {"MEDIUMINT", model::type_kind::integer, 4},
    {"REAL", model::type_kind::real, 0},           {"DOUBLE", model::type_kind::real, 8},
    {"FLOAT", model::type_kind::real, 0},          {"NUMERIC", model::type_kind::numeric, 0},
    {"DECIMAL", model::type_kind::numeric, 0},     {"TEXT", model::type_kind::text, 0},
    {"CLOB", model::type_kind::text, 0},           {"VARCHAR", model::type_kind::text, 0},
    {"NVARCHAR", model::type_kind::text, 0},       {"CHAR", model::type_kind::text, 0},
    {"CHARACTER", model::type_kind::text, 0},      {"NCHAR", model::type_kind::text, 0},
    {"BLOB", model::type_kind::blob, 0},           {"BOOLEAN", model::type_kind::boolean, 0},
    {"BOOL", model::type_kind::boolean, 0},        {"DATETIME", model::type_kind::timestamp, 0},
    {"TIMESTAMP", model::type_kind::timestamp, 0}, {"DATE", model::type_kind::date, 0},
    {"TIME", model::type_kind::time, 0},           {"JSON", model::type_kind::json, 0},
};

} // namespace detail

/// Gives what a declared type means; one that this library does not know is `unspecified`, with its text.
/// shape: FLOATING POINT and the like, whose affinity says something else than their name, are not taken for it
constexpr model::data_type data_type_of(std::string_view declared, bool strict = false) noexcept {
    model::data_type type{.declared = declared};
    const std::string_view word = detail::first_word(declared);
    if (strict && model::same_name(word, "ANY")) type.kind = model::type_kind::any;
    for (const detail::known_type& known : detail::known_types) {
        if (!model::same_name(known.word, word)) continue;
        if (affinity_of(declared) != affinity_of(known.word)) continue;
        type.kind = known.kind;
        type.bytes = known.bytes;
    }
    return type;
}

} // namespace autopack_schema::sql::sqlite
