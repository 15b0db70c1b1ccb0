// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/header_only.hpp>
#include <autopack_schema/inspect/options.hpp>
#include <autopack_schema/model/snapshot.hpp>

namespace autopack_schema {

/// Reads the whole schema of a database: its `main` part, without the tables of SQLite itself and without the shadow
/// tables of virtual ones.
/// shape:  one read transaction (a savepoint, so also inside of one that is open), a fixed number of statements
///         whatever the number of tables; no expression of the database is evaluated and nothing is written. What
///         could not be understood is kept in `others`, with its text and the reason.
/// errors: S208 damaged, S209 locked and what else SQLite answers
AUTOPACK_SCHEMA_FUNCTION model::snapshot inspect(sqlite::connection& database, const inspect_options& options = {});

} // namespace autopack_schema

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/inspect/body/sqlite.hpp>
#endif
