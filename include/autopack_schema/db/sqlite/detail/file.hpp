// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/error.hpp>

#include <sqlite3.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::sqlite::detail {

/// The file system as SQLite sees it: through the VFS, so that it is the same on every platform, in a
/// test's VFS too, and needs no <filesystem>.
inline sqlite3_vfs* find_vfs(const char* name) {
    sqlite3_vfs* vfs = sqlite3_vfs_find(name);
    if (vfs == nullptr)
        throw make_error(SQLITE_ERROR,
                         "no VFS of the name " + autopack_schema::detail::quoted(name == nullptr ? "" : name) +
                             " is registered",
                         {}, {});
    return vfs;
}

/// The absolute path, from the current directory if it is relative.
/// errors: S206 longer than the file system allows
inline std::string absolute_path(sqlite3_vfs* vfs, const std::string& path) {
    std::vector<char> buffer(static_cast<std::size_t>(vfs->mxPathname) + 1);
    const int result = vfs->xFullPathname(vfs, path.c_str(), vfs->mxPathname, buffer.data());
    if ((result & 0xff) != SQLITE_OK)
        throw make_error(SQLITE_CANTOPEN_FULLPATH,
                         "the path cannot be made absolute (it is too long, or a link in it leads nowhere)", {}, path);
    return buffer.data();
}

/// What the file system says about a path. The file is never opened for it: on POSIX systems, closing any
/// descriptor of a file drops the locks that another connection of this process holds on it.
/// source: https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
struct file_state {
    bool exists = false;
    bool folder = false;
    std::int64_t size = 0;
};

inline file_state state_of(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0)
        return {true, (status.st_mode & S_IFMT) == S_IFDIR, static_cast<std::int64_t>(status.st_size)};
    return {errno != ENOENT && errno != ENOTDIR, false, 0}; // what may not be looked at is there: opening tells why
}

/// Whether there is something of that name; an empty file, which SQLite's VFS calls absent, is a database too.
inline bool file_exists(sqlite3_vfs* vfs, const std::string& path) {
    int found = 0;
    if (vfs->xAccess(vfs, path.c_str(), SQLITE_ACCESS_EXISTS, &found) == SQLITE_OK && found != 0) return true;
    return state_of(path).exists;
}

/// The first 100 bytes of an open database, read through SQLite's own descriptor; empty if they cannot be read.
inline std::string file_head(sqlite3* handle) {
    sqlite3_file* file = nullptr;
    if (sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK) return {};
    if (file == nullptr || file->pMethods == nullptr) return {};
    std::string head(100, '\0');
    const int result = file->pMethods->xRead(file, head.data(), 100, 0);
    return result == SQLITE_OK || result == SQLITE_IOERR_SHORT_READ ? head : std::string();
}

/// True if the header of a database says that it is in WAL mode.
inline bool is_wal_header(std::string_view head) {
    return head.size() == 100 && head.starts_with("SQLite format 3") && head[18] == 2;
}

} // namespace autopack_schema::sqlite::detail
