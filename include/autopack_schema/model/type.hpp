// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace autopack_schema::model {

/// What a column's values mean, whatever a database calls the type.
enum class type_kind : std::uint8_t {
    unspecified, ///< nothing declared, or a type this library does not know: `declared` says it all
    integer,
    real,
    numeric,
    text,
    blob,
    boolean,
    timestamp, ///< date and time
    date,
    time,
    json,
    any, ///< SQLite STRICT tables: any value, unconverted
};

/// The type of a column: its meaning, and its spelling where one was given.
struct data_type {
    type_kind kind = type_kind::unspecified;
    std::uint8_t bytes = 0;      ///< width of an integer or a real: 2, 4 or 8; 0 where it says nothing
    std::string_view declared{}; ///< as written; empty: the dialect's own spelling of `kind`

    friend constexpr bool operator==(const data_type&, const data_type&) = default;
};

} // namespace autopack_schema::model
