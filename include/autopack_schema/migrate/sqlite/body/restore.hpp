// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/backup_file.hpp>
#include <autopack_schema/db/sqlite/integrity.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/sqlite/body/backup.hpp>
#include <autopack_schema/migrate/sqlite/detail/utc_time.hpp>
#include <autopack_schema/migrate/sqlite/restore.hpp>

#include <filesystem>
#include <system_error>

namespace autopack_schema::migrate::sqlite {

namespace detail {

inline std::string name_before_restore(const std::string& path) {
    return path + ".before-restore-" + utc_time("%Y%m%dT%H%M%SZ");
}

/// Moves a file that is no sound database out of the way, with the files that belong to it: SQLite would take a journal
/// or a write-ahead log that stays behind for one of the restored database.
inline std::string move_aside(const std::string& path) {
    const std::string target = name_before_restore(path);
    for (const std::string_view suffix : {"-journal", "-wal", "-shm", ""}) {
        const std::filesystem::path from(path + std::string(suffix));
        if (!std::filesystem::exists(from)) continue;
        std::error_code failed;
        std::filesystem::rename(from, std::filesystem::path(target + std::string(suffix)), failed);
        if (failed)
            throw error({.code = "S398",
                         .what_happened = "the damaged database could not be moved: " + failed.message(),
                         .database = path,
                         .advice = "stop the programs that use it, and check the permissions of its folder"});
    }
    return target;
}

/// Copies what is there; false where it cannot be read at all.
inline bool copy_replaced(const std::string& path, autopack_schema::sqlite::open_mode mode, std::string& kept,
                          const progress_callback& report) {
    try {
        auto source = connection::open_file(path, {.mode = mode});
        kept = copy_to_free_name(source, name_before_restore(path), page_reporter(report, nullptr)).path;
        return true;
    } catch (const error& e) {
        if (e.code() == "S210" &&
            mode == autopack_schema::sqlite::open_mode::read_only) { // a journal to be rolled back
            return copy_replaced(path, autopack_schema::sqlite::open_mode::read_write, kept, report);
        }
        if (e.code() != "S207" && e.code() != "S208" && e.code() != "S231") throw;
        return false;
    }
}

/// Backs up what is there; a file that cannot even be read is moved.
/// shape:  read-only first: a connection that may write removes the write-ahead log of a file that is no database
inline std::string keep_replaced(const std::string& path, const progress_callback& report) {
    std::string kept;
    const bool copied = copy_replaced(path, autopack_schema::sqlite::open_mode::read_only, kept, report);
    return copied ? kept : move_aside(path);
}

} // namespace detail

AUTOPACK_SCHEMA_FUNCTION restore_result restore(std::string_view backup_path, std::string_view database_path,
                              const progress_callback& report) {
    restore_result result;
    const std::string path(database_path);
    { // a bad backup must not cost the database its place
        auto source = connection::open_file(backup_path, {.mode = autopack_schema::sqlite::open_mode::read_only});
        if (!autopack_schema::sqlite::check_integrity(source).is_sound()) {
            throw error({.code = "S231",
                         .what_happened = "the backup is damaged",
                         .database = source.name(),
                         .advice = "take another backup"});
        }
    }
    if (std::filesystem::exists(std::filesystem::path(path))) result.replaced = detail::keep_replaced(path, report);
    auto destination = connection::open_file(path, {.mode = autopack_schema::sqlite::open_mode::create});
    // SQLite shortens a file after it has deleted the journal: that must not come back when the power goes.
    destination.execute("PRAGMA synchronous=EXTRA");
    result.restored =
        autopack_schema::sqlite::restore_from_file(destination, backup_path, detail::page_reporter(report, nullptr));
    return result;
}

} // namespace autopack_schema::migrate::sqlite
