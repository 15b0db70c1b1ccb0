// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/header_only.hpp>
#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/migrate/run_options.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>

namespace autopack_schema::migrate::sqlite {

/// Takes a database back to an older version: undoes the migrations in between one after the other, the last one first, in one
/// transaction, each with a line in the history; with the same checks, backup and verification as `run`.
/// shape:  where the database is, its history says, else its schema. What the definitions do not know stays. A value in a column
///         that goes is lost only where migrating up again gives it back, else it must be allowed by name. A second call has
///         nothing to do.
/// errors: `refused` with S400 a step has no undo, S401 values or rows would be lost, and those of `run`; S402 no such version;
///         S405 the database is not where its history says; S404 a step in C++ failed
AUTOPACK_SCHEMA_FUNCTION run_result downgrade(connection& database, model::items<migration_view> chain, const model::schema& to,
                            const run_options& options = {});

} // namespace autopack_schema::migrate::sqlite

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/migrate/sqlite/body/downgrade.hpp>
#endif
