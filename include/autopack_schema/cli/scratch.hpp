// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema/model/snapshot.hpp>
#include <autopack_schema/sql/sqlite/ddl_parser.hpp>
#include <autopack_schema/sql/tokenizer.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::cli {

namespace detail {

/// What only the program that the script is written for has: then its text alone must do.
inline bool needs_extension(std::string_view message) {
    const auto has = [message](std::string_view part) { return message.find(part) != std::string_view::npos; };
    return has("no such module") || has("no such function") || has("no such collation") || has("unknown tokenizer");
}

/// Says in which line of the script a statement failed.
[[noreturn]] inline void refuse_statement(const error& failed, std::string_view script, const std::string& path) {
    error_info info = failed.info();
    const std::size_t at = info.sql.empty() ? std::string_view::npos : script.find(info.sql);
    const std::string line =
        at == std::string_view::npos ? "" : ":" + std::to_string(sql::position_of(script, at).line);
    info.code = "S458";
    info.what_happened = "a statement fails: " + info.what_happened;
    info.database = path + line;
    info.advice = "the file must run in an empty SQLite database; try it: sqlite3 :memory: < FILE";
    throw error(std::move(info));
}

} // namespace detail

/// The schema that a script of statements makes, as SQLite itself understands it: it runs in an empty database in
/// memory that cannot reach any file.
/// shape:  where it needs a module or a function that this SQLite lacks, its text is read instead
/// errors: S458 a statement fails
inline model::snapshot schema_of_script(const std::string& script, const std::string& path) {
    sqlite::connection scratch =
        sqlite::connection::open_file(":memory:", {.mode = sqlite::open_mode::create, .foreign_keys = false});
    scratch.set_limit(SQLITE_LIMIT_ATTACHED, 0); // no ATTACH and no VACUUM INTO: nothing is created on the disk
    try {
        scratch.execute(script);
        return inspect(scratch);
    } catch (const error& failed) {
        if (!detail::needs_extension(failed.info().what_happened)) detail::refuse_statement(failed, script, path);
    }
    return sql::sqlite::parse(script);
}

} // namespace autopack_schema::cli
