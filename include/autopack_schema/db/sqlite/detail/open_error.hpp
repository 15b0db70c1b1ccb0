// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/detail/file.hpp>
#include <autopack_schema/db/sqlite/error.hpp>
#include <autopack_schema/db/sqlite/options.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace autopack_schema::sqlite::detail {

/// The folder part of an absolute path.
inline std::string folder_of(const std::string& path) {
    const std::size_t slash = path.find_last_of("/\\");
    return slash == std::string::npos ? std::string() : path.substr(0, slash == 0 ? 1 : slash);
}

[[noreturn]] inline void raise_missing(sqlite3_vfs* vfs, const std::string& path) {
    const bool folder = file_exists(vfs, folder_of(path));
    throw error({.code = "S205",
                 .what_happened =
                     folder ? "the database file does not exist" : "the folder of the database file does not exist",
                 .database = path,
                 .advice = "check the path (a relative one begins at the current directory); nothing was created"});
}

[[noreturn]] inline void raise_folder(const std::string& path) {
    throw error({.code = "S206",
                 .what_happened = "the path is a folder, not a file",
                 .database = path,
                 .advice = "name the database file in it"});
}

[[noreturn]] inline void raise_not_writable(const std::string& path) {
    throw error({.code = "S210",
                 .what_happened = "the file is write-protected for this user",
                 .database = path,
                 .advice = "check the permissions of the file and of its folder, or open it read-only with ?mode=ro"});
}

/// What a file that is no database seems to be.
inline std::string looks_like(std::string_view head) {
    if (head.starts_with("PK\x03\x04")) return "a zip archive";
    if (head.starts_with("\x1f\x8b")) return "a gzip archive";
    if (head.starts_with("** This file contains an SQLite 2")) return "a SQLite 2 database";
    if (head.starts_with("SQLite format 3")) return "a SQLite file whose header is damaged";
    head = head.substr(0, head.find_last_not_of('\0') + 1); // a short file is read with zeros behind it
    for (const char character : head) {
        const auto byte = static_cast<unsigned char>(character);
        if (byte < 0x20 && character != '\n' && character != '\r' && character != '\t')
            return "binary data, perhaps an encrypted database";
    }
    return head.empty() ? "unreadable" : "text"; // not shown: it may be a file with secrets
}

/// What the operating system said, if it said something: ": Permission denied".
inline std::string system_reason(int system_error) {
    return system_error == 0 ? std::string() : std::string(": ") + std::strerror(system_error);
}

/// Why a file could not be opened or its header not be read.
[[noreturn]] inline void raise_open(sqlite3* handle, int result, const std::string& path, open_mode mode) {
    const int code = handle == nullptr ? result : extended_code(handle, result);
    const int primary = code & 0xff;
    const int system_error = handle == nullptr || primary != SQLITE_CANTOPEN ? 0 : sqlite3_system_errno(handle);
    error_info info =
        make_error(code, handle == nullptr ? sqlite3_errstr(result) : sqlite3_errmsg(handle), {}, path).info();
    const std::string head = handle == nullptr ? std::string() : file_head(handle);
    if (primary == SQLITE_NOTADB) info.what_happened = "the file is not a SQLite database; it is " + looks_like(head);
    if (primary == SQLITE_CANTOPEN) info.what_happened += system_reason(system_error);
    if (primary == SQLITE_CANTOPEN && mode == open_mode::create && !state_of(path).exists) {
        info.advice = "check that the folder " + folder_of(path) + " exists and that this user may write to it";
    } else if (is_wal_header(head) && (primary == SQLITE_CANTOPEN || primary == SQLITE_READONLY)) {
        info.what_happened =
            "the database is in WAL mode, and its -wal and -shm files can be neither made nor opened here";
        info.advice =
            "give this user write permission on the folder " + folder_of(path) +
            ", or copy the database and its -wal file to a folder that can be written; only if no program writes "
            "to it, it can be opened as it is with ?mode=ro&immutable=1";
    }
    throw error(info);
}

} // namespace autopack_schema::sqlite::detail
