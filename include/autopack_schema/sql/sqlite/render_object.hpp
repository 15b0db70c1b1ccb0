// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/header_only.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/sql/sqlite/render_options.hpp>

#include <string>

namespace autopack_schema::sql::sqlite {

/// Writes the CREATE INDEX statement of an index.
/// shape:  one statement without a semicolon at its end; `table_name` is the table that it is made for
/// errors: S237, S238 a name or an expression that cannot be written
/// source: https://sqlite.org/lang_createindex.html
AUTOPACK_SCHEMA_FUNCTION std::string create_index(const model::schema& s, const model::table& t, const model::index& i,
                                const render_options& options = {});

/// Writes the CREATE VIEW statement of a view.
/// shape:  one statement without a semicolon at its end
/// errors: S237, S238 a name or a text that cannot be written
AUTOPACK_SCHEMA_FUNCTION std::string create_view(const model::schema& s, const model::view& v, const render_options& options = {});

/// Writes the CREATE TRIGGER statement of a trigger.
/// shape:  one statement without a semicolon at its end
/// errors: S237, S238 a name or a text that cannot be written
AUTOPACK_SCHEMA_FUNCTION std::string create_trigger(const model::trigger& t, const render_options& options = {});

} // namespace autopack_schema::sql::sqlite

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/sql/sqlite/body/render_object.hpp>
#endif
