// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/error.hpp>
#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/query/detail/text_writer.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::query {

/// Gives a number that was not given before, one to each type of query for the whole run of the program; for all threads,
/// by the mutex that SQLite has anyway: <atomic> alone would cost each unit as much to compile as a table.
inline std::size_t next_query_id() noexcept {
    static std::size_t next = 0;
    sqlite3_mutex* const mutex = sqlite3_mutex_alloc(SQLITE_MUTEX_STATIC_APP1);
    sqlite3_mutex_enter(mutex);
    const std::size_t id = next++;
    sqlite3_mutex_leave(mutex);
    return id;
}

/// A prepared statement that is kept; a query that is used while it runs already gets one more.
struct prepared {
    sqlite3_stmt* handle = nullptr;
    bool in_use = false;
    std::uint64_t shape = 0; ///< of a query whose text depends on values
    prepared* next = nullptr;

    prepared() = default;
    prepared(const prepared&) = delete;
    prepared& operator=(const prepared&) = delete;
    ~prepared() {
        sqlite3_finalize(handle);
        delete next;
    }
};

/// The right to use a prepared statement; gives it back reset, whatever happened.
class lease {
public:
    explicit lease(prepared& statement) noexcept : statement_(&statement) { statement.in_use = true; }
    lease(lease&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
    lease& operator=(lease&& other) noexcept {
        give_back();
        statement_ = std::exchange(other.statement_, nullptr);
        return *this;
    }
    lease(const lease&) = delete;
    lease& operator=(const lease&) = delete;
    ~lease() { give_back(); }

    sqlite3_stmt* handle() const noexcept { return statement_->handle; }
    void give_back() noexcept {
        if (statement_ == nullptr) return;
        sqlite3_reset(statement_->handle);
        statement_->in_use = false;
        statement_ = nullptr;
    }

private:
    prepared* statement_;
};

/// Writes the text of a query; its own type is forgotten, so that preparing is compiled once.
using text_function = void (*)(text_writer&, const void* query);

/// The prepared statements of one connection, found by the number of their query.
class statement_cache {
public:
    statement_cache() = default;
    statement_cache(statement_cache&& other) noexcept : first_(std::move(other.first_)) {}
    statement_cache& operator=(statement_cache&&) = delete;
    statement_cache(const statement_cache&) = delete;
    statement_cache& operator=(const statement_cache&) = delete;
    ~statement_cache() {
        for (const prepared* p : first_) delete p;
    }

    /// A statement of a query whose text never changes.
    lease get(sqlite3* database, std::size_t id, text_function text, const void* query) {
        if (id < first_.size() && first_[id] != nullptr && !first_[id]->in_use) [[likely]]
            return lease(*first_[id]);
        return lease(find(database, id, 0, text, query));
    }
    /// A statement of a query whose text depends on its values, which `shape` tells apart.
    lease get_shaped(sqlite3* database, std::size_t id, std::uint64_t shape, text_function text, const void* query) {
        return lease(find(database, id, shape, text, query));
    }

private:
    /// A shape that comes again is found again; of shapes that do not, the last few are kept.
    static constexpr int kept_shapes = 16;

    prepared& find(sqlite3* database, std::size_t id, std::uint64_t shape, text_function text, const void* query) {
        if (id >= first_.size()) first_.resize(id + 1);
        prepared** place = &first_[id];
        prepared* other = nullptr;
        int count = 0;
        for (; *place != nullptr; place = &(*place)->next, ++count) {
            if ((*place)->in_use) continue;
            if ((*place)->shape == shape) return **place;
            other = *place;
        }
        sqlite3_stmt* const handle = prepare(database, text, query);
        if (count < kept_shapes || other == nullptr) other = *place = new prepared;
        sqlite3_finalize(other->handle);
        other->handle = handle;
        other->shape = shape;
        return *other;
    }

    static sqlite3_stmt* prepare(sqlite3* database, text_function text, const void* query) {
        constexpr std::size_t enough = 4096; // so that most texts need no memory of their own
        char room[enough];
        text_writer count;
        text(count, query);
        std::string more;
        if (count.size() > enough) more.resize(count.size());
        text_writer writer(count.size() > enough ? more.data() : room);
        text(writer, query);
        sqlite3_stmt* made = nullptr;
        const std::string_view sql(count.size() > enough ? more.data() : room, writer.size());
        const int result = sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()),
                                              SQLITE_PREPARE_PERSISTENT, &made, nullptr);
        if (result != SQLITE_OK) sqlite::detail::raise(database, result, sql);
        return made;
    }

    model::vector<prepared*> first_;
};

} // namespace autopack_schema::query
