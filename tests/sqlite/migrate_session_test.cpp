// SPDX-License-Identifier: MIT
// The settings of the caller's connection: what is refused, what is set for the migration, and that all is put back.

#include <atomic>
#include <string>
#include <thread>

#include "traps_support.hpp"

using namespace trap_test;

namespace {

constexpr std::string_view before_text =
    "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t VALUES (1, 'a');";
constexpr std::string_view wanted_text = "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT NOT NULL)";

/// Every setting that a migration touches, as SQLite tells them.
std::string settings_of(connection& database) {
    std::string text;
    for (const char* name :
         {"foreign_keys", "legacy_alter_table", "ignore_check_constraints", "synchronous", "busy_timeout",
          "writable_schema", "recursive_triggers", "defer_foreign_keys", "journal_mode", "cache_size"})
        text += std::string(name) + " " + rows(database, "PRAGMA " + std::string(name));
    return text + (database.is_enabled(setting::triggers) ? "triggers" : "no triggers");
}

} // namespace

TEST_CASE("a journal that could not bring the database back is refused", "[migrate]") {
    const temp_dir folder;
    auto database = file_with(folder / "a.db", before_text);
    for (const char* mode : {"off", "memory"}) {
        INFO(mode);
        CHECK(rows(database, "PRAGMA journal_mode=" + std::string(mode)) == std::string(mode) + "\n");
        CHECK(code_of([&] { migrate_to(database, wanted_text, without_backup()); }) == "S379");
        CHECK(stored(database, "t").find("NOT NULL") == std::string::npos);
    }
    for (const char* mode : {"delete", "truncate", "persist", "wal"}) {
        INFO(mode);
        CHECK(rows(database, "PRAGMA journal_mode=" + std::string(mode)) == std::string(mode) + "\n");
        rebuild(database, wanted_text);
        rebuild(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)");
    }
    auto memory = database_with(before_text);
    rebuild(memory, wanted_text);
    memory.execute("PRAGMA journal_mode=OFF");
    CHECK(code_of([&] { migrate_to(memory, "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)", without_backup()); }) ==
          "S379");
}

TEST_CASE("what a migration sets it puts back, done or not", "[migrate]") {
    const temp_dir folder;
    auto database = file_with(folder / "a.db", before_text);
    for (const bool odd : {false, true}) {
        INFO("odd settings " << odd);
        if (odd) {
            database.execute("PRAGMA synchronous=OFF; PRAGMA ignore_check_constraints=ON; PRAGMA foreign_keys=OFF;"
                             "PRAGMA legacy_alter_table=ON; PRAGMA busy_timeout=123; PRAGMA recursive_triggers=ON");
            database.set_busy_timeout(123);
            database.enable(setting::triggers, false);
        }
        const std::string before = settings_of(database);
        auto options = without_backup();
        bool fails = true;
        options.at = [&](std::string_view what) {
            if (what != "verify") return;
            CHECK(rows(database, "PRAGMA synchronous") == "3\n");
            CHECK(rows(database, "PRAGMA foreign_keys") == "0\n");
            CHECK(rows(database, "PRAGMA ignore_check_constraints") == "0\n");
            if (fails) throw aps::error({.code = "S000", .what_happened = "test"});
        };
        const std::string wanted = odd ? "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)" : std::string(wanted_text);
        CHECK(code_of([&] { migrate_to(database, wanted, options); }) == "S000");
        CHECK(settings_of(database) == before);
        fails = false;
        CHECK(migrate_to(database, wanted, options).applied);
        CHECK(settings_of(database) == before);
        CHECK_FALSE(migrate_to(database, wanted, options).applied);
        CHECK(settings_of(database) == before);
    }
}

TEST_CASE("the backup is read through the VFS of the connection, which alone knows its locks", "[migrate]") {
    if (sqlite3_vfs_find("unix-dotfile") == nullptr) APS_SKIP("no VFS unix-dotfile");
    const temp_dir folder;
    const std::string path = (folder / "a.db").string();
    open_new(path).execute(before_text);
    auto database = connection::open_file(path, {.vfs = "unix-dotfile"});
    migrate::run_options options;
    options.busy_timeout_ms = 10;
    // locks of this VFS are all exclusive: a second connection is told so, and nothing is changed behind its back
    CHECK(code_of([&] { migrate_to(database, wanted_text, options); }) == "S209");
    CHECK(stored(database, "t").find("NOT NULL") == std::string::npos);
    rebuild(database, wanted_text);
}

TEST_CASE("a busy timeout that SQLite knows is put back, a busy handler is left and asked", "[migrate]") {
    const temp_dir folder;
    auto database = file_with(folder / "a.db", before_text);
    database.set_busy_timeout(100);
    database.execute("PRAGMA busy_timeout=77"); // not by the library
    rebuild(database, wanted_text);
    CHECK(database.query_int("PRAGMA busy_timeout") == 77);
    CHECK(database.busy_timeout_ms() == 77);

    int asked = 0;
    const auto handler = [](void* count, int) { return ++*static_cast<int*>(count) % 2; };
    sqlite3_busy_handler(database.handle(), handler, &asked);
    auto other = connection::open_file((folder / "a.db").string());
    other.execute("BEGIN IMMEDIATE");
    auto options = without_backup();
    options.busy_timeout_ms = 50;
    const std::string_view back = "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)";
    CHECK(code_of([&] { migrate_to(database, back, options); }) == "S209");
    CHECK(asked > 2); // also where it gave up, until the time was over
    other.execute("COMMIT");
    CHECK(migrate_to(database, back, options).applied);
    other.execute("BEGIN IMMEDIATE");
    asked = 0;
    CHECK(code_of([&] { database.execute("DELETE FROM t"); }) == "S209");
    CHECK(asked == 2); // it is still the caller's
}

TEST_CASE("a connection that does not wait for a lock waits for the migration", "[migrate]") {
    const temp_dir folder;
    auto database = file_with(folder / "a.db", before_text);
    database.set_busy_timeout(0);
    auto other = connection::open_file((folder / "a.db").string());
    other.execute("BEGIN EXCLUSIVE");
    std::thread writer([&] {
        sqlite3_sleep(200);
        other.execute("COMMIT");
    });
    auto options = without_backup();
    options.busy_timeout_ms = 20000;
    CHECK(migrate_to(database, wanted_text, options).applied);
    writer.join();
    CHECK(database.query_int("PRAGMA busy_timeout") == 0);
}

TEST_CASE("a progress handler stays where the migration needs none", "[migrate]") {
    auto database = database_with(before_text);
    int called = 0;
    const auto count = [](void* number) {
        ++*static_cast<int*>(number);
        return 0;
    };
    sqlite3_progress_handler(database.handle(), 1, count, &called);
    migrate_to(database, wanted_text, without_backup());
    CHECK(called > 0);
    called = 0;
    database.query_int("SELECT count(*) FROM t");
    CHECK(called > 0);

    auto options = without_backup();
    std::atomic<bool> stop = false;
    options.stop = &stop; // needs it: as run_options says, the caller's is gone
    migrate_to(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)", options);
    called = 0;
    database.query_int("SELECT count(*) FROM t");
    CHECK(called == 0);
}
