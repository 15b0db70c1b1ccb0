// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/backup_file.hpp>
#include <autopack_schema/db/sqlite/detail/count_rows.hpp>
#include <autopack_schema/db/sqlite/integrity.hpp>
#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/sqlite/archive.hpp>
#include <autopack_schema/migrate/sqlite/detail/alone.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <filesystem>
#include <system_error>

namespace autopack_schema::migrate::sqlite {

AUTOPACK_SCHEMA_FUNCTION connection open_alone(std::string_view path) {
    auto database = connection::open_file(path, {.foreign_keys = false});
    database.execute("PRAGMA journal_mode=DELETE"); // fails while others use it
    database.execute("PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=EXTRA");
    database.execute("BEGIN EXCLUSIVE; COMMIT"); // the lock is taken here, and kept
    return database;
}

namespace detail {

/// Makes the archive, or finds that it was made already by a program that was killed before its next step.
/// errors: S408 there is an archive with another content
inline void make_archive(connection& alone, const std::filesystem::path& archive) {
    std::error_code ignored;
    if (!std::filesystem::exists(archive, ignored)) {
        remove_partial_copies(archive);
        autopack_schema::sqlite::backup_to_file(alone, archive.string()); // checked; never over another file
        return;
    }
    auto there = connection::open_file(archive.string(), {.mode = autopack_schema::sqlite::open_mode::read_only});
    if (content_number(there) == content_number(alone)) return;
    throw error({.code = "S408",
                 .what_happened = "there is an archive with another content already: " + archive.string(),
                 .database = alone.name(),
                 .advice = "an archive is never overwritten: move it away"});
}

} // namespace detail

AUTOPACK_SCHEMA_FUNCTION archive_result archive(connection& alone, std::string_view archive_path, const model::schema& schema) {
    archive_result done{.archive = std::string(archive_path)};
    for (const auto& [table, rows] : autopack_schema::sqlite::detail::count_rows(alone)) {
        if (table == "sqlite_schema") continue;
        done.rows += rows;
        ++done.tables;
    }
    detail::make_archive(alone, std::filesystem::path(done.archive));
    autopack_schema::sqlite::transaction change(alone);
    detail::drop_everything(alone);
    for (const std::string& statement : sql::sqlite::create_statements(schema)) alone.execute(statement);
    change.commit();
    return done;
}

AUTOPACK_SCHEMA_FUNCTION archive_result archive(std::string_view database_path, std::string_view archive_path,
                              const model::schema& schema) {
    auto alone = open_alone(database_path);
    return archive(alone, archive_path, schema);
}

} // namespace autopack_schema::migrate::sqlite
