// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/backup.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/copy_report.hpp>
#include <autopack_schema/db/sqlite/detail/compare_copy.hpp>
#include <autopack_schema/db/sqlite/detail/publish.hpp>
#include <autopack_schema/db/sqlite/integrity.hpp>
#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/error.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace autopack_schema::sqlite {

namespace detail {

/// Refuses a name that is taken, or that old leftovers of SQLite would be taken to belong to.
inline void require_free(sqlite3_vfs* vfs, const std::string& path) {
    if (file_exists(vfs, path)) refuse_existing(path);
    for (const std::string_view suffix : {"-journal", "-wal"})
        if (file_exists(vfs, path + std::string(suffix))) refuse_existing(path + std::string(suffix));
}

/// A read transaction of the source, unless it is in one: what is copied is what is counted.
inline std::optional<transaction> hold_still(connection& source) {
    if (source.in_transaction()) return std::nullopt;
    std::optional<transaction> reading(std::in_place, source, transaction_kind::deferred);
    source.execute("SELECT 1 FROM main.sqlite_schema LIMIT 1"); // DEFERRED reads nothing by itself
    return reading;
}

} // namespace detail

/// Copies a database to a new file and checks the copy: integrity_check, and the rows of every table against the
/// source as it was at one moment. In WAL mode others may write meanwhile, with a rollback journal they wait.
/// The file appears under its name only when it is complete; after an error or a kill there is none.
/// errors: S230 the file exists, S231 the check failed, S206 cannot be made, S211 disk full, S225 the source is
///         in the middle of a change (copy through a second connection), and those of backup_to()
template <class Progress = no_progress>
copy_report backup_to_file(connection& source, std::string_view path, Progress&& progress = {},
                           backup_options options = {}) {
    sqlite3_vfs* vfs = detail::find_vfs(nullptr);
    const std::string target = detail::absolute_path(vfs, std::string(path));
    detail::require_free(vfs, target);
    if (!source.is_open()) detail::raise(source.handle(), SQLITE_MISUSE);
    const std::optional<transaction> reading = detail::hold_still(source);
    detail::partial_file file(target, source.name() == ":memory:" ? std::string() : source.name());
    {
        connection destination = connection::open_file(file.path(), {.mode = open_mode::read_write});
        backup_to(source, destination, progress, options);
    }
    copy_report report;
    {
        connection copy = connection::open_file(file.path(), {.mode = open_mode::read_only});
        report = detail::compare_copy(source, copy);
    }
    file.publish();
    report.path = target;
    return report;
}

/// Puts the content of a backup file in the place of a whole database, in one transaction: after an error or a
/// kill the destination is as before. What was there is gone: back it up first.
/// errors: S232 the file has no table and nothing to restore, S231 it is damaged, S225 the destination is in a
///         transaction, S209 others use it, S205 to S208 the file
template <class Progress = no_progress>
copy_report restore_from_file(connection& destination, std::string_view path, Progress&& progress = {},
                              backup_options options = {}) {
    connection source =
        connection::open_file(path, {.mode = open_mode::read_only, .busy_timeout_ms = destination.busy_timeout_ms()});
    const std::optional<transaction> reading = detail::hold_still(source);
    if (source.query_int("SELECT count(*) FROM main.sqlite_schema") == 0)
        throw error(
            {.code = "S232",
             .what_happened = "the backup is an empty database",
             .database = source.name(),
             .advice = "check the name of the backup; delete the database file itself if an empty one is wanted"});
    const integrity_report integrity = check_integrity(source);
    if (!integrity.is_sound())
        detail::refuse_copy(source.name(), "the backup is damaged: " + integrity.damage.front(), "take another backup");
    const bool other_pages = destination.query_int("PRAGMA page_size") != source.query_int("PRAGMA page_size");
    if (other_pages && !destination.in_transaction() && destination.query_text("PRAGMA journal_mode") == "wal")
        destination.execute("PRAGMA journal_mode=DELETE"); // the page size of a WAL database cannot change
    backup_to(source, destination, progress, options);
    return detail::compare_copy(source, destination);
}

} // namespace autopack_schema::sqlite
