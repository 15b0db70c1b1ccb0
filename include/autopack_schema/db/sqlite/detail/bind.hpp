// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/error.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace autopack_schema::sqlite::detail {

/// Who keeps the bytes of a bound text or blob.
enum class keep {
    reference, ///< the caller, until the next step(), reset() or bind() of this statement has been done with them
    copy       ///< SQLite, at the cost of one copy
};

inline sqlite3_destructor_type destructor(keep how) {
    return how == keep::reference ? SQLITE_STATIC : SQLITE_TRANSIENT;
}

/// Binds text with its length; an empty text stays a text (a null pointer would make it NULL).
inline int bind_text(sqlite3_stmt* statement, int index, std::string_view text, keep how) {
    const char* data = text.data() == nullptr ? "" : text.data();
    return sqlite3_bind_text64(statement, index, data, text.size(), destructor(how), SQLITE_UTF8);
}

/// Binds bytes; an empty blob stays a blob.
inline int bind_blob(sqlite3_stmt* statement, int index, const std::byte* bytes, std::size_t size, keep how) {
    if (size == 0) return sqlite3_bind_zeroblob(statement, index, 0);
    return sqlite3_bind_blob64(statement, index, bytes, size, destructor(how));
}

/// Throws for a number that SQLite would store as something else.
[[noreturn]] inline void refuse_number(sqlite3_stmt* statement, std::string_view what, std::string_view advice) {
    refuse(sqlite3_db_handle(statement), "S228", std::string(what), std::string(advice),
           statement == nullptr ? "" : sqlite3_sql(statement));
}

} // namespace autopack_schema::sqlite::detail
