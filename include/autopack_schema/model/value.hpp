// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace autopack_schema::model {

/// What stands behind DEFAULT.
enum class default_kind : std::uint8_t {
    none,       ///< no DEFAULT clause
    null,       ///< DEFAULT NULL
    integer,    ///< `integer`; TRUE and FALSE are 1 and 0
    real,       ///< `real`
    text,       ///< `text`, unquoted
    blob,       ///< `text` holds the bytes in hexadecimal
    expression, ///< `text` is SQL, without enclosing parentheses; CURRENT_TIMESTAMP is one
};

/// A column's default: a literal as a value, anything else as SQL.
struct default_value {
    default_kind kind = default_kind::none;
    std::int64_t integer = 0;
    double real = 0.0;
    std::string_view text{};

    constexpr bool present() const noexcept { return kind != default_kind::none; }
    friend constexpr bool operator==(const default_value&, const default_value&) = default;
};

} // namespace autopack_schema::model
