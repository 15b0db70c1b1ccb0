// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/inspect/detail/assemble.hpp>
#include <autopack_schema/inspect/detail/elsewhere.hpp>
#include <autopack_schema/inspect/detail/read_catalog.hpp>
#include <autopack_schema/inspect/detail/stored_text.hpp>
#include <autopack_schema/inspect/sqlite.hpp>

namespace autopack_schema {

AUTOPACK_SCHEMA_FUNCTION model::snapshot inspect(sqlite::connection& database, const inspect_options& options) {
    sqlite::savepoint reading(database, "autopack_schema_inspect");
    detail::catalog seen = detail::catalog_reader(database).read();
    if (options.other_databases) detail::list_elsewhere(database, seen);
    const detail::stored_texts texts(seen);
    model::snapshot result = detail::assembler(seen, texts).assemble();
    reading.release();
    return result;
}

} // namespace autopack_schema
