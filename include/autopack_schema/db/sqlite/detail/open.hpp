// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/detail/close.hpp>
#include <autopack_schema/db/sqlite/detail/file.hpp>
#include <autopack_schema/db/sqlite/detail/open_error.hpp>
#include <autopack_schema/db/sqlite/error.hpp>
#include <autopack_schema/db/sqlite/options.hpp>
#include <autopack_schema/db/url.hpp>

#include <sqlite3.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::sqlite::detail {

/// What is to be opened, after URL and options were put together.
struct open_request {
    std::string path; ///< absolute, or ":memory:"
    open_options options;
    std::string vfs; ///< empty for the default
    bool immutable = false;
};

/// An open handle, closed if nobody takes it.
class handle_guard {
public:
    handle_guard() = default;
    handle_guard(const handle_guard&) = delete;
    handle_guard& operator=(const handle_guard&) = delete;
    ~handle_guard() { sqlite3_close_v2(handle); }
    sqlite3* release() { return std::exchange(handle, nullptr); }
    sqlite3* handle = nullptr;
};

inline bool is_on(std::string_view word) {
    const std::string folded = db::detail::lowered(word);
    return folded == "1" || folded == "true" || folded == "on" || folded == "yes";
}

/// Puts the options of the URL over those of the program. The mode becomes the narrower of both.
/// errors: S204 not a SQLite URL, S203 immutable without read-only
inline open_request request_for(const db::url& where, open_options options) {
    if (where.scheme != "sqlite")
        throw error({.code = "S204",
                     .what_happened = "this is not a SQLite database",
                     .database = where.masked(),
                     .advice = "give a URL that begins with sqlite:"});
    open_request request{where.path, options, options.vfs == nullptr ? "" : options.vfs};
    for (const auto& [name, value] : where.options) {
        if (name == "mode" && value == "ro") request.options.mode = open_mode::read_only;
        if (name == "mode" && value == "rw" && options.mode == open_mode::create)
            request.options.mode = open_mode::read_write;
        if (name == "timeout")
            request.options.busy_timeout_ms = static_cast<int>(std::strtod(value.c_str(), nullptr) * 1000);
        if (name == "busy_timeout") request.options.busy_timeout_ms = std::atoi(value.c_str());
        if (name == "foreign_keys") request.options.foreign_keys = is_on(value);
        if (name == "immutable") request.immutable = is_on(value);
        if (name == "vfs") request.vfs = value;
    }
    if (request.immutable && request.options.mode != open_mode::read_only)
        throw error({.code = "S203",
                     .what_happened = "option immutable=1 needs a database that is opened read-only",
                     .database = where.masked(),
                     .advice = "add mode=ro, or leave immutable out"});
    return request;
}

/// Refuses what SQLite would answer with a vague text, before it is asked; changes nothing.
inline void check_before_open(const open_request& request, sqlite3_vfs* vfs) {
    if (request.options.mode != open_mode::create && !file_exists(vfs, request.path)) raise_missing(vfs, request.path);
    if (state_of(request.path).folder) raise_folder(request.path);
    if (!request.immutable) return;
    for (const std::string_view suffix : {"-wal", "-journal"})
        if (state_of(request.path + std::string(suffix)).size > 0)
            throw error({.code = "S210",
                         .what_happened =
                             "immutable=1 would not see what is in the file's " + std::string(suffix) + " beside it",
                         .database = request.path,
                         .advice = "open it without immutable=1, or finish the writing program's work first"});
}

/// The name for sqlite3_open_v2: a path, or a URI where only a URI can say it.
inline std::string open_name(const open_request& request) {
    if (!request.immutable) return request.path;
    return "file:" + db::detail::percent_encode(request.path, "/:") + "?immutable=1";
}

inline int threading_flag(const open_options& options) { return options.mutex ? 0 : SQLITE_OPEN_NOMUTEX; }

inline int open_flags(const open_request& request) {
    const int how = request.options.mode == open_mode::read_only    ? SQLITE_OPEN_READONLY
                    : request.options.mode == open_mode::read_write ? SQLITE_OPEN_READWRITE
                                                                    : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    return how | (request.immutable ? SQLITE_OPEN_URI : 0) | threading_flag(request.options);
}

/// Runs a statement of our own while opening; its failure is told in terms of the file.
inline void run_at_open(sqlite3* handle, const char* sql, const open_request& request) {
    const int result = sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) raise_open(handle, result, request.path, request.options.mode);
}

/// Sets a new handle up and reads the header of the file, so that what is wrong with it is said now.
inline void set_up(sqlite3* handle, const open_request& request) {
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, request.options.busy_timeout_ms);
    run_at_open(handle, request.options.foreign_keys ? "PRAGMA foreign_keys=ON" : "PRAGMA foreign_keys=OFF", request);
    if (request.options.mode == open_mode::read_only && request.path != ":memory:")
        run_at_open(handle, "PRAGMA query_only=ON", request);
    run_at_open(handle, "PRAGMA schema_version", request);
}

/// Opens a database.
/// errors: S203, S204 the URL; S205 missing; S206 cannot be opened; S207 not a database; S208 damaged; S209 locked;
///         S210 read-only where writing is needed
inline sqlite3* open_handle(open_request& request, wal_leftovers& leftovers) {
    const bool memory = request.path == ":memory:";
    sqlite3_vfs* vfs = find_vfs(request.vfs.empty() ? nullptr : request.vfs.c_str());
    if (memory) {
        request.options.mode = request.options.mode == open_mode::read_only ? open_mode::read_only : open_mode::create;
    } else {
        request.path = absolute_path(vfs, request.path);
        check_before_open(request, vfs);
        const bool reads = request.options.mode == open_mode::read_only && !request.immutable;
        if (reads && request.vfs.empty() && !file_exists(vfs, request.path + "-wal")) leftovers.path = request.path;
    }
    handle_guard guard;
    const int flags = memory ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | threading_flag(request.options) : open_flags(request);
    const int result = sqlite3_open_v2(open_name(request).c_str(), &guard.handle, flags, vfs->zName);
    if (result != SQLITE_OK) raise_open(guard.handle, result, request.path, request.options.mode);
    if (request.options.mode == open_mode::read_write && sqlite3_db_readonly(guard.handle, "main") == 1)
        raise_not_writable(request.path);
    set_up(guard.handle, request);
    return guard.release();
}

} // namespace autopack_schema::sqlite::detail
