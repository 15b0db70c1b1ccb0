// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/ops/detail/columns.hpp>

#include <sys/stat.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace autopack_schema::ops {

/// Which database this is, so that nobody works on another one than he thinks.
struct database_identity {
    std::string url{};                    ///< without its secrets
    std::string file{};                   ///< the path that was opened, absolute; empty for a database in memory
    std::optional<std::int64_t> size{};   ///< bytes
    std::optional<timestamp> modified{};  ///< UTC
    std::optional<std::int64_t> runs{};   ///< rows; empty where there is no such table
    std::optional<std::int64_t> phases{}; ///< rows
    std::optional<std::int64_t> llm_usage_events{};

    /// Neither runs nor phases: a new file, or the wrong one.
    bool is_empty() const { return runs.value_or(0) == 0 && phases.value_or(0) == 0; }
};

namespace detail {

/// The rows of a table, where there is such a table.
inline std::optional<std::int64_t> count_of(sqlite::connection& database, const std::string& table) {
    if (columns_of(database, table).empty()) return std::nullopt;
    return database.query_int("SELECT COUNT(*) FROM " + table);
}

inline void read_file_state(database_identity& identity) {
    struct stat status {};
    if (::stat(identity.file.c_str(), &status) != 0) return;
    identity.size = static_cast<std::int64_t>(status.st_size);
    auto modified = std::chrono::sys_time<std::chrono::microseconds>(std::chrono::seconds(status.st_mtime));
#if defined(__linux__)
    modified += std::chrono::microseconds(status.st_mtim.tv_nsec / 1000);
#endif
    identity.modified = timestamp(modified);
}

} // namespace detail

/// Reads which database a connection leads to. Nothing is changed.
/// shape: `where` is what it was opened by
inline database_identity read_identity(sqlite::connection& database, const db::url& where) {
    database_identity identity;
    identity.url = where.masked();
    if (!where.is_memory()) {
        identity.file = database.name();
        detail::read_file_state(identity);
    }
    identity.runs = detail::count_of(database, "runs");
    identity.phases = detail::count_of(database, "phases");
    identity.llm_usage_events = detail::count_of(database, "llm_usage_events");
    return identity;
}

} // namespace autopack_schema::ops
