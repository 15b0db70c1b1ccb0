// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/header_only.hpp>
#include <autopack_schema/model/schema.hpp>

#include <string>

namespace autopack_schema::sql::sqlite {

/// Writes a column as it stands in CREATE TABLE and behind ADD COLUMN, with the constraints that belong to it alone.
/// shape:  `name TEXT NOT NULL DEFAULT 'x'`
/// errors: S237, S238 a name or an expression that cannot be written
AUTOPACK_SCHEMA_FUNCTION std::string column_definition(const model::schema& s, const model::table& t, const model::column& c);

} // namespace autopack_schema::sql::sqlite

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/sql/sqlite/body/render_column.hpp>
#endif
