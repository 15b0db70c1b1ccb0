// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/detail/file.hpp>

#include <sqlite3.h>

#include <string>

namespace autopack_schema::sqlite::detail {

/// A read-only connection to a WAL database makes an empty -wal and a -shm file and, being read-only, cannot
/// remove them. This remembers that they were not there before.
struct wal_leftovers {
    std::string path; ///< of the database; empty when there is nothing to tidy up
};

/// Lets SQLite itself remove an empty -wal and the -shm file that our reading made: a connection that may write
/// does so when it is the last to close. With other connections there nothing happens; the database file is not
/// written, for an empty -wal has nothing to bring into it.
inline void tidy_up(const std::string& path) {
    const file_state wal = state_of(path + "-wal");
    if (!wal.exists || wal.size != 0) return;
    sqlite3* writer = nullptr;
    if (sqlite3_open_v2(path.c_str(), &writer, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK &&
        sqlite3_db_readonly(writer, "main") == 0)
        sqlite3_exec(writer, "SELECT 1 FROM sqlite_schema LIMIT 1", nullptr, nullptr, nullptr);
    sqlite3_close_v2(writer);
}

/// Closes a connection; statements that are still open keep the handle alive until they go.
inline void close(sqlite3* handle, const wal_leftovers& leftovers) noexcept {
    if (handle == nullptr) return;
    const bool last = sqlite3_next_stmt(handle, nullptr) == nullptr;
    sqlite3_close_v2(handle);
    if (!last || leftovers.path.empty()) return;
    try {
        tidy_up(leftovers.path);
    } catch (...) { // no memory for a name: the empty files stay, which is harmless
    }
}

} // namespace autopack_schema::sqlite::detail
