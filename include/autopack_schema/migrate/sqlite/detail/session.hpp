// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/options.hpp>
#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace autopack_schema::migrate::sqlite::detail {

using autopack_schema::sqlite::setting;

[[noreturn]] inline void refuse_session(const connection& database, std::string what, std::string advice) {
    throw error(
        {.code = "S379", .what_happened = std::move(what), .database = database.name(), .advice = std::move(advice)});
}

/// Lists the objects of the temporary schema; empty where there are none.
inline std::string temporary_objects(connection& database) {
    std::string names;
    // only where there is such a schema: reading it would open one, with a page cache of its own
    if (database.query_int("SELECT count(*) FROM pragma_database_list WHERE name = 'temp'") == 0) return names;
    auto rows = database.prepare("SELECT type || ' ' || name FROM temp.sqlite_schema WHERE type <> 'index' LIMIT 5");
    while (rows.step()) names += (names.empty() ? "" : ", ") + std::string(rows.column_text(0));
    return names;
}

/// Lists the attached databases.
inline std::string attached_databases(connection& database) {
    std::string names;
    auto rows = database.prepare("SELECT name FROM pragma_database_list WHERE name NOT IN ('main', 'temp')");
    while (rows.step()) names += (names.empty() ? "" : ", ") + std::string(rows.column_text(0));
    return names;
}

inline bool has_running_statement(const connection& database) {
    for (sqlite3_stmt* s = sqlite3_next_stmt(database.handle(), nullptr); s != nullptr;
         s = sqlite3_next_stmt(database.handle(), s)) {
        if (sqlite3_stmt_busy(s) != 0) return true;
    }
    return false;
}

/// Refuses a journal that could not bring the database back: after an error, or on the disk after a crash.
inline void require_journal(connection& database) {
    const std::string mode = database.query_text("PRAGMA main.journal_mode");
    if (mode != "off" && (mode != "memory" || database.name() == ":memory:")) return;
    refuse_session(database, "journal_mode is " + mode + ", with which a migration that breaks off could not be undone",
                   "PRAGMA journal_mode=DELETE or WAL");
}

/// Refuses a connection on which a migration would not be safe (traps 03, 29, 31, 32, 33).
/// errors: S379
inline void require_ready(connection& database) {
    if (!database.is_open()) refuse_session(database, "the connection is closed", "open the database first");
    if (database.is_read_only())
        refuse_session(database, "the database is open for reading only", "open it for writing");
    if (database.in_transaction())
        refuse_session(database, "a transaction is open on the connection", "commit or roll back first");
    if (has_running_statement(database)) {
        refuse_session(database, "a statement of the connection is still running", "finish or reset it first");
    }
    if (sqlite3_libversion_number() < 3035005) {
        refuse_session(database, std::string("SQLite ") + sqlite3_libversion() + " is too old", "use 3.35.5 or newer");
    }
    require_journal(database);
    if (const std::string names = temporary_objects(database); !names.empty()) {
        refuse_session(database,
                       "the connection has temporary objects, which shadow tables or vanish with them: " + names,
                       "drop them, or migrate on a connection of its own");
    }
    if (const std::string names = attached_databases(database); !names.empty()) {
        refuse_session(database, "the connection has other databases attached: " + names,
                       "detach them, or migrate on a connection of its own");
    }
}

/// Does something again while another program has the database locked, for so long: where SQLite itself does not wait.
template <class Action>
auto wait_while_locked(int milliseconds, Action action) {
    using clock = std::chrono::steady_clock;
    const auto deadline = clock::now() + std::chrono::milliseconds(milliseconds);
    for (;;) {
        try {
            return action();
        } catch (const error& e) {
            if ((e.info().native_code & 0xff) != SQLITE_BUSY || clock::now() >= deadline) throw;
        }
        sqlite3_sleep(20);
    }
}

/// Takes the write lock.
/// errors: S209 another program has it for longer
inline autopack_schema::sqlite::transaction lock_for_writing(connection& database, int milliseconds) {
    return wait_while_locked(milliseconds, [&] { return autopack_schema::sqlite::transaction(database); });
}

