// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/inspect/detail/script.hpp>
#include <autopack_schema/inspect/sql_text.hpp>
#include <autopack_schema/inspect/sqlite.hpp>

#include <sqlite3.h>

namespace autopack_schema {

namespace detail {

/// Stops a script that computes without end (a CREATE TABLE … AS over an endless query).
inline int count_down(void* left) { return --*static_cast<int*>(left) < 0 ? 1 : 0; }

} // namespace detail

AUTOPACK_SCHEMA_FUNCTION sqlite::connection scratch_database(std::string_view text) {
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

AUTOPACK_SCHEMA_FUNCTION model::snapshot inspect_sql(std::string_view text, const inspect_options& options) {
    sqlite::connection scratch = scratch_database(text);
    return inspect(scratch, options);
}

} // namespace autopack_schema
