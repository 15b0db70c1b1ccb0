// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/sqlite/detail/stage.hpp>
#include <autopack_schema/migrate/sqlite/fingerprint.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>

#include <sqlite3.h>

#include <cstdint>
#include <exception>
#include <string>

namespace autopack_schema::migrate::sqlite::detail {

/// While it lives, nothing ends the transaction of a connection or attaches another database to it.
class transaction_guard {
public:
    explicit transaction_guard(connection& database) : database_(database) {
        sqlite3_set_authorizer(database_.handle(), &transaction_guard::judge, nullptr);
    }
    transaction_guard(const transaction_guard&) = delete;
    transaction_guard& operator=(const transaction_guard&) = delete;
    ~transaction_guard() { sqlite3_set_authorizer(database_.handle(), nullptr, nullptr); }

private:
    static int judge(void*, int action, const char*, const char*, const char*, const char*) noexcept {
        const bool refused = action == SQLITE_TRANSACTION || action == SQLITE_ATTACH || action == SQLITE_DETACH;
        return refused ? SQLITE_DENY : SQLITE_OK;
    }

    connection& database_;
};

[[noreturn]] inline void fail_custom(const connection& database, const custom_call& call, const std::string& what) {
    throw error({.code = "S404",
                 .what_happened = "step \"" + std::string(call.name) + "\" of migration \"" +
                                  std::string(call.migration) + "\": " + what,
                 .database = database.name(),
                 .advice = "everything was rolled back, the database is as before; correct the function"});
}

/// Calls a step in C++ and gives how many rows it wrote.
/// errors: S404 it threw, or it changed the schema
inline std::int64_t call_custom(connection& database, const custom_call& call) {
    const std::string before = fingerprint(database);
    const int rows = sqlite3_total_changes(database.handle());
    {
        const transaction_guard guard(database);
        try {
            call.run(database);
        } catch (const std::exception& e) {
            fail_custom(database, call, e.what());
        }
    }
    if (!database.in_transaction()) fail_custom(database, call, "it ended the transaction"); // ON CONFLICT ROLLBACK
    if (fingerprint(database) != before)
        fail_custom(database, call, "it changed the schema; declare a version for that");
    return sqlite3_total_changes(database.handle()) - rows;
}

} // namespace autopack_schema::migrate::sqlite::detail