/// Sets a connection up for a migration and puts everything back at the end of the scope, whatever happens (trap 35).
/// shape:  foreign keys off (before BEGIN, read back: traps 01 to 04), triggers off (a migration's values are no
///         events), CHECKs on (trap 20), ALTER TABLE in its modern form, the disk waited for
class session {
public:
    session(connection& database, int busy_timeout_ms)
        : database_(database), busy_timeout_ms_(static_cast<int>(database.query_int("PRAGMA busy_timeout"))),
          foreign_keys_(database.is_enabled(setting::foreign_keys)), triggers_(database.is_enabled(setting::triggers)),
          legacy_(database.is_enabled(setting::legacy_alter_table)),
          writable_schema_(database.is_enabled(setting::writable_schema)),
          ignore_checks_(database.query_int("PRAGMA ignore_check_constraints") != 0),
          synchronous_(database.query_int("PRAGMA main.synchronous")) {
        try {
            enter(busy_timeout_ms);
        } catch (...) {
            leave();
            throw;
        }
    }
    session(const session&) = delete;
    session& operator=(const session&) = delete;
    ~session() { leave(); }

private:
    static constexpr std::int64_t extra = 3; ///< with FULL the power can take back that a journal was deleted

    void enter(int busy_timeout_ms) {
        if (busy_timeout_ms_ > 0) database_.set_busy_timeout(busy_timeout_ms); // else a handler may be there
        database_.enable(setting::foreign_keys, false);
        database_.enable(setting::triggers, false);
        database_.enable(setting::legacy_alter_table, false);
        database_.enable(setting::writable_schema, false);
        database_.execute("PRAGMA ignore_check_constraints=OFF");
        if (synchronous_ < extra) database_.execute("PRAGMA main.synchronous=EXTRA");
        if (database_.query_int("PRAGMA foreign_keys") != 0) {
            refuse_session(database_, "foreign keys cannot be switched off", "migrate on a connection of its own");
        }
    }

    /// Asks nothing that could fail for want of memory, or because a transaction could not be rolled back.
    void put_back(setting which, bool on) const noexcept {
        sqlite3_db_config(database_.handle(), static_cast<int>(which), on ? 1 : 0, nullptr);
    }

    void leave() noexcept {
        put_back(setting::foreign_keys, foreign_keys_);
        put_back(setting::triggers, triggers_);
        put_back(setting::legacy_alter_table, legacy_);
        put_back(setting::writable_schema, writable_schema_);
        try {
            if (busy_timeout_ms_ > 0) database_.set_busy_timeout(busy_timeout_ms_);
            if (ignore_checks_) database_.execute("PRAGMA ignore_check_constraints=ON");
            if (synchronous_ < extra) database_.execute("PRAGMA main.synchronous=" + std::to_string(synchronous_));
        } catch (...) { // then CHECKs stay on and the disk is waited for, which loses nothing
        }
    }

    connection& database_;
    int busy_timeout_ms_; ///< 0: none, or a handler of the caller's, which SQLite does not tell: left as it is
    bool foreign_keys_;
    bool triggers_;
    bool legacy_;
    bool writable_schema_;
    bool ignore_checks_;
    std::int64_t synchronous_;
};

/// Makes sure that nothing is open after an error (trap 26). By now more memory is free than when it happened.
/// errors: S386
inline void require_rolled_back(connection& database) {
    if (!database.in_transaction()) return;
    autopack_schema::sqlite::detail::control_quietly(database.handle(), "ROLLBACK");
    if (!database.in_transaction()) return;
    // Whoever goes on with this connection cannot commit the half of it: a COMMIT becomes a ROLLBACK.
    sqlite3_commit_hook(
        database.handle(), [](void*) { return 1; }, nullptr);
    throw error({.code = "S386",
                 .what_happened = "the migration failed and could not be rolled back",
                 .database = database.name(),
                 .advice = "end this program: SQLite rolls the file back when it is opened again"});
}

/// Does a migration's work on a connection that is fit and set up for it; after an error nothing is open.
/// errors: S379, S386, and what the work throws
template <class Work>
auto in_session(connection& database, int busy_timeout_ms, Work work) {
    const session settings = wait_while_locked(busy_timeout_ms, [&] {
        require_ready(database);
        return session(database, busy_timeout_ms);
    });
    try {
        return work();
    } catch (...) {
        require_rolled_back(database);
        throw;
    }
}

} // namespace autopack_schema::migrate::sqlite::detail
