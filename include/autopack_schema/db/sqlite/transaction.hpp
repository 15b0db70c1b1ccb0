// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/error.hpp>
#include <autopack_schema/db/sqlite/options.hpp>
#include <autopack_schema/db/sqlite/quote.hpp>

#include <sqlite3.h>

#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::sqlite {

namespace detail {

/// Runs a transaction statement. Not through the connection, which may have been moved meanwhile.
inline void control(sqlite3* database, const std::string& sql) {
    const int result = sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) raise(database, result, sql);
}

/// The same in a destructor: what fails here, SQLite has already rolled back or will when it closes.
inline void control_quietly(sqlite3* database, const char* sql) noexcept {
    sqlite3_exec(database, sql, nullptr, nullptr, nullptr);
}

} // namespace detail

/// A transaction: from its construction to commit(), or else rolled back at the end of the scope.
/// It must not outlive its connection.
class transaction {
public:
    /// Begins. IMMEDIATE takes the write lock now, so that no later statement fails for it.
    /// errors: S209 locked, S225 a transaction is already open (use a savepoint)
    explicit transaction(connection& where, transaction_kind kind = transaction_kind::immediate)
        : handle_(where.handle()) {
        if (handle_ == nullptr) detail::raise(handle_, SQLITE_MISUSE);
        if (where.in_transaction())
            detail::refuse(handle_, "S225", "a transaction is already open on this connection",
                           "use a savepoint inside it");
        detail::control(handle_, kind == transaction_kind::immediate   ? "BEGIN IMMEDIATE"
                                 : kind == transaction_kind::exclusive ? "BEGIN EXCLUSIVE"
                                                                       : "BEGIN DEFERRED");
    }
    transaction(transaction&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    transaction& operator=(transaction&&) = delete;
    transaction(const transaction&) = delete;
    transaction& operator=(const transaction&) = delete;
    ~transaction() {
        if (is_open()) detail::control_quietly(handle_, "ROLLBACK");
    }

    /// True while there is something to commit. After an error SQLite may have rolled back by itself.
    bool is_open() const noexcept { return handle_ != nullptr && sqlite3_get_autocommit(handle_) == 0; }

    /// Makes the changes permanent. After S209 or a deferred S219 the transaction is still open: commit() may be
    /// called again.
    /// errors: S225 already ended, also by SQLite itself; S209, S211, S212, S219
    void commit() {
        require_open();
        detail::control(handle_, "COMMIT");
        handle_ = nullptr;
    }
    /// Undoes the changes now. Nothing to do if SQLite has done it already.
    void rollback() {
        if (is_open()) detail::control(handle_, "ROLLBACK");
        handle_ = nullptr;
    }

private:
    void require_open() const {
        if (is_open()) return;
        if (handle_ == nullptr)
            throw error(
                {.code = "S225", .what_happened = "the transaction has already ended", .advice = "begin a new one"});
        detail::refuse(handle_, "S225",
                       "SQLite has rolled the transaction back after an earlier error; nothing of it is kept",
                       "look at the first error, then begin again");
    }

    sqlite3* handle_ = nullptr;
};

/// A transaction within a transaction: release() keeps what was done since, the end of the scope undoes it.
/// Outside of a transaction it begins one (deferred), and release() commits.
class savepoint {
public:
    /// errors: S223 the connection is closed
    explicit savepoint(connection& where, std::string_view name = "autopack_schema")
        : handle_(where.handle()), release_("RELEASE " + quote_identifier(name)),
          undo_("ROLLBACK TO " + quote_identifier(name) + "; " + release_) {
        if (handle_ == nullptr) detail::raise(handle_, SQLITE_MISUSE);
        detail::control(handle_, "SAVEPOINT " + quote_identifier(name));
    }
    savepoint(savepoint&& other) noexcept
        : handle_(std::exchange(other.handle_, nullptr)), release_(std::move(other.release_)),
          undo_(std::move(other.undo_)) {}
    savepoint& operator=(savepoint&&) = delete;
    savepoint(const savepoint&) = delete;
    savepoint& operator=(const savepoint&) = delete;
    ~savepoint() {
        if (is_open()) detail::control_quietly(handle_, undo_.c_str());
    }

    /// True while there is something to release.
    bool is_open() const noexcept { return handle_ != nullptr && sqlite3_get_autocommit(handle_) == 0; }

    /// Keeps the changes: they now belong to the transaction around, or are committed if there is none.
    /// errors: S225 already ended, also by SQLite itself; as of transaction::commit() if it commits
    void release() {
        if (!is_open())
            throw error({.code = "S225",
                         .what_happened = "the savepoint has already ended, or its transaction was rolled back",
                         .advice = "begin again"});
        detail::control(handle_, release_);
        handle_ = nullptr;
    }
    /// Undoes the changes since the savepoint now.
    void rollback() {
        if (is_open()) detail::control(handle_, undo_);
        handle_ = nullptr;
    }

private:
    sqlite3* handle_ = nullptr;
    std::string release_, undo_; ///< made at once: a destructor that is short of memory must not need more
};

} // namespace autopack_schema::sqlite
