// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/copy_report.hpp>
#include <autopack_schema/header_only.hpp>

#include <string>

namespace autopack_schema::sqlite::detail {

/// Says that a copy or a backup is not what it should be.
/// errors: S231
[[noreturn]] AUTOPACK_SCHEMA_FUNCTION void refuse_copy(const std::string& where, std::string what, std::string advice);

/// Checks that a copy is sound and has the rows of its source, which must not change meanwhile.
/// errors: S231
AUTOPACK_SCHEMA_FUNCTION copy_report compare_copy(connection& source, connection& copy);

} // namespace autopack_schema::sqlite::detail

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/db/sqlite/body/compare_copy.hpp>
#endif
