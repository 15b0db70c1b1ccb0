// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/query/detail/statement_cache.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace autopack_schema::query {

/// Its address is another one in each thread.
inline thread_local char here = 0;

/// A connection with its prepared statements; what of a database does not depend on a schema.
class session {
public:
    explicit session(sqlite::connection&& connection) noexcept
        : owned_(std::move(connection)), handle_(owned_.handle()) {}
    explicit session(sqlite::connection& connection) noexcept
        : borrowed_(&connection), handle_(connection.handle()) {}
    session(session&&) noexcept = default;
    session& operator=(session&&) = delete;

    sqlite::connection& connection() noexcept { return borrowed_ != nullptr ? *borrowed_ : owned_; }
    sqlite3* handle() const noexcept { return handle_; }
    statement_cache& statements() noexcept { return statements_; }
    void move_to_this_thread() noexcept { thread_ = &here; }

    /// The statement of a query that has a number.
    lease use(std::size_t id, text_function text, const void* query) {
        check_thread();
        return statements_.get(handle_, id, text, query);
    }
    lease use_shaped(std::size_t id, std::uint64_t shape, text_function text, const void* query) {
        check_thread();
        return statements_.get_shaped(handle_, id, shape, text, query);
    }
    /// The statement of a query that has a name: a type.
    template <class Query>
    lease use(text_function text) {
        static const std::size_t id = query::next_query_id();
        return use(id, text, nullptr);
    }

    /// Debug builds refuse a second thread; a connection without a mutex would be corrupted by it.
    /// errors: S240 used by another thread than at first
    void check_thread() {
#ifndef NDEBUG
        if (thread_ == nullptr) thread_ = &here;
        if (thread_ != &here)
            sqlite::detail::refuse(handle_, "S240", "a database is used by two threads",
                                   "open one for each thread, or hand it over with move_to_this_thread()");
#endif
    }

private:
    sqlite::connection owned_;
    sqlite::connection* borrowed_ = nullptr;
    sqlite3* handle_ = nullptr;
    const char* thread_ = nullptr;
    statement_cache statements_; // goes before the connection
};

/// Runs a statement to its end.
inline void run_to_end(sqlite3_stmt* statement) {
    int result = sqlite3_step(statement);
    while (result == SQLITE_ROW) result = sqlite3_step(statement);
    if (result != SQLITE_DONE) [[unlikely]]
        sqlite::detail::raise(statement, result);
}

} // namespace autopack_schema::query
