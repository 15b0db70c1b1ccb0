// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/header_only.hpp>
#include <autopack_schema/model/snapshot.hpp>

#include <string_view>

namespace autopack_schema::sql::sqlite {

/// Reads a file of statements into a schema, without a database.
/// shape:  indexes whose table is not there are listed as not understood
/// errors: S235 syntax error with line and column, S236 something is created twice
AUTOPACK_SCHEMA_FUNCTION model::snapshot parse(std::string_view text);

} // namespace autopack_schema::sql::sqlite

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/sql/sqlite/body/ddl_parser.hpp>
#endif
