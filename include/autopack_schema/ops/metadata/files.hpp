// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>

namespace autopack_schema::ops::detail {

/// "metadata/runs.db" and "_v1_archive" make "metadata/runs_v1_archive.db".
inline std::filesystem::path beside(const std::filesystem::path& file, std::string_view ending) {
    return file.parent_path() / (file.stem().string() + std::string(ending) + file.extension().string());
}

[[noreturn]] inline void refuse_replacement(const std::filesystem::path& path, const std::string& what, int reason) {
    throw error({.code = "S433",
                 .what_happened = what + " " + path.string() + ": " + std::strerror(reason),
                 .advice = "nothing was lost: check the folder and its permissions, then run the program again"});
}

/// Makes what was renamed in a folder survive a power failure.
inline void sync_folder(const std::filesystem::path& folder) {
    const std::string name = folder.empty() ? "." : folder.string();
    const int number = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
    if (number < 0) return;
    ::fsync(number);
    ::close(number);
}

/// Puts a finished file in the place of another, in one step.
inline void replace_file(const std::filesystem::path& finished, const std::filesystem::path& place) {
    struct stat status {};
    if (::stat(place.c_str(), &status) == 0) ::chmod(finished.c_str(), status.st_mode & 0777U);
    if (std::rename(finished.c_str(), place.c_str()) != 0) refuse_replacement(place, "cannot replace", errno);
    sync_folder(place.parent_path());
}

/// Gives a file a second name, never that of another file; a file system without links gives it that name instead.
inline void name_also(const std::filesystem::path& file, const std::filesystem::path& name) {
    if (::link(file.c_str(), name.c_str()) == 0) return sync_folder(name.parent_path());
    if (errno == EEXIST || std::filesystem::exists(name)) refuse_replacement(name, "there is a file already:", EEXIST);
    if (errno != EPERM && errno != ENOTSUP && errno != EOPNOTSUPP && errno != ENOSYS) refuse_replacement(name, "cannot make", errno);
    if (std::rename(file.c_str(), name.c_str()) != 0) refuse_replacement(name, "cannot make", errno);
    sync_folder(name.parent_path());
}

/// Removes a database that was never finished, with what SQLite put beside it.
inline void remove_unfinished(const std::filesystem::path& file) {
    for (const char* ending : {"", "-journal", "-wal", "-shm"}) std::remove((file.string() + ending).c_str());
}

} // namespace autopack_schema::ops::detail
