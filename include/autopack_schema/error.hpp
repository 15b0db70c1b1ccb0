// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/detail/printable.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema {

/// Everything that is known about one failure; what is not known stays empty.
struct error_info {
    std::string code{};          ///< "S201"; each code has its heading in docs/errors.md
    std::string what_happened{}; ///< a clause without a full stop: "no such table: runs"
    std::string table{};         ///< the table concerned, unquoted
    std::string column{};        ///< the column concerned, unquoted; several are separated by ", "
    std::string sql{};           ///< the statement that failed, in full (what() shows its beginning)
    std::string database{};      ///< where: an absolute path or a URL without its secrets
    std::string advice{};        ///< what the reader can do: "stop the API server, or …"
    int native_code = 0;         ///< the database library's own code; 0 when it has none
    std::string native_name{};   ///< its name: "SQLITE_BUSY_SNAPSHOT", or an SQLSTATE
};

namespace detail {

/// The text of `what()`: one line that says it all, then a line each for database and SQL.
/// shape:  [S201] table "users": column "e-mail": what happened; advice (SQLITE_ERROR, 1)
inline std::string error_text(const error_info& info) {
    std::string text;
    if (!info.code.empty()) text += "[" + info.code + "] ";
    if (!info.table.empty()) text += "table " + detail::quoted(info.table) + ": ";
    if (!info.column.empty()) text += "column " + detail::quoted(info.column) + ": ";
    text += printable(info.what_happened);
    if (!info.advice.empty()) text += "; " + printable(info.advice);
    if (info.native_code != 0) {
        text += info.native_name.empty() ? " (native code " : " (" + info.native_name + ", ";
        text += std::to_string(info.native_code) + ")";
    }
    if (!info.database.empty()) text += "\n  database: " + printable(info.database);
    if (!info.sql.empty()) text += "\n  SQL: " + printable(shortened(info.sql, 600), true);
    return text;
}

} // namespace detail

/// What every function of this library throws when it cannot do what it was asked.
/// shape:  `what()` is the whole message, ready for a terminal or a log: control characters are
///         escaped, passwords never occur; the parts are in `info()`
class error : public std::runtime_error {
public:
    explicit error(error_info info) : std::runtime_error(detail::error_text(info)), info_(std::move(info)) {}

    /// The parts of the message.
    const error_info& info() const noexcept { return info_; }
    /// "S201"; stable across versions, never reused for something else.
    std::string_view code() const noexcept { return info_.code; }

private:
    error_info info_;
};

} // namespace autopack_schema
