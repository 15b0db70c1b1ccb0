// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/header_only.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/sql/sqlite/render_options.hpp>

#include <string>

namespace autopack_schema::sql::sqlite {

/// Writes the CREATE TABLE or CREATE VIRTUAL TABLE statement of one table.
/// shape:  one statement without a semicolon at its end, one line per column unless asked otherwise
/// errors: S237, S238 a name or an expression that cannot be written
/// source: https://sqlite.org/lang_createtable.html
AUTOPACK_SCHEMA_FUNCTION std::string create_table(const model::schema& s, const model::table& t, const render_options& options = {});

} // namespace autopack_schema::sql::sqlite

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/sql/sqlite/body/render_table.hpp>
#endif
