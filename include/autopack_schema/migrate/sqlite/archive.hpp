// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/backup_file.hpp>
#include <autopack_schema/db/sqlite/integrity.hpp>
#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/sqlite/detail/alone.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace autopack_schema::migrate::sqlite {

/// What was put aside.
struct archive_result {
    std::string archive{}; ///< its path
    std::int64_t rows = 0; ///< in all of its tables
    std::int64_t tables = 0;
};

/// Opens a database that nobody else can open until the connection is closed: also not between two transactions.
/// shape:  with a rollback journal from now on, for a write-ahead log has no such lock
/// errors: S209 others use it
inline connection open_alone(std::string_view path) {
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

/// Puts the content of a database aside and starts an empty database of a schema in its place; on a connection of
/// `open_alone`.
/// shape:  at every moment, also after a kill, the file is the old database or the new one, and the archive is missing or
///         complete; what was killed between is finished by the next call. The file itself stays the same file: renaming a
///         database that others have open would mix up their journals.
/// errors: S408 there is another archive, S230 to S231, S211 the disk is full
inline archive_result archive(connection& alone, std::string_view archive_path, const model::schema& schema) {
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

/// The same for the file of a database.
/// errors: S209 others use it, and those above
inline archive_result archive(std::string_view database_path, std::string_view archive_path,
                              const model::schema& schema) {
    auto alone = open_alone(database_path);
    return archive(alone, archive_path, schema);
}

} // namespace autopack_schema::migrate::sqlite
