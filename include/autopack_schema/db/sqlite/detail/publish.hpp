// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/detail/file.hpp>
#include <autopack_schema/db/sqlite/detail/open_error.hpp>
#include <autopack_schema/error.hpp>

#include <sqlite3.h>

#if defined(__unix__) || defined(__APPLE__)
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::sqlite::detail {

[[noreturn]] inline void refuse_existing(const std::string& path) {
    throw error({.code = "S230",
                 .what_happened = "the file for the copy exists already; it is not overwritten",
                 .database = path,
                 .advice = "give another name, or move the file away first"});
}

[[noreturn]] inline void refuse_file(const std::string& path, std::string_view what, int reason) {
    throw error({.code = "S206",
                 .what_happened = std::string(what) + system_reason(reason),
                 .database = path,
                 .advice = "check that the folder " + folder_of(path) + " exists and that this user may write to it"});
}

/// A file that is being written under a name of its own, so that a kill never leaves half a file under the final
/// name; removed, with what SQLite put beside it, unless it was published.
class partial_file {
public:
    /// Makes the file, empty, with the permissions of `like` (a private database has private backups).
    /// errors: S206
    partial_file(std::string final_path, [[maybe_unused]] const std::string& like)
        : final_path_(std::move(final_path)) {
        std::array<unsigned char, 4> random{};
        sqlite3_randomness(static_cast<int>(random.size()), random.data());
        path_ = final_path_ + ".partial-";
        for (const unsigned char byte : random) {
            path_ += "0123456789abcdef"[byte >> 4];
            path_ += "0123456789abcdef"[byte & 0x0f];
        }
        std::FILE* file = std::fopen(path_.c_str(), "wbx");
        if (file == nullptr) refuse_file(final_path_, "the file for the copy cannot be made", errno);
        std::fclose(file);
#if defined(__unix__) || defined(__APPLE__)
        struct stat status {};
        if (!like.empty() && ::stat(like.c_str(), &status) == 0) ::chmod(path_.c_str(), status.st_mode & 0777);
#endif
    }
    partial_file(const partial_file&) = delete;
    partial_file& operator=(const partial_file&) = delete;
    /// Also beside a published copy: a reader whose closing failed leaves an empty -wal and a -shm file.
    ~partial_file() {
        try {
            if (!published_) std::remove(path_.c_str());
            for (const char* suffix : {"-journal", "-wal", "-shm"}) std::remove((path_ + suffix).c_str());
        } catch (...) { // no memory for a name: what stays has a name that nobody takes for a backup
        }
    }

    const std::string& path() const noexcept { return path_; }

    /// Gives the file its final name, never over another file, and makes the name durable.
    /// errors: S230 the name has been taken meanwhile, S206
    void publish() {
#if defined(__unix__) || defined(__APPLE__)
        if (::link(path_.c_str(), final_path_.c_str()) == 0) {
            ::unlink(path_.c_str());
        } else if (errno == EEXIST) {
            refuse_existing(final_path_);
        } else {
            rename_checked(); // a file system without hard links
        }
        if (const int folder = ::open(folder_of(final_path_).c_str(), O_RDONLY | O_CLOEXEC); folder >= 0) {
            ::fsync(folder);
            ::close(folder);
        }
#else
        rename_checked();
#endif
        published_ = true;
    }

private:
    void rename_checked() {
        if (state_of(final_path_).exists) refuse_existing(final_path_);
        if (std::rename(path_.c_str(), final_path_.c_str()) != 0)
            refuse_file(final_path_, "the finished copy cannot be given its name", errno);
    }

    std::string final_path_, path_;
    bool published_ = false;
};

} // namespace autopack_schema::sqlite::detail
