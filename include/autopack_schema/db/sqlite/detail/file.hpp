// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/error.hpp>

#include <sqlite3.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::sqlite::detail {

/// The file system as SQLite sees it: through the VFS, so that it is the same on every platform, in a
/// test's VFS too, and needs no <filesystem>.
inline sqlite3_vfs* find_vfs(const char* name) {
  sqlite3_vfs* vfs = sqlite3_vfs_find(name);
  if (vfs == nullptr)
    throw make_error(SQLITE_ERROR, "no VFS of the name " + autopack_schema::detail::quoted(name == nullptr ? "" : name) +
                     " is registered", {}, {});
  return vfs;
}

/// The absolute path, from the current directory if it is relative.
/// errors: S206 longer than the file system allows
inline std::string absolute_path(sqlite3_vfs* vfs, const std::string& path) {
  std::vector<char> buffer(static_cast<std::size_t>(vfs->mxPathname) + 1);
  const int result = vfs->xFullPathname(vfs, path.c_str(), vfs->mxPathname, buffer.data());
  if ((result & 0xff) != SQLITE_OK)
    throw make_error(SQLITE_CANTOPEN_FULLPATH, "the path cannot be made absolute (it is too long, or a link in it leads nowhere)",
                     {}, path);
  return buffer.data();
}

/// The VFS calls an empty file absent, which is an empty database for us: then the file system is asked. What
/// exists but may not be read counts as existing, so that opening it tells the reason.
inline bool file_exists(sqlite3_vfs* vfs, const std::string& path) {
  int found = 0;
  if (vfs->xAccess(vfs, path.c_str(), SQLITE_ACCESS_EXISTS, &found) == SQLITE_OK && found != 0) return true;
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return errno != ENOENT && errno != ENOTDIR;
  std::fclose(file);
  return true;
}

inline void remove_file(sqlite3_vfs* vfs, const std::string& path) { vfs->xDelete(vfs, path.c_str(), 1); }

/// The size in bytes; -1 if the file cannot be read.
inline long file_size(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return -1;
  const long size = std::fseek(file, 0, SEEK_END) == 0 ? std::ftell(file) : -1;
  std::fclose(file);
  return size;
}

/// The first bytes of a file, for a message that says what it is; empty if it cannot be read.
inline std::string file_head(const std::string& path) {
  std::array<char, 100> bytes{};
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return {};
  const std::size_t count = std::fread(bytes.data(), 1, bytes.size(), file);
  std::fclose(file);
  return std::string(bytes.data(), count);
}

/// True if the header of a database file says that it is in WAL mode.
inline bool is_wal_file(const std::string& path) {
  const std::string head = file_head(path);
  return head.size() == 100 && std::string_view(head).starts_with("SQLite format 3") && head[18] == 2;
}

}  // namespace autopack_schema::sqlite::detail
