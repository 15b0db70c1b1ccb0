// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/url.hpp>
#include <autopack_schema/header_only.hpp>
#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/migrate/run_options.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>

namespace autopack_schema::migrate::sqlite {

/// Brings a database to a schema: plan, lock, plan again, ask the rows, backup, apply, verify, record, commit.
/// shape:  all or nothing in one transaction; the connection's settings are as before afterwards. Where there is nothing
///         to do nothing is written. A second run has nothing to do. `chain`: the migrations that lead to the target,
///         oldest first; the database may be at any of their versions or between them. With `batch_rows` columns are
///         filled in transactions of so many rows before the rest is done in one; what was begun so is gone on with.
/// errors: `refused` with all that stands in the way (S370 to S378, S380, S392); S379 the connection cannot be used;
///         S209 another program is writing; S383 to S385 the result is not what was wanted; S386, S387, S396; S404 a step in
///         C++ failed; S406, S407 batches
AUTOPACK_SCHEMA_FUNCTION run_result run(connection& database, const model::schema& target, model::items<migration_view> chain = {},
                      const run_options& options = {});

/// The same on a connection of its own.
AUTOPACK_SCHEMA_FUNCTION run_result run(const db::url& where, const model::schema& target, model::items<migration_view> chain = {},
                      const run_options& options = {});

} // namespace autopack_schema::migrate::sqlite

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/migrate/sqlite/body/run.hpp>
#endif
