// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/detail/advice.hpp>
#include <autopack_schema/db/sqlite/detail/constraint.hpp>
#include <autopack_schema/db/sqlite/result_code.hpp>
#include <autopack_schema/error.hpp>

#include <sqlite3.h>

#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::sqlite {

/// The name of an open database for messages: the absolute path of its file, or ":memory:".
inline std::string database_name(sqlite3* database) {
    if (database == nullptr) return {};
    const char* file = sqlite3_db_filename(database, "main");
    return file == nullptr || *file == '\0' ? ":memory:" : file;
}

namespace detail {

/// Builds the error of a result code. Always out of line: the fast paths only test and call.
/// `message` is SQLite's own text or what the caller knows better; `place` comes before it.
inline error make_error(int result, std::string message, std::string_view sql, std::string database,
                        const std::string& place = {}) {
    const verdict judged = verdict_on(result);
    failed_columns failed = read_failed_columns(message);
    return error({.code = std::string(judged.code),
                  .what_happened = place + message,
                  .table = std::move(failed.table),
                  .column = std::move(failed.columns),
                  .sql = std::string(sql),
                  .database = std::move(database),
                  .advice = std::string(judged.advice),
                  .native_code = result,
                  .native_name = std::string(name_of_result(result))});
}

/// The extended code of the last failure, if it belongs to `result`.
inline int extended_code(sqlite3* database, int result) {
    const int extended = sqlite3_extended_errcode(database);
    return (extended & 0xff) == (result & 0xff) ? extended : result;
}

/// True for a failure of the moment: a lock, the disk, memory, an interruption. It says nothing about the SQL.
inline bool is_of_the_moment(const error& e) {
    for (const std::string_view code : {"S206", "S209", "S211", "S212", "S213", "S222"}) {
        if (e.code() == code) return true;
    }
    return false;
}

/// Throws what the connection says about its last failure.
[[noreturn]] inline void raise(sqlite3* database, int result, std::string_view sql = {}) {
    if (database == nullptr) throw make_error(SQLITE_MISUSE, "the connection is closed or was moved from", sql, {});
    const int code = extended_code(database, result);
    // The text of the connection is about its last call; for another code the general text is right.
    const bool own_text = (sqlite3_errcode(database) & 0xff) == (result & 0xff);
    throw make_error(code, own_text ? sqlite3_errmsg(database) : sqlite3_errstr(result), sql, database_name(database));
}

/// Throws what a statement failed with, and resets it so that it holds no lock and can run again.
[[noreturn]] inline void raise(sqlite3_stmt* statement, int result) {
    if (statement == nullptr) throw make_error(SQLITE_MISUSE, "the statement is empty or was moved from", {}, {});
    sqlite3* database = sqlite3_db_handle(statement);
    const int code = extended_code(database, result);
    const bool own_text = (sqlite3_errcode(database) & 0xff) == (result & 0xff);
    error built = make_error(code, own_text ? sqlite3_errmsg(database) : sqlite3_errstr(result), sqlite3_sql(statement),
                             database_name(database));
    sqlite3_reset(statement);
    throw error(std::move(built));
}

/// Throws an error of this library, not of SQLite.
[[noreturn]] inline void refuse(sqlite3* database, std::string_view code, std::string what, std::string advice,
                                std::string_view sql = {}) {
    throw error({.code = std::string(code),
                 .what_happened = std::move(what),
                 .sql = std::string(sql),
                 .database = database_name(database),
                 .advice = std::move(advice)});
}

} // namespace detail
} // namespace autopack_schema::sqlite
