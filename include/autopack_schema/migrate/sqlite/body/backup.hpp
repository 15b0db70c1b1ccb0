// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/backup_file.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/run_options.hpp>
#include <autopack_schema/migrate/sqlite/backup.hpp>
#include <autopack_schema/migrate/sqlite/detail/utc_time.hpp>
#include <autopack_schema/migrate/sqlite/detail/watcher.hpp>

#include <sqlite3.h>

#include <string>

namespace autopack_schema::migrate::sqlite {

namespace detail {

/// Copies to the first free one of `path`, `path-2`, `path-3`, …: a backup is never overwritten.
template <class Progress>
copy_report copy_to_free_name(connection& source, const std::string& path, Progress&& progress) {
    for (int attempt = 1;; ++attempt) {
        try {
            return autopack_schema::sqlite::backup_to_file(
                source, attempt == 1 ? path : path + "-" + std::to_string(attempt), progress);
        } catch (const error& e) {
            if (e.code() != "S230" || attempt == 1000) throw;
        }
    }
}

/// Reports a copy's pages as progress, and stops it when that is wanted.
inline auto page_reporter(const progress_callback& report, const stop_flag* stop) {
    return [&report, stop](const autopack_schema::sqlite::backup_progress& p) {
        if (stop != nullptr && stop->load())
            throw error({.code = "S387", .what_happened = "the backup was stopped", .advice = "nothing was changed"});
        if (report) report({"backup", p.done_pages(), p.total_pages, 0, 0});
    };
}

/// The VFS of a connection, null for the default: another one would not see its locks.
inline const char* vfs_of(const connection& database) {
    sqlite3_vfs* vfs = nullptr;
    sqlite3_file_control(database.handle(), "main", SQLITE_FCNTL_VFS_POINTER, &vfs);
    return vfs == nullptr || vfs == sqlite3_vfs_find(nullptr) ? nullptr : vfs->zName;
}

/// Copies a database that this process has locked: through a second connection, which sees it as it was before.
inline std::string backup_before_change(connection& database, const run_options& options, watcher&) {
    auto source = connection::open_file(database.name(), {.mode = autopack_schema::sqlite::open_mode::read_only,
                                                          .busy_timeout_ms = options.busy_timeout_ms,
                                                          .vfs = vfs_of(database)});
    const auto progress = page_reporter(options.on_progress, options.stop);
    if (!options.backup_path.empty())
        return autopack_schema::sqlite::backup_to_file(source, options.backup_path, progress).path;
    return copy_to_free_name(source, database.name() + ".backup-" + utc_time("%Y%m%dT%H%M%SZ"), progress).path;
}

} // namespace detail

AUTOPACK_SCHEMA_FUNCTION copy_report backup(connection& source, std::string_view path, const progress_callback& report) {
    const auto progress = detail::page_reporter(report, nullptr);
    if (!path.empty()) return autopack_schema::sqlite::backup_to_file(source, path, progress);
    return detail::copy_to_free_name(source, source.name() + ".backup-" + detail::utc_time("%Y%m%dT%H%M%SZ"), progress);
}

} // namespace autopack_schema::migrate::sqlite
