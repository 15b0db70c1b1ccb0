// SPDX-License-Identifier: MIT
#pragma once
// What the tests of the numbered ways to lose data share. Rows are read with SQLite's C API alone.
// source: the numbers are those of rebuild_traps.md, which tools/check_traps.py knows

#include <autopack_schema_test/dump.hpp>

#include <filesystem>
#include <string>
#include <string_view>

#include "migrate_support.hpp"

namespace trap_test {

using namespace migrate_test;
using aps::sqlite::setting;
using autopack_schema_test::dump;
using autopack_schema_test::temp_dir;

inline std::string rows(connection& database, const std::string& sql) {
    return autopack_schema_test::query_lines(database.handle(), sql);
}

inline std::string stored(connection& database, const std::string& name) {
    return rows(database, "SELECT sql FROM sqlite_schema WHERE name = '" + name + "'");
}

/// A database in memory where foreign keys are enforced, as in a program that uses it.
inline connection database_with(std::string_view sql) {
    auto database = memory_with(sql);
    database.enable(setting::foreign_keys, true);
    return database;
}

/// The same in a file.
inline connection file_with(const std::filesystem::path& file, std::string_view sql) {
    open_new(file).execute(sql);
    return connection::open_file(file.string());
}

/// What must hold of a connection after every migration, done or refused.
inline void check_sound(connection& database) {
    CHECK(rows(database, "PRAGMA integrity_check") == "ok\n");
    CHECK(rows(database, "PRAGMA foreign_keys") == "1\n");
    CHECK_FALSE(database.in_transaction());
    CHECK(rows(database, "SELECT name FROM sqlite_schema WHERE name GLOB 'new_[0-9a-f]*'").empty());
}

/// From 3.53 on SQLite alters in place what it needed a new table for before, NOT NULL and named CHECKs.
inline bool alters_constraints() { return sqlite3_libversion_number() >= 3053000; }

/// Migrates by a rebuild of a table; where this version of SQLite needs none, in place, and all the same must hold.
inline migrate::run_result rebuild(connection& database, std::string_view ddl,
                                   const migrate::run_options& options = without_backup()) {
    migrate::run_result done = migrate_to(database, ddl, options);
    CHECK(done.applied);
    bool rebuilt = false, altered = false;
    for (const migrate::step& s : done.plan.steps) {
        rebuilt = rebuilt || s.kind == migrate::step_kind::rebuild_table;
        altered = altered || s.kind == migrate::step_kind::alter_table;
    }
    CHECK((rebuilt || (altered && alters_constraints())));
    check_sound(database);
    return done;
}

/// Migrates, which must be refused and change nothing: "code rows examples" of each reason, one line each.
inline std::string refusal(connection& database, std::string_view ddl,
                           const migrate::run_options& options = without_backup()) {
    const std::string before = dump(database.handle());
    std::string reasons;
    try {
        migrate_to(database, ddl, options);
        FAIL("the migration was not refused");
    } catch (const migrate::refused& e) {
        for (const auto& b : e.blockers())
            reasons += b.code + (b.rows > 0 ? " " + std::to_string(b.rows) + " " + b.examples : "") + "\n";
    } catch (const aps::error& e) {
        reasons = std::string(e.code()) + "\n";
    }
    CHECK(dump(database.handle()) == before);
    CHECK_FALSE(database.in_transaction());
    CHECK(rows(database, "PRAGMA foreign_keys") == "1\n");
    return reasons;
}

} // namespace trap_test
