// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/detail/columns.hpp>
#include <autopack_schema/schemas/run_metadata/versions.hpp>
#include <autopack_schema/sql/sqlite/render_schema.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace autopack_schema::ops {

/// What a file of run metadata is.
enum class metadata_layout : std::uint8_t {
    empty, ///< no table at all
    v1,    ///< runs without a schema_version
    v2,    ///< runs with one, in whatever layout
    other  ///< somebody else's database
};

/// Tells what a file is, by the names of its columns.
inline metadata_layout layout_of(sqlite::connection& database) {
    const std::vector<std::string> columns = detail::columns_of(database, "runs");
    if (columns.empty()) {
        return database.query_int("SELECT COUNT(*) FROM sqlite_schema") == 0 ? metadata_layout::empty
                                                                             : metadata_layout::other;
    }
    if (!detail::has_column(columns, "run_id")) return metadata_layout::other;
    return detail::has_column(columns, "schema_version") ? metadata_layout::v2 : metadata_layout::v1;
}

/// Refuses somebody else's database.
/// errors: S432
inline void require_metadata(sqlite::connection& database) {
    const metadata_layout layout = layout_of(database);
    if (layout == metadata_layout::v1 || layout == metadata_layout::v2) return;
    throw error({.code = "S432",
                 .what_happened =
                     layout == metadata_layout::empty ? "the database is empty" : "this is no database of run metadata",
                 .table = "runs",
                 .database = database.name(),
                 .advice = "check the path: DATABASE_URL=sqlite:///metadata/runs.db is the usual one; the "
                           "orchestrator's database also "
                           "has a table runs, but without run_id"});
}

namespace detail {

/// Makes the tables of version 2 that are missing, within a transaction.
inline void create_v2_tables(sqlite::connection& database) {
    const model::schema& wanted = schemas::run_metadata::v2::version.model();
    for (const std::string& statement : sql::sqlite::create_statements(wanted, {.if_not_exists = true}))
        database.execute(statement);
}

} // namespace detail

/// Makes the tables of version 2 that are missing.
inline void make_v2_tables(sqlite::connection& database) {
    sqlite::transaction transaction(database);
    detail::create_v2_tables(database);
    transaction.commit();
}

} // namespace autopack_schema::ops
