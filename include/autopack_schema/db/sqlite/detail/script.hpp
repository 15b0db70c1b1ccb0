// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/error.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::sqlite::detail {

/// Where the first thing is that is neither white space, a comment nor a semicolon.
constexpr std::size_t skip_blank(std::string_view sql, std::size_t at = 0) {
    while (at < sql.size()) {
        const char c = sql[at];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ';') {
            ++at;
        } else if (sql.substr(at, 2) == "--") {
            at = sql.find('\n', at);
        } else if (sql.substr(at, 2) == "/*") {
            at = sql.find("*/", at + 2);
            if (at != std::string_view::npos) at += 2;
        } else {
            break;
        }
    }
    return at < sql.size() ? at : sql.size();
}

/// "line 3, column 7" of an offset, counted from 1, columns in bytes.
inline std::string place_of(std::string_view sql, std::size_t offset) {
    std::size_t line = 1, start = 0;
    for (std::size_t i = 0; i < offset && i < sql.size(); ++i)
        if (sql[i] == '\n') {
            ++line;
            start = i + 1;
        }
    return "line " + std::to_string(line) + ", column " + std::to_string(offset - start + 1);
}

/// Throws what prepare failed with. `sql` is the rest of the text from the failing statement on, `tail` where
/// SQLite stopped, `place` says which statement of a script it is.
[[noreturn]] inline void raise_prepare(sqlite3* database, int result, std::string_view sql, std::size_t tail,
                                       const std::string& place) {
    std::string message = sqlite3_errmsg(database);
#if SQLITE_VERSION_NUMBER >= 3038000
    const int offset = sqlite3_error_offset(database);
    if (offset >= 0) message += " at " + place_of(sql, static_cast<std::size_t>(offset));
#endif
    const std::size_t end = sql.find(';', tail);
    throw make_error(extended_code(database, result), std::move(message),
                     sql.substr(0, end == std::string_view::npos ? end : end + 1), database_name(database), place);
}

/// One statement taken from the front of a text.
struct prepared_part {
    statement made;      ///< empty when the text holds no statement any more
    std::size_t end = 0; ///< offset behind it
};

/// Prepares the first statement of `sql` from `begin` on.
/// shape: `terminated`: a NUL stands behind the text; without one SQLite copies the rest of it for every statement
inline prepared_part prepare_next(sqlite3* database, std::string_view sql, std::size_t begin, unsigned flags,
                                  const std::string& place, bool terminated = false) {
    begin = skip_blank(sql, begin);
    if (begin == sql.size()) return {statement(), begin};
    const std::string_view rest = sql.substr(begin);
    const std::size_t length = rest.size() + (terminated ? 1 : 0);
    if (length > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        throw make_error(SQLITE_TOOBIG, "the SQL text is longer than 2 GiB", {}, database_name(database), place);
    sqlite3_stmt* handle = nullptr;
    const char* tail = rest.data();
    const int result = sqlite3_prepare_v3(database, rest.data(), static_cast<int>(length), flags, &handle, &tail);
    const auto read = static_cast<std::size_t>(tail == nullptr ? 0 : tail - rest.data());
    const std::size_t consumed = read < rest.size() ? read : rest.size();
    if (result != SQLITE_OK) raise_prepare(database, result, rest, consumed, place);
    statement made(handle);
    if (consumed < rest.size() && rest[consumed] == '\0')
        refuse(database, "S224", place + "the SQL text has a NUL character in it, where SQLite stops reading",
               "bind the value as a parameter", rest.substr(0, consumed));
    return {std::move(made), begin + consumed};
}

/// Prepares the only statement of `sql`.
/// errors: S224 none, or more than one: a second one would silently never run
inline statement prepare_only(sqlite3* database, std::string_view sql, unsigned flags) {
    if (database == nullptr) raise(database, SQLITE_MISUSE, sql);
    prepared_part part = prepare_next(database, sql, 0, flags, {});
    if (part.made.handle() == nullptr)
        refuse(database, "S224", "the SQL text holds no statement", "pass one statement", sql);
    if (skip_blank(sql, part.end) != sql.size())
        refuse(database, "S224", "the SQL text holds more than one statement",
               "prepare them one by one, or use execute()", sql);
    return std::move(part.made);
}

/// "statement 2: " if the text holds several, else nothing.
inline std::string place_in_script(std::string_view sql, std::size_t end, int number) {
    const bool alone = number == 1 && skip_blank(sql, end) == sql.size();
    return alone ? std::string() : "statement " + std::to_string(number) + " of the script: ";
}

/// Runs one prepared statement to its end, its rows unread.
inline void run_to_end(sqlite3* database, const statement& made, std::string_view sql, std::size_t end, int number) {
    int result = SQLITE_ROW;
    while (result == SQLITE_ROW) result = sqlite3_step(made.handle());
    if (result == SQLITE_DONE) return;
    throw make_error(extended_code(database, result), sqlite3_errmsg(database), made.sql(), database_name(database),
                     place_in_script(sql, end, number));
}

/// Runs every statement of a text in order and stops at the first that fails, naming it.
inline void execute_all(sqlite3* database, std::string_view script) {
    if (database == nullptr) raise(database, SQLITE_MISUSE, script);
    const std::string sql(script);
    std::size_t at = 0;
    for (int number = 1;; ++number) {
        const std::string place =
            number == 1 ? std::string() : "statement " + std::to_string(number) + " of the script: ";
        const prepared_part part = prepare_next(database, sql, at, 0, place, true);
        if (part.made.handle() == nullptr) return;
        run_to_end(database, part.made, sql, part.end, number);
        at = part.end;
    }
}

} // namespace autopack_schema::sqlite::detail
