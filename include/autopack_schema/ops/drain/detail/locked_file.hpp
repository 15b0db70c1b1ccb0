// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/drain/detail/descriptor.hpp>
#include <autopack_schema/ops/drain/detail/guardian.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::ops::detail {

[[noreturn]] inline void refuse_file(const std::filesystem::path& path, const std::string& what, int reason) {
    throw error({.code = "S423",
                 .what_happened = "cannot " + what + " " + path.string() + ": " + std::strerror(reason),
                 .advice = "the folder .autonomous_runs below the current directory must be writable"});
}

/// A file that is locked as long as this process lives, or a process that it has forked: a lock that no crash leaves behind.
class locked_file {
public:
    /// Makes a new file and locks it; nothing where there is a file of that name. Whoever looks for the files of the dead may
    /// lock it first, for a moment, and remove it: then it is waited for and made again.
    static std::optional<locked_file> create(const std::filesystem::path& path) {
        for (;;) {
            const int number = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
            if (number < 0 && errno == EEXIST) return std::nullopt;
            if (number < 0) refuse_file(path, "make", errno);
            locked_file made(number, path);
            while (::flock(number, LOCK_EX | LOCK_NB) != 0) {
                if (errno != EWOULDBLOCK) refuse_file(path, "lock", errno);
                sleep_ms(5);
            }
            if (made.is_there()) return made;
        }
    }
    /// Locks a file; nothing where somebody else has locked it, or it is gone.
    static std::optional<locked_file> try_lock(const std::filesystem::path& path, int flags = 0) {
        const int number = ::open(path.c_str(), O_RDWR | O_CLOEXEC | flags, 0644);
        if (number < 0 && errno == ENOENT) return std::nullopt;
        if (number < 0) refuse_file(path, "open", errno);
        locked_file made(number, path);
        return made.lock() ? std::optional(std::move(made)) : std::nullopt;
    }
    /// The same, made where it is missing.
    static std::optional<locked_file> make_or_lock(const std::filesystem::path& path) {
        return try_lock(path, O_CREAT);
    }

    /// Locks a file whose last holder is dead but may have left a guardian that is still ending its work: waits for that.
    /// shape: `holder` is the process that has locked it first; nothing where it lives, or nothing ends in time
    static std::optional<locked_file> lock_after(const std::filesystem::path& path, ::pid_t holder,
                                                 int patience_ms = 6000) {
        for (int waited = 0;; waited += 20) {
            auto file = try_lock(path);
            if (file || waited >= patience_ms || !std::filesystem::exists(path)) return file;
            if (holder > 0 && (::kill(holder, 0) == 0 || errno == EPERM)) return std::nullopt;
            sleep_ms(20);
        }
    }
    /// Whether somebody holds the lock now.
    static bool is_locked(const std::filesystem::path& path) {
        std::error_code ignored;
        return std::filesystem::exists(path, ignored) && !try_lock(path).has_value();
    }

    /// Puts a text in the place of what is in the file. The text is written before the file is cut to its length: a kill in
    /// between never leaves less than one of both texts, and a text of the same length within a page replaces the other whole.
    void write(std::string_view text) {
        const auto size = static_cast<::ssize_t>(text.size());
        const bool done =
            ::pwrite(file_.number(), text.data(), text.size(), 0) == size && ::ftruncate(file_.number(), size) == 0;
        if (!done || ::fsync(file_.number()) != 0) refuse_file(path_, "write", errno);
    }
    void remove() { ::unlink(path_.c_str()); }
    const std::filesystem::path& path() const noexcept { return path_; }

private:
    locked_file(int number, std::filesystem::path path) : file_(number), path_(std::move(path)) {}
    /// Whether the file is still there under its name.
    bool is_there() const {
        struct stat status {};
        return ::fstat(file_.number(), &status) == 0 && status.st_nlink > 0;
    }
    /// Whether the lock was got, on a file that is still there.
    bool lock() const { return ::flock(file_.number(), LOCK_EX | LOCK_NB) == 0 && is_there(); }

    descriptor file_;
    std::filesystem::path path_;
};

} // namespace autopack_schema::ops::detail
