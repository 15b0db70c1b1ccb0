// SPDX-License-Identifier: MIT
#pragma once
// A file system for SQLite that counts what is asked of it and fails when it is told to; all else the system's own does.

#include <autopack_schema_test/disk_log.hpp>

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <new>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema_test {

/// The operations that are counted.
enum class io : std::uint8_t { open, read, write, sync, truncate, remove, lock, shm_map, shm_lock };

inline constexpr std::string_view io_names[] = {"open",   "read", "write",   "sync",    "truncate",
                                                "delete", "lock", "shm map", "shm lock"};

/// One operation on the disk.
struct operation {
    io kind;
    bool on_backup; ///< of a file that is being made beside the database
};

/// What happens to an operation.
enum class failure : std::uint8_t {
    none,
    error,     ///< not carried out: the SQLITE_IOERR_ code of the operation, SQLITE_CANTOPEN
    full,      ///< not carried out: SQLITE_FULL
    busy,      ///< not carried out: SQLITE_BUSY
    torn,      ///< half of the block is written, then SQLITE_IOERR_WRITE
    done,      ///< carried out, and reported as failed
    kill,      ///< the process ends before it
    kill_torn, ///< half of the block is written, then the process ends
};

/// When and how operations fail.
struct fault {
    std::int64_t at = 0; ///< the number of the operation, from 1; 0: never
    failure how = failure::none;
    bool lasting = false; ///< all later ones too: of `full` all writes, of `error` everything
};

/// The exit code of a process that was ended in the middle of an operation.
inline constexpr int killed = 77;

class fault_vfs {
public:
    /// The only one; the first call makes it SQLite's default.
    static fault_vfs& instance() {
        static fault_vfs the_only;
        return the_only;
    }
    fault_vfs(const fault_vfs&) = delete;
    fault_vfs& operator=(const fault_vfs&) = delete;

    /// Counts from now on.
    void arm(fault f = {}) {
        fault_ = f;
        count_ = failed_ = 0;
        trace_.clear();
        armed_ = true;
    }
    void disarm() { armed_ = false; }
    void resume() { armed_ = true; }

    std::int64_t operations() const { return count_; }
    std::int64_t failed() const { return failed_; }
    const std::vector<operation>& trace() const { return trace_; } ///< the operations since arm()
    void log_to(disk_log* log) { log_ = log; }

private:
    struct file {
        sqlite3_file base;
        ino_t inode;
        bool new_journal; ///< the first sync makes its name durable
        bool on_backup;
    };
    static constexpr std::size_t file_size =
        (sizeof(file) + alignof(std::max_align_t) - 1) / alignof(std::max_align_t) * alignof(std::max_align_t);
    static file* as_file(sqlite3_file* f) { return reinterpret_cast<file*>(f); }
    static sqlite3_file* real(sqlite3_file* f) {
        return reinterpret_cast<sqlite3_file*>(reinterpret_cast<std::byte*>(f) + file_size);
    }
    static sqlite3_vfs* real_vfs() { return instance().real_; }
    static disk_log* log() { return instance().armed_ ? instance().log_ : nullptr; }

    fault_vfs() : real_(sqlite3_vfs_find(nullptr)) {
        vfs_ = *real_;
        vfs_.szOsFile = static_cast<int>(file_size) + real_->szOsFile;
        vfs_.zName = "fault";
        vfs_.xOpen = &open;
        vfs_.xDelete = &remove;
        vfs_.pNext = nullptr;
        forward_rest();
        methods_ = {2,         &close,       &read,        &write,   &truncate,    &sync,       &size,
                    &lock,     &unlock,      &is_reserved, &control, &sector_size, &properties, &shm_map,
                    &shm_lock, &shm_barrier, &shm_unmap,   nullptr,  nullptr};
        sqlite3_vfs_register(&vfs_, 1);
    }

    void forward_rest() {
        vfs_.xAccess = [](sqlite3_vfs*, const char* p, int f, int* r) {
            return real_vfs()->xAccess(real_vfs(), p, f, r);
        };
        vfs_.xFullPathname = [](sqlite3_vfs*, const char* p, int n, char* out) {
            return real_vfs()->xFullPathname(real_vfs(), p, n, out);
        };
        vfs_.xRandomness = [](sqlite3_vfs*, int n, char* out) { return real_vfs()->xRandomness(real_vfs(), n, out); };
        vfs_.xSleep = [](sqlite3_vfs*, int us) { return real_vfs()->xSleep(real_vfs(), us); };
        vfs_.xCurrentTimeInt64 = [](sqlite3_vfs*, sqlite3_int64* t) {
            return real_vfs()->xCurrentTimeInt64(real_vfs(), t);
        };
    }

    /// Counts an operation and says what is to become of it.
    failure next(io kind, bool on_backup) {
        if (!armed_) return failure::none;
        ++count_;
        trace_.push_back({kind, on_backup});
        if (log_ != nullptr) log_->before_operation(count_);
        const bool later = fault_.lasting && count_ > fault_.at && (fault_.how == failure::error || kind == io::write);
        if (fault_.at == 0 || (count_ != fault_.at && !later)) return failure::none;
        ++failed_;
        if (fault_.how == failure::kill) ::_exit(killed);
        return fault_.how;
    }
    static failure next(io kind, sqlite3_file* f) { return instance().next(kind, as_file(f)->on_backup); }
    static bool is_backup(const char* path) {
        return path != nullptr && std::string_view(path).find(".backup-") != std::string_view::npos;
    }
    static int result(failure f, int error) {
        return f == failure::full ? SQLITE_FULL : f == failure::busy ? SQLITE_BUSY : error;
    }

    static int open(sqlite3_vfs*, const char* path, sqlite3_file* f, int flags, int* out) {
        file* const self = new (f) file{};
        self->on_backup = is_backup(path);
        if (const failure x = next(io::open, f); x != failure::none) return result(x, SQLITE_CANTOPEN);
        const bool is_new = path != nullptr && ::access(path, F_OK) != 0;
        const int code = real_vfs()->xOpen(real_vfs(), path, real(f), flags, out);
        if (code != SQLITE_OK) return code;
        self->base.pMethods = &instance().methods_;
        struct stat status {};
        if (path != nullptr && ::stat(path, &status) == 0) self->inode = status.st_ino;
        self->new_journal = is_new && (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL)) != 0;
        if (log() != nullptr && self->inode != 0) log()->opened(path, self->inode, is_new, real(f));
        return SQLITE_OK;
    }
    static int remove(sqlite3_vfs*, const char* path, int sync_folder) {
        const failure x = instance().next(io::remove, is_backup(path));
        if (x != failure::none && x != failure::done) return result(x, SQLITE_IOERR_DELETE);
        if (log() != nullptr) log()->removed(path, sync_folder != 0);
        const int code = real_vfs()->xDelete(real_vfs(), path, sync_folder);
        return x == failure::done ? SQLITE_IOERR_DIR_FSYNC : code;
    }
    static int close(sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); }
    static int read(sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
        if (const failure x = next(io::read, f); x != failure::none) return result(x, SQLITE_IOERR_READ);
        return real(f)->pMethods->xRead(real(f), to, n, at);
    }
    static int write(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
        const failure x = next(io::write, f);
        const bool torn = x == failure::torn || x == failure::kill_torn;
        if (x != failure::none && !torn) return result(x, SQLITE_IOERR_WRITE);
        const int length = torn ? n / 2 : n;
        const int code = real(f)->pMethods->xWrite(real(f), from, length, at);
        if (x == failure::kill_torn) ::_exit(killed);
        if (code == SQLITE_OK && log() != nullptr)
            log()->wrote(as_file(f)->inode, {static_cast<const char*>(from), static_cast<std::size_t>(length)}, at);
        return torn ? SQLITE_IOERR_WRITE : code;
    }
    static int truncate(sqlite3_file* f, sqlite3_int64 length) {
        const failure x = next(io::truncate, f);
        if (x != failure::none && x != failure::done) return result(x, SQLITE_IOERR_TRUNCATE);
        if (log() != nullptr) log()->truncated(as_file(f)->inode, length);
        const int code = real(f)->pMethods->xTruncate(real(f), length);
        return x == failure::done ? SQLITE_IOERR_TRUNCATE : code;
    }
    /// What is written survives the process without a real sync; what survives the power is the log's business.
    static int sync(sqlite3_file* f, int) {
        const failure x = next(io::sync, f);
        if (x != failure::none && x != failure::done) return result(x, SQLITE_IOERR_FSYNC);
        if (log() != nullptr) log()->synced(as_file(f)->inode, as_file(f)->new_journal);
        as_file(f)->new_journal = false;
        return x == failure::done ? SQLITE_IOERR_FSYNC : SQLITE_OK;
    }
    static int size(sqlite3_file* f, sqlite3_int64* out) { return real(f)->pMethods->xFileSize(real(f), out); }
    static int lock(sqlite3_file* f, int level) {
        if (const failure x = next(io::lock, f); x != failure::none) return result(x, SQLITE_IOERR_LOCK);
        return real(f)->pMethods->xLock(real(f), level);
    }
    static int unlock(sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); }
    static int is_reserved(sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); }
    static int control(sqlite3_file* f, int what, void* with) {
        return real(f)->pMethods->xFileControl(real(f), what, with);
    }
    static int sector_size(sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); }
    static int properties(sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }
    static int shm_map(sqlite3_file* f, int page, int bytes, int extend, void volatile** out) {
        if (const failure x = next(io::shm_map, f); x != failure::none) return result(x, SQLITE_IOERR_SHMMAP);
        return real(f)->pMethods->xShmMap(real(f), page, bytes, extend, out);
    }
    static int shm_lock(sqlite3_file* f, int at, int n, int flags) {
        if ((flags & SQLITE_SHM_LOCK) != 0) {
            const failure x = next(io::shm_lock, f);
            if (x != failure::none) return result(x, SQLITE_IOERR_SHMLOCK);
        }
        return real(f)->pMethods->xShmLock(real(f), at, n, flags);
    }
    static void shm_barrier(sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); }
    static int shm_unmap(sqlite3_file* f, int remove_it) { return real(f)->pMethods->xShmUnmap(real(f), remove_it); }

    sqlite3_vfs* real_;
    sqlite3_vfs vfs_{};
    sqlite3_io_methods methods_{};
    fault fault_{};
    bool armed_ = false;
    std::int64_t count_ = 0, failed_ = 0;
    std::vector<operation> trace_{};
    disk_log* log_ = nullptr;
};

/// The ways in which an operation can fail without the process ending.
inline std::vector<fault> faults_of(io kind, std::int64_t at) {
    using enum failure;
    std::vector<fault> all{{at, error, false}, {at, error, true}};
    if (kind == io::write) all.insert(all.end(), {{at, full, false}, {at, full, true}, {at, torn, false}});
    if (kind == io::sync || kind == io::truncate || kind == io::remove) all.push_back({at, done, false});
    if (kind == io::lock || kind == io::shm_lock) all.push_back({at, busy, false});
    return all;
}

} // namespace autopack_schema_test
