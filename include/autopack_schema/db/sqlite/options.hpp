// SPDX-License-Identifier: MIT
#pragma once

namespace autopack_schema::sqlite {

/// What a connection may do with its file.
enum class open_mode {
    read_only,  ///< the file must exist; not a byte of it is changed
    read_write, ///< the file must exist
    create      ///< the file is made if it is missing
};

/// How to open a database. Options in the URL win, but can only narrow the mode.
struct open_options {
    open_mode mode = open_mode::read_write;
    int busy_timeout_ms = 5000; ///< how long to wait for another connection's lock
    bool foreign_keys = true;   ///< enforce them, which SQLite does not by itself
    const char* vfs = nullptr;  ///< the name of a registered VFS; null for the default
    bool mutex = true;          ///< false: SQLITE_OPEN_NOMUTEX, a sixth faster, for one thread at a time
};

/// When a transaction takes its write lock.
enum class transaction_kind {
    deferred,  ///< at its first write, where it may fail with SQLITE_BUSY_SNAPSHOT; for reading
    immediate, ///< at once; readers go on
    exclusive  ///< at once, without readers (in WAL mode the same as immediate)
};

/// The switches of a connection that SQLite lets be read and set.
/// source: https://sqlite.org/c3ref/c_dbconfig_defensive.html
enum class setting {
    foreign_keys = 1002,
    triggers = 1003,
    load_extension = 1005,
    defensive = 1010,
    writable_schema = 1011,
    legacy_alter_table = 1012,
    double_quoted_strings_dml = 1013, ///< "x" may be a text in SELECT, INSERT, UPDATE, DELETE
    double_quoted_strings_ddl = 1014, ///< "x" may be a text in CREATE and in stored schemas
    views = 1015,
    trusted_schema = 1017
};

} // namespace autopack_schema::sqlite
