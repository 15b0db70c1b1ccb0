// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/detail/monotonic_time.hpp>
#include <autopack_schema/db/sqlite/error.hpp>

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <utility>

namespace autopack_schema::sqlite {

/// How far a copy has come.
struct backup_progress {
    int remaining_pages = 0;
    int total_pages = 0;
    int done_pages() const { return total_pages - remaining_pages; }
};

/// How a copy is made.
struct backup_options {
    int pages_per_step = 1024; ///< between two calls of the progress callback
    int timeout_ms = -1;       ///< how long to wait for a lock; below 0: the busy time-out of the source
};

/// A progress callback that does nothing.
struct no_progress {
    void operator()(const backup_progress&) const noexcept {}
};

/// SQLite's Online Backup API: copies the main database of one connection over that of another.
/// Destroyed before the end, it rolls the destination back.
/// source: https://sqlite.org/c3ref/backup_finish.html
class backup {
public:
    /// errors: S225 the source is in the middle of a change, or the destination in a transaction; S223 one is closed
    backup(connection& source, connection& destination) : source_(source.handle()), destination_(destination.handle()) {
        if (source_ == nullptr || destination_ == nullptr) detail::raise(static_cast<sqlite3*>(nullptr), SQLITE_MISUSE);
        if (sqlite3_txn_state(source_, "main") == SQLITE_TXN_WRITE)
            detail::refuse(source_, "S225", "the database cannot be copied while this connection changes it",
                           "commit or roll back first, or copy through a second connection");
        if (destination.in_transaction())
            detail::refuse(destination_, "S225", "a database cannot be copied over one that is in a transaction",
                           "commit or roll back first");
        handle_ = sqlite3_backup_init(destination_, "main", source_, "main");
        if (handle_ == nullptr) detail::raise(destination_, sqlite3_errcode(destination_));
    }
    backup(const backup&) = delete;
    backup& operator=(const backup&) = delete;
    ~backup() { sqlite3_backup_finish(handle_); }

    /// Copies up to `pages` pages (below 0: all). The result is SQLITE_OK, SQLITE_DONE, SQLITE_BUSY or SQLITE_LOCKED.
    /// errors: every other result, S211 disk full above all
    int step(int pages) {
        const int result = sqlite3_backup_step(handle_, pages);
        if (result == SQLITE_OK || result == SQLITE_DONE || (result & 0xff) == SQLITE_BUSY ||
            (result & 0xff) == SQLITE_LOCKED)
            return result & 0xff;
        raise(result);
    }
    /// Writes the last of it to the disk. Without it the destination is as before.
    void finish() {
        const int result = sqlite3_backup_finish(std::exchange(handle_, nullptr));
        if (result != SQLITE_OK) raise(result);
    }
    /// Known after the first step().
    backup_progress progress() const { return {sqlite3_backup_remaining(handle_), sqlite3_backup_pagecount(handle_)}; }

    /// Throws a result with both names.
    [[noreturn]] void raise(int result) const {
        throw detail::make_error(result, sqlite3_errstr(result), {}, database_name(destination_),
                                 "copying " + database_name(source_) + ": ");
    }

private:
    sqlite3* source_ = nullptr;
    sqlite3* destination_ = nullptr;
    sqlite3_backup* handle_ = nullptr;
};

/// Copies the main database of `source` over that of `destination`, which afterwards is equal or, after an error,
/// as before. Others may write the source meanwhile: the copy begins anew then, and after three times is made
/// in one step. `progress(backup_progress)` is called after each step; it may throw to stop.
/// errors: S209 a lock that lasts longer than the time-out, S211 disk full, S212, S225
template <class Progress = no_progress>
void backup_to(connection& source, connection& destination, Progress&& progress = {}, backup_options options = {}) {
    const int patience_ms = options.timeout_ms < 0 ? source.busy_timeout_ms() : options.timeout_ms;
    backup copy(source, destination);
    std::int64_t deadline = detail::monotonic_ms() + patience_ms;
    int pages = options.pages_per_step == 0 ? -1 : options.pages_per_step;
    int restarts = 0, last_remaining = -1;
    for (;;) {
        const int result = copy.step(pages);
        if (result == SQLITE_DONE) break;
        if (result != SQLITE_OK) {
            if (detail::monotonic_ms() >= deadline) copy.raise(result);
            sqlite3_sleep(10);
            continue;
        }
        const backup_progress now = copy.progress();
        if (last_remaining >= 0 && now.remaining_pages >= last_remaining && ++restarts == 3) pages = -1;
        last_remaining = now.remaining_pages;
        deadline = detail::monotonic_ms() + patience_ms;
        progress(now);
    }
    const backup_progress done = copy.progress();
    copy.finish();
    progress(done);
}

} // namespace autopack_schema::sqlite
