// SPDX-License-Identifier: MIT
#pragma once
// A test that divides in the middle of a database operation: the child goes on from there and ends, then files are put back
// and the parent goes on. Include it first, with CATCH_CONFIG_EXTERNAL_INTERFACES (for Catch2 v2).

#include <autopack_schema_test/catch.hpp>
#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/reporters/catch_reporter_event_listener.hpp>
#include <catch2/reporters/catch_reporter_registrars.hpp>
#endif

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace autopack_schema_test {

/// Assertions that have failed in this process.
inline std::int64_t failed_assertions = 0;

#if __has_include(<catch2/catch_test_macros.hpp>)
using event_listener = Catch::EventListenerBase;
#else
using event_listener = Catch::TestEventListenerBase;
#endif

struct failure_counter : event_listener {
    using event_listener::event_listener;
#if __has_include(<catch2/catch_test_macros.hpp>)
    void assertionEnded(const Catch::AssertionStats& stats) override {
        if (!stats.assertionResult.isOk()) ++failed_assertions;
    }
#else
    bool assertionEnded(const Catch::AssertionStats& stats) override {
        if (!stats.assertionResult.isOk()) ++failed_assertions;
        return true;
    }
#endif
};
CATCH_REGISTER_LISTENER(failure_counter)

/// What a child tells its parent.
struct outcome {
    bool after = false;
    std::int64_t refused = 0;
    std::int64_t failed = -1; ///< assertions; -1: it did not come to its end
    char end[16] = {};

    void write(std::string_view text) { std::memcpy(end, text.data(), std::min(text.size(), sizeof end - 1)); }
};

/// An outcome in memory that a child has in common with its parent.
class shared_outcome {
public:
    shared_outcome()
        : place_(::mmap(nullptr, sizeof(outcome), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
        if (place_ == MAP_FAILED) throw std::runtime_error("mmap failed");
    }
    shared_outcome(const shared_outcome&) = delete;
    shared_outcome& operator=(const shared_outcome&) = delete;
    ~shared_outcome() { ::munmap(place_, sizeof(outcome)); }
    outcome& operator*() const { return *static_cast<outcome*>(place_); }

private:
    void* place_;
};

/// Divides; true in the child.
inline bool fork_quietly() {
    std::cout.flush();
    std::fflush(stdout);
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("fork failed");
    if (child != 0) return false;
    failed_assertions = 0;
    ::alarm(30); // a run that hangs is a finding too
    return true;
}

/// How a child ended.
struct child_end {
    bool by_itself;
};

inline child_end wait_for_child() {
    int status = 0;
    ::wait(&status);
    return {WIFEXITED(status) && WEXITSTATUS(status) == 0};
}

[[noreturn]] inline void end_child(outcome& told) {
    told.failed = failed_assertions;
    std::cout.flush();
    std::fflush(stdout);
    ::_exit(0);
}

/// The files of a folder, and those that are open without a name (SQLite's temporary ones): content, names and inodes.
class folder_state {
public:
    explicit folder_state(std::filesystem::path folder)
        : folder_(std::move(folder)), links_(folder_.string() + ".links") {
        std::filesystem::create_directory(links_);
    }
    folder_state(const folder_state&) = delete;
    folder_state& operator=(const folder_state&) = delete;
    ~folder_state() {
        std::error_code ignored;
        std::filesystem::remove_all(links_, ignored);
    }

    void save() {
        named_.clear();
        for (const auto& e : std::filesystem::directory_iterator(folder_)) {
            const std::string path = e.path().string();
            const ::ino_t number = inode(path);
            const std::string link = link_of(number);
            if (inode(link) != number)
                ::link(path.c_str(), link.c_str()); // so that it lives on when a child removes it
            named_[path] = {number, read(path)};
        }
        nameless_.clear();
        for (int fd = 3; fd < 64; ++fd) {
            struct stat s {};
            if (::fstat(fd, &s) == 0 && S_ISREG(s.st_mode) && s.st_nlink == 0) nameless_[fd] = read(fd);
        }
    }

    void restore() {
        std::vector<std::string> found;
        for (const auto& e : std::filesystem::directory_iterator(folder_)) found.push_back(e.path().string());
        for (const std::string& path : found) {
            const auto saved = named_.find(path);
            if (saved == named_.end() || saved->second.number != inode(path)) ::unlink(path.c_str());
        }
        for (const auto& [path, file] : named_) {
            if (inode(path) != file.number && ::link(link_of(file.number).c_str(), path.c_str()) != 0)
                throw std::runtime_error("a file cannot be put back: " + path);
            const int fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
            write(fd, file.content);
            ::close(fd);
        }
        for (const auto& [fd, content] : nameless_) write(fd, content);
    }

private:
    struct saved_file {
        ::ino_t number;
        std::string content;
    };

    static ::ino_t inode(const std::string& path) {
        struct stat s {};
        return ::stat(path.c_str(), &s) == 0 ? s.st_ino : 0;
    }
    std::string link_of(::ino_t number) const { return links_.string() + "/" + std::to_string(number); }

    static std::string read(const std::string& path) {
        const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        std::string content = read(fd);
        ::close(fd);
        return content;
    }
    static std::string read(int fd) {
        struct stat s {};
        if (::fstat(fd, &s) != 0) throw std::runtime_error("a file cannot be read");
        std::string content(static_cast<std::size_t>(s.st_size), '\0');
        if (::pread(fd, content.data(), content.size(), 0) != s.st_size)
            throw std::runtime_error("a file cannot be read");
        return content;
    }
    static void write(int fd, const std::string& content) {
        if (read(fd) == content) return;
        if (::ftruncate(fd, static_cast<::off_t>(content.size())) != 0 ||
            ::pwrite(fd, content.data(), content.size(), 0) != static_cast<::ssize_t>(content.size()))
            throw std::runtime_error("a file cannot be put back");
    }

    std::filesystem::path folder_, links_;
    std::map<std::string, saved_file> named_;
    std::map<int, std::string> nameless_;
};

/// While it lives, SQLite locks no files: a child does not inherit its parent's locks and would find them in its way. Two
/// connections of one process know of each other without.
class no_file_locks {
public:
    no_file_locks() : vfs_(sqlite3_vfs_find("unix")), before_(vfs_->xGetSystemCall(vfs_, "fcntl")) {
        vfs_->xSetSystemCall(vfs_, "fcntl", reinterpret_cast<sqlite3_syscall_ptr>(&no_file_locks::call));
    }
    no_file_locks(const no_file_locks&) = delete;
    no_file_locks& operator=(const no_file_locks&) = delete;
    ~no_file_locks() { vfs_->xSetSystemCall(vfs_, "fcntl", before_); }

private:
    static int call(int fd, int what, ...) {
        std::va_list more;
        va_start(more, what);
        void* const argument = va_arg(more, void*);
        va_end(more);
        if (what == F_SETLK || what == F_SETLKW) return 0;
        if (what == F_GETLK) {
            static_cast<struct flock*>(argument)->l_type = F_UNLCK;
            return 0;
        }
        return ::fcntl(fd, what, argument);
    }

    sqlite3_vfs* vfs_;
    sqlite3_syscall_ptr before_;
};

/// Mutexes for one thread: those of POSIX know their owner by a number that a child does not have, and would wait for ever.
/// They take memory from `Allocate`, as those do.
template <void* (*Allocate)(int bytes), void (*Free)(void*)>
sqlite3_mutex_methods mutexes_for_one_thread() {
    static char fixed = 0;
    sqlite3_mutex_methods ours{};
    ours.xMutexInit = [] { return SQLITE_OK; };
    ours.xMutexEnd = [] { return SQLITE_OK; };
    ours.xMutexAlloc = [](int kind) {
        return static_cast<sqlite3_mutex*>(kind <= SQLITE_MUTEX_RECURSIVE ? Allocate(40) : &fixed);
    };
    ours.xMutexFree = [](sqlite3_mutex* m) { Free(m); };
    ours.xMutexEnter = [](sqlite3_mutex*) {};
    ours.xMutexTry = [](sqlite3_mutex*) { return SQLITE_OK; };
    ours.xMutexLeave = [](sqlite3_mutex*) {};
    return ours;
}

} // namespace autopack_schema_test
