// SPDX-License-Identifier: MIT
// The table with everything: one column becomes NOT NULL, and nothing else changes.

#include <sqlite3.h>

#include "migrate_support.hpp"

namespace {

using namespace migrate_test;
using aps::sqlite::setting;

struct variant {
    bool views;
    bool foreign_keys;
    bool wal;
    bool exact;
};

/// What the database must be afterwards, by SQLite's own statements: all as before but for one column.
std::string without_users(std::string text) {
    const auto at = text.find("table|users|users|");
    return text.erase(at, text.find("\ntrigger|", at) - at);
}

void check_rest(connection& database, const variant& v) {
    CHECK(database.is_enabled(setting::foreign_keys) == v.foreign_keys);
    CHECK(database.is_enabled(setting::triggers));
    CHECK_FALSE(database.is_enabled(setting::legacy_alter_table));
    CHECK_FALSE(database.in_transaction());
    CHECK(database.query_text("PRAGMA integrity_check") == "ok");
    CHECK(lines(database, "PRAGMA foreign_key_check") == "post|9|users|0\n"); // the one that was there
    CHECK(lines(database, "SELECT name FROM sqlite_schema WHERE name LIKE 'new\\_%' ESCAPE '\\'").empty());
    CHECK(lines(database, "SELECT seq FROM sqlite_sequence WHERE name = 'users'") == "3\n");
    CHECK(lines(database, "SELECT \"notnull\" FROM pragma_table_info('users') WHERE name = 'email'") == "1\n");
    CHECK(database.query_int("SELECT count(*) FROM log") == 0);
    CHECK(database.query_int("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'users'") > 0);
    const std::string users = database.query_text("SELECT sql FROM sqlite_schema WHERE name = 'users'");
    for (const char* word :
         {"AUTOINCREMENT", "COLLATE NOCASE", "'admin'", "length(email)", "ck_len", "INITIALLY DEFERRED",
          "ON DELETE CASCADE", "ON DELETE SET NULL", "lower(email)", "ON CONFLICT IGNORE", "datetime('now')"}) {
        INFO(users);
        CHECK(users.find(word) != std::string::npos);
    }
}

/// The objects do their work, not only stand in the schema.
void check_behaviour(connection& database, bool views) {
    database.enable(setting::foreign_keys, true);
    database.execute("BEGIN");
    database.execute("INSERT INTO users(email, org) VALUES ('new@x', 1)");
    CHECK(database.last_insert_rowid() == 4);                              // 3 is never given again
    database.execute("INSERT INTO users(email, org) VALUES ('NEW@X', 1)"); // unique without case, ignored
    CHECK(database.query_int("SELECT count(*) FROM users") == 3);
    CHECK_THROWS_AS(database.execute("INSERT INTO users(email) VALUES (NULL)"), aps::error);
    CHECK_THROWS_AS(database.execute("INSERT INTO users(email) VALUES ('xy')"), aps::error);
    CHECK(database.query_int("SELECT count(*) FROM log WHERE what = 'insert'") == 1);
    if (views) {
        database.execute("INSERT INTO v_users(email) VALUES ('view@x')");
        CHECK(database.query_int("SELECT count(*) FROM v_star WHERE email = 'view@x'") == 1);
    }
    database.execute("INSERT INTO post VALUES (20, 1)");
    database.execute("DELETE FROM users WHERE id = 1");
    CHECK(database.query_int("SELECT count(*) FROM post WHERE author = 1") == 0);
    database.execute("ROLLBACK");
}

void run_variant(const variant& v) {
    INFO("views " << v.views << " foreign keys " << v.foreign_keys << " wal " << v.wal << " exact " << v.exact);
    const autopack_schema_test::temp_dir directory;
    auto database = open_new(directory / "everything.db");
    if (v.wal) database.execute("PRAGMA journal_mode=WAL");
    database.execute(everything_schema(""));
    if (v.views) database.execute(everything_views);
    database.execute(everything_rows);
    database.execute("ANALYZE");
    database.enable(setting::foreign_keys, v.foreign_keys);
    const std::string before = everything_in(database);
    const std::string statistics = lines(database, "SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY tbl, idx");
    const std::string wanted =
        everything_schema(" NOT NULL") + (v.views ? std::string(everything_views) : std::string());
    migrate::run_options options;
    options.target.exact = v.exact;
    options.compare_content = true;
    const auto done = migrate_to(database, wanted, options);
    CHECK(done.applied);
    REQUIRE(done.plan.steps.size() == 1);
    const bool in_place = sqlite3_libversion_number() >= 3053000; // SET NOT NULL
    CHECK(done.rows == (in_place ? 0 : 2));
    CHECK(done.plan.steps[0].kind == (in_place ? migrate::step_kind::alter_table : migrate::step_kind::rebuild_table));
    check_rest(database, v);
    const std::string after = everything_in(database);
    CHECK(without_users(after) == without_users(before));
    CHECK(lines(database, "SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY tbl, idx") == statistics);
    check_behaviour(database, v.views);
    auto backup = connection::open_file(done.backup, {.mode = aps::sqlite::open_mode::read_only});
    CHECK(everything_in(backup) == before);
    CHECK_FALSE(migrate_to(database, wanted, options).applied);
    CHECK(everything_in(database) == after);
}

} // namespace

