// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/detail/close.hpp>
#include <autopack_schema/db/sqlite/detail/open.hpp>
#include <autopack_schema/db/sqlite/detail/script.hpp>
#include <autopack_schema/db/sqlite/error.hpp>
#include <autopack_schema/db/sqlite/options.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/db/url.hpp>

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::sqlite {

/// An open SQLite database, closed by its destructor. Movable, not copyable, for one thread at a time
/// (interrupt() alone may come from another). Statements that outlive it stay valid: SQLite closes
/// when the last of them goes.
class connection {
public:
    connection() noexcept = default;
    connection(connection&& other) noexcept { swap(other); }
    connection& operator=(connection&& other) noexcept {
        connection moved(std::move(other));
        swap(moved);
        return *this;
    }
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;
    ~connection() { detail::close(handle_, leftovers_); }

    /// Opens the database of a URL and reads its header.
    /// shape:  a relative path begins at the current directory
    /// errors: S203, S204 the URL; S205 missing; S206 cannot be opened; S207 not a database; S208 damaged;
    ///         S209 locked; S210 write-protected. Nothing is created but by open_mode::create.
    static connection open(const db::url& where, open_options options = {});
    /// Opens a file by its path, in UTF-8; every character of it stands for itself.
    static connection open_file(std::string_view path, open_options options = {});
    /// A new empty database in memory.
    static connection memory() { return open_file(":memory:", {.mode = open_mode::create}); }

    sqlite3* handle() const noexcept { return handle_; }
    /// For messages: the absolute path of the file, or ":memory:".
    const std::string& name() const noexcept { return name_; }
    bool is_open() const noexcept { return handle_ != nullptr; }
    bool is_read_only() const noexcept { return mode_ == open_mode::read_only; }

    /// Runs one statement or several; rows are not read.
    /// errors: names the statement that failed; those before it have been done, unless a transaction is around
    void execute(std::string_view sql) { detail::execute_all(handle_, sql); }
    /// Runs one statement with its parameters.
    template <class First, class... More>
    void execute(std::string_view sql, First&& first, More&&... more) {
        statement made = prepare(sql);
        made.bind_all(std::forward<First>(first), std::forward<More>(more)...);
        while (made.step()) {
        }
    }
    /// Prepares exactly one statement. `flags`: SQLITE_PREPARE_PERSISTENT for one that is kept for long.
    /// errors: S224 none or several, S215 and what SQLite finds
    statement prepare(std::string_view sql, unsigned flags = 0) { return detail::prepare_only(handle_, sql, flags); }
    /// The first column of the first row, an integer.
    /// errors: S227 no row, or another type (NULL too)
    template <class... Values>
    std::int64_t query_int(std::string_view sql, Values&&... values) {
        const statement row = first_row(sql, value_type::integer, std::forward<Values>(values)...);
        return row.column_int64(0);
    }
    /// The first column of the first row, a text.
    /// errors: S227 no row, or another type (NULL too)
    template <class... Values>
    std::string query_text(std::string_view sql, Values&&... values) {
        const statement row = first_row(sql, value_type::text, std::forward<Values>(values)...);
        return std::string(row.column_text(0));
    }

    /// True between BEGIN and COMMIT or ROLLBACK; an error may have ended the transaction by itself.
    bool in_transaction() const noexcept { return handle_ != nullptr && sqlite3_get_autocommit(handle_) == 0; }
    /// Rows that the last INSERT, UPDATE or DELETE changed, triggers and cascades not counted.
    std::int64_t changes() const noexcept { return handle_ == nullptr ? 0 : sqlite3_changes64(handle_); }
    /// Rows changed since the connection was opened, triggers and cascades counted.
    std::int64_t total_changes() const noexcept { return handle_ == nullptr ? 0 : sqlite3_total_changes64(handle_); }
    std::int64_t last_insert_rowid() const noexcept {
        return handle_ == nullptr ? 0 : sqlite3_last_insert_rowid(handle_);
    }
    /// Stops what is running, with S222; may be called from any thread or signal handler while this lives.
    void interrupt() const noexcept {
        if (handle_ != nullptr) sqlite3_interrupt(handle_);
    }

    int busy_timeout_ms() const noexcept { return busy_timeout_ms_; }
    void set_busy_timeout(int milliseconds);
    /// Reads a switch of this connection.
    bool is_enabled(setting which) const;
    /// Sets one and reads it back.
    /// errors: S226 foreign_keys inside a transaction, where SQLite ignores it without a word; S233 not accepted
    void enable(setting which, bool on);
    /// Reads a limit: SQLITE_LIMIT_LENGTH and its like.
    int limit(int which) const { return set_limit(which, -1); }
    /// Sets a limit and returns the old value; SQLite clamps it to its compiled maximum, -1 only reads.
    int set_limit(int which, int value) const;

private:
    void swap(connection& other) noexcept;
    template <class... Values>
    statement first_row(std::string_view sql, value_type wanted, Values&&... values) {
        statement made = prepare(sql);
        made.bind_all(std::forward<Values>(values)...);
        if (!made.step()) detail::refuse(handle_, "S227", "the query gave no row", "check the query", sql);
        if (made.column_type(0) != wanted)
            detail::refuse(handle_, "S227",
                           wanted == value_type::text ? "the query gave no text" : "the query gave no integer",
                           "check the query", sql);
        return made;
    }

    sqlite3* handle_ = nullptr;
    std::string name_;
    open_mode mode_ = open_mode::read_write;
    int busy_timeout_ms_ = 0;
    detail::wal_leftovers leftovers_;
};

inline void connection::swap(connection& other) noexcept {
    std::swap(handle_, other.handle_);
    name_.swap(other.name_);
    std::swap(mode_, other.mode_);
    std::swap(busy_timeout_ms_, other.busy_timeout_ms_);
    std::swap(leftovers_, other.leftovers_);
}

inline connection connection::open(const db::url& where, open_options options) {
    detail::open_request request = detail::request_for(where, options);
    connection made;
    made.handle_ = detail::open_handle(request, made.leftovers_);
    made.name_ = database_name(made.handle_);
    made.mode_ = request.options.mode;
    made.busy_timeout_ms_ = request.options.busy_timeout_ms;
    return made;
}

inline connection connection::open_file(std::string_view path, open_options options) {
    db::url where;
    where.scheme = "sqlite";
    where.path = path;
    return open(where, options);
}

inline void connection::set_busy_timeout(int milliseconds) {
    if (handle_ == nullptr) detail::raise(handle_, SQLITE_MISUSE);
    sqlite3_busy_timeout(handle_, milliseconds);
    busy_timeout_ms_ = milliseconds;
}

inline bool connection::is_enabled(setting which) const {
    if (handle_ == nullptr) detail::raise(handle_, SQLITE_MISUSE);
    int on = 0;
    const int result = sqlite3_db_config(handle_, static_cast<int>(which), -1, &on);
    if (result != SQLITE_OK) detail::raise(handle_, result);
    return on != 0;
}

inline void connection::enable(setting which, bool on) {
    if (handle_ == nullptr) detail::raise(handle_, SQLITE_MISUSE);
    if (which == setting::foreign_keys && in_transaction())
        detail::refuse(handle_, "S226", "foreign keys cannot be switched inside a transaction (SQLite would ignore it)",
                       "switch them before BEGIN or after COMMIT");
    int now = 0;
    const int result = sqlite3_db_config(handle_, static_cast<int>(which), on ? 1 : 0, &now);
    if (result != SQLITE_OK) detail::raise(handle_, result);
    if ((now != 0) != on)
        detail::refuse(handle_, "S233", "this SQLite does not let the setting be changed",
                       "build SQLite with the feature");
}

inline int connection::set_limit(int which, int value) const {
    if (handle_ == nullptr) detail::raise(handle_, SQLITE_MISUSE);
    return sqlite3_limit(handle_, which, value);
}

} // namespace autopack_schema::sqlite
