// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/inspect/detail/assemble.hpp>
#include <autopack_schema/inspect/detail/elsewhere.hpp>
#include <autopack_schema/inspect/detail/read_catalog.hpp>
#include <autopack_schema/inspect/detail/stored_text.hpp>
#include <autopack_schema/inspect/options.hpp>
#include <autopack_schema/model/snapshot.hpp>

namespace autopack_schema {

/// Reads the whole schema of a database: its `main` part, without the tables of SQLite itself and without the shadow
/// tables of virtual ones.
/// shape:  one read transaction (a savepoint, so also inside of one that is open), a fixed number of statements
///         whatever the number of tables; no expression of the database is evaluated and nothing is written. What
///         could not be understood is kept in `others`, with its text and the reason.
/// errors: S208 damaged, S209 locked and what else SQLite answers
inline model::snapshot inspect(sqlite::connection& database, const inspect_options& options = {}) {
    sqlite::savepoint reading(database, "autopack_schema_inspect");
    detail::catalog seen = detail::catalog_reader(database).read();
    if (options.other_databases) detail::list_elsewhere(database, seen);
    const detail::stored_texts texts(seen);
    model::snapshot result = detail::assembler(seen, texts).assemble();
    reading.release();
    return result;
}

} // namespace autopack_schema