TEST_CASE("a rebuild keeps everything", "[migrate]") {
    for (int i = 0; i < 16; ++i) run_variant({(i & 1) != 0, (i & 2) != 0, (i & 4) != 0, (i & 8) != 0});
}

TEST_CASE("a rebuild keeps the numbers of rows and what points at them", "[migrate]") {
    auto database = memory_with(
        "CREATE TABLE d(title TEXT, n INT); INSERT INTO d VALUES('a',1),('b',2),('c',3); DELETE FROM d WHERE title='a';"
        "CREATE VIRTUAL TABLE f USING fts5(title, content='d'); INSERT INTO f(rowid, title) SELECT rowid, title FROM d;"
        "CREATE TRIGGER d_ai AFTER INSERT ON d BEGIN INSERT INTO f(rowid, title) VALUES (new.rowid, new.title); END;");
    const auto done = migrate_to(
        database,
        "CREATE TABLE d(title TEXT NOT NULL, n INT); CREATE VIRTUAL TABLE f USING fts5(title, content='d');"
        "CREATE TRIGGER d_ai AFTER INSERT ON d BEGIN INSERT INTO f(rowid, title) VALUES (new.rowid, new.title); END;",
        without_backup());
    CHECK(done.applied);
    CHECK(lines(database, "SELECT rowid, title FROM d") == "2|b\n3|c\n");
    CHECK(lines(database, "SELECT d.title FROM f JOIN d ON d.rowid = f.rowid WHERE f MATCH 'b'") == "b\n");
    database.execute("INSERT INTO d VALUES ('zebra', 9)");
    CHECK(lines(database, "SELECT rowid FROM f WHERE f MATCH 'zebra'") == "4\n");
}

TEST_CASE("columns named like the row number do not confuse the copy", "[migrate]") {
    auto database = memory_with("CREATE TABLE t(rowid TEXT, oid INT, v TEXT); INSERT INTO t(rowid, oid, v) VALUES "
                                "('r', 5, 'x'), ('s', 6, 'y'); "
                                "DELETE FROM t WHERE v = 'x';");
    CHECK(migrate_to(database, "CREATE TABLE t(rowid TEXT, oid INT, v TEXT NOT NULL)", without_backup()).applied);
    CHECK(lines(database, "SELECT _rowid_, rowid, oid, v FROM t") == "2|s|6|y\n");
}

TEST_CASE("a WITHOUT ROWID table is rebuilt, and made and unmade", "[migrate]") {
    auto database = memory_with("CREATE TABLE p(a TEXT, b INT, v TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID; INSERT INTO "
                                "p VALUES ('x', 1, 'one'), ('y', 2, 'two');");
    CHECK(migrate_to(database, "CREATE TABLE p(a TEXT, b INT, v TEXT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID",
                     without_backup())
              .applied);
    CHECK(migrate_to(database, "CREATE TABLE p(a TEXT NOT NULL, b INT NOT NULL, v TEXT NOT NULL, PRIMARY KEY (a, b))",
                     without_backup())
              .applied);
    CHECK(database.query_int("SELECT wr FROM pragma_table_list WHERE name = 'p'") == 0);
    CHECK(migrate_to(database, "CREATE TABLE p(a TEXT, b INT, v TEXT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID",
                     without_backup())
              .applied);
    CHECK(lines(database, "SELECT * FROM p") == "x|1|one\ny|2|two\n");
}

TEST_CASE("an empty table with AUTOINCREMENT keeps its numbers", "[migrate]") {
    auto database = memory_with("CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT); INSERT INTO t(v) VALUES "
                                "('a'), ('b'); DELETE FROM t;");
    CHECK(
        migrate_to(database, "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT NOT NULL)", without_backup())
            .applied);
    database.execute("INSERT INTO t(v) VALUES ('c')");
    CHECK(database.last_insert_rowid() == 3);
}

TEST_CASE("columns that change places keep their values", "[migrate]") {
    auto database = memory_with("CREATE TABLE geo(lat REAL, lon REAL, n INT); INSERT INTO geo VALUES (1.5, 2.5, 3);");
    auto options = without_backup();
    CHECK_FALSE(
        migrate_to(database, "CREATE TABLE geo(lon REAL, lat REAL, n INT)", options).applied); // order is no meaning
    options.target.exact = true;
    CHECK(migrate_to(database, "CREATE TABLE geo(lon REAL, lat REAL, n INT)", options).applied);
    CHECK(lines(database, "SELECT * FROM geo") == "2.5|1.5|3\n");
    CHECK(lines(database, "SELECT lat FROM geo") == "1.5\n");
}
