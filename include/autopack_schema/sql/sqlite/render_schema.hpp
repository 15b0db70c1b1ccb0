// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/header_only.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/sql/sqlite/render_column.hpp>
#include <autopack_schema/sql/sqlite/render_object.hpp>
#include <autopack_schema/sql/sqlite/render_options.hpp>
#include <autopack_schema/sql/sqlite/render_table.hpp>

#include <string>
#include <vector>

namespace autopack_schema::sql::sqlite {

/// Writes all statements that make a schema, in an order in which they can be run: tables with their indexes, parents
/// first, then views, then triggers.
/// shape:  statements without semicolons at their ends
/// errors: S237, S238 a name or a text that cannot be written
AUTOPACK_SCHEMA_FUNCTION std::vector<std::string> create_statements(const model::schema& s, const render_options& options = {});

/// Writes a schema as a text of statements.
/// shape:  each statement with a semicolon and a line end; what the model could not express is named in comments
/// errors: S237, S238 a name or a text that cannot be written
AUTOPACK_SCHEMA_FUNCTION std::string ddl(const model::schema& s, const render_options& options = {});

} // namespace autopack_schema::sql::sqlite

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/sql/sqlite/body/render_schema.hpp>
#endif
