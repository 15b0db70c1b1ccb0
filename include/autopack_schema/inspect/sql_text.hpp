// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/header_only.hpp>
#include <autopack_schema/inspect/options.hpp>
#include <autopack_schema/model/snapshot.hpp>

#include <string_view>

namespace autopack_schema {

/// Makes the schema that a text of SQL statements describes, in a scratch database in memory: CREATE, ALTER and DROP
/// are run, rows, queries and settings are left out.
/// errors: S234 or S215 a statement reaches out of the database (ATTACH, load_extension, files); S215, S222 and what
///         else SQLite finds, with line and column
AUTOPACK_SCHEMA_FUNCTION sqlite::connection scratch_database(std::string_view text);

/// Reads the schema that a text of SQL statements describes, such as a `.sql` file or a dump.
/// shape: as `inspect` of the database that the text makes
AUTOPACK_SCHEMA_FUNCTION model::snapshot inspect_sql(std::string_view text, const inspect_options& options = {});

} // namespace autopack_schema

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/inspect/body/sql_text.hpp>
#endif
