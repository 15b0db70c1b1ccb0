// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/column.hpp>
#include <autopack_schema/define/default_value.hpp>

namespace autopack_schema::schemas::autopack::detail {

// The spellings of the ORM that made the files.
inline constexpr auto varchar = type("VARCHAR");
inline constexpr auto text = type("TEXT");
inline constexpr auto datetime = type("DATETIME");
inline constexpr auto float_ = type("FLOAT");
inline constexpr auto json = type("JSON");

// The spellings of the SQL migrations 002 to 004.
inline constexpr auto timestamp_ = type("TIMESTAMP");
inline constexpr auto real = type("REAL");

inline constexpr auto now = default_expression("CURRENT_TIMESTAMP");
inline constexpr auto zero = default_value(0);
inline constexpr auto no = default_value(false);

} // namespace autopack_schema::schemas::autopack::detail
