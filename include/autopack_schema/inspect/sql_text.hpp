// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/inspect/detail/script.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema/model/snapshot.hpp>

#include <sqlite3.h>

#include <string_view>

namespace autopack_schema {

namespace detail {

/// Stops a script that computes without end (a CREATE TABLE … AS over an endless query).
inline int count_down(void* left) { return --*static_cast<int*>(left) < 0 ? 1 : 0; }

} // namespace detail

/// Makes the schema that a text of SQL statements describes, in a scratch database in memory: CREATE, ALTER and DROP
/// are run, rows, queries and settings are left out.
/// errors: S234 or S215 a statement reaches out of the database (ATTACH, load_extension, files); S215, S222 and what
///         else SQLite finds, with line and column
inline sqlite::connection scratch_database(std::string_view text) {
    sqlite::connection scratch = sqlite::connection::memory();
    scratch.execute("PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF");
    int left = 200;
    constexpr int steps = 1'000'000;
    sqlite3_progress_handler(scratch.handle(), steps, detail::count_down, &left);
    sqlite3_set_authorizer(scratch.handle(), detail::authorize_scratch, nullptr);
    detail::run_schema_script(scratch, text);
    if (scratch.in_transaction()) scratch.execute("COMMIT");
    sqlite3_set_authorizer(scratch.handle(), nullptr, nullptr);
    sqlite3_progress_handler(scratch.handle(), 0, nullptr, nullptr);
    return scratch;
}

/// Reads the schema that a text of SQL statements describes, such as a `.sql` file or a dump.
/// shape: as `inspect` of the database that the text makes
inline model::snapshot inspect_sql(std::string_view text, const inspect_options& options = {}) {
    sqlite::connection scratch = scratch_database(text);
    return inspect(scratch, options);
}

} // namespace autopack_schema
