// SPDX-License-Identifier: MIT
#include <autopack_schema/db/sqlite.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/caught.hpp>
#include <autopack_schema_test/temp.hpp>

#include <atomic>
#include <chrono>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>

namespace aps = autopack_schema;
using aps::sqlite::connection;
using aps::sqlite::open_mode;
using aps::sqlite::setting;
using autopack_schema_test::caught;
using autopack_schema_test::temp_dir;

static_assert(!std::is_copy_constructible_v<connection> && std::is_nothrow_move_constructible_v<connection>);

TEST_CASE("execute runs one statement, several, or none") {
    connection db = connection::memory();
    db.execute("CREATE TABLE t (a); -- a comment; with a semicolon\n"
               "/* another; */ INSERT INTO t VALUES ('x;y');;\n"
               "CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET a = 'z'; SELECT 1; END;"
               "SELECT * FROM t; INSERT INTO t VALUES (2)");
    CHECK(db.query_int("SELECT count(*) FROM t WHERE a = 'z'") == 2);
    db.execute("");
    db.execute(" ; -- nothing\n /* at all */ ;; /* not even closed");
    db.execute("INSERT INTO t VALUES (?), (?)", 3, std::string("four"));
    CHECK(db.query_int("SELECT count(*) FROM t") == 4);
    CHECK(db.total_changes() > 4);
    db.execute("DELETE FROM t WHERE a = ?", "z");
    CHECK(db.changes() == 4);
    CHECK(db.last_insert_rowid() == 4);
}

TEST_CASE("a script stops at the statement that fails, and names it") {
    connection db = connection::memory();
    auto failure = caught([&] {
        db.execute(
            "CREATE TABLE t (a CHECK (a > 0));\nINSERT INTO t VALUES (1);\nINSERT INTO t VALUES (0);\nDROP TABLE t;");
    });
    CHECK(failure.code() == "S218");
    CHECK(failure.says("statement 3 of the script: CHECK constraint failed: a > 0"));
    CHECK(failure.info.sql == "INSERT INTO t VALUES (0);");
    CHECK(db.query_int("SELECT count(*) FROM t") == 1);

    failure = caught([&] { db.execute("SELECT 1;\n\nSELEC 2; SELECT 3"); });
    CHECK(failure.code() == "S215");
    CHECK(failure.says("statement 2 of the script: near \"SELEC\": syntax error"));
    CHECK(failure.info.sql == "SELEC 2;");

    failure = caught([&] { db.execute("INSERT INTO t VALUES (-1)"); });
    CHECK(failure.says("[S218] CHECK constraint failed")); // one statement is no script
    failure = caught([&] { db.execute("INSERT INTO t VALUES (-1); SELECT 1"); });
    CHECK(failure.says("statement 1 of the script: CHECK"));
}

TEST_CASE("prepare takes exactly one statement") {
    connection db = connection::memory();
    CHECK(db.prepare(" ;; /* before */ SELECT 1 ; -- after\n ;").step());
    for (const std::string_view sql : {"SELECT 1; SELECT 2", "SELECT 1;x", "SELECT 1; /* c */ DROP TABLE t"}) {
        const auto failure = caught([&] { db.prepare(sql); });
        CHECK(failure.code() == "S224");
        CHECK(failure.says("more than one statement"));
    }
    for (const std::string_view sql : {"", " \n", "-- only a comment", ";"}) {
        const auto failure = caught([&] { db.prepare(sql); });
        CHECK(failure.code() == "S224");
        CHECK(failure.says("no statement"));
    }
    const auto failure = caught([&] { db.prepare(std::string_view("SELECT 1\0; DROP TABLE t", 22)); });
    CHECK(failure.code() == "S224");
    CHECK(failure.says("NUL"));
    CHECK(caught([&] { db.execute(std::string_view("SELECT 1;\0SELECT 2", 18)); }).code() == "S224");
    const std::string text = "SELECT 12345";
    CHECK(db.prepare(std::string_view(text).substr(0, 8)).sql() == "SELECT 1"); // not beyond the view
}

TEST_CASE("an error in SQL says where") {
    connection db = connection::memory();
    const auto failure = caught([&] { db.prepare("SELECT a,\n       b\n  FROM nowhere"); });
    CHECK(failure.code() == "S215");
    CHECK(failure.says("no such table: nowhere"));
    CHECK(failure.info.native_name == "SQLITE_ERROR");
    CHECK(failure.info.database == ":memory:");
    const auto typo = caught([&] { db.prepare("SELECT 1,\n  FORM x y z"); });
    CHECK(typo.says("near \"y\": syntax error at line 2, column 10"));
}

TEST_CASE("query_int and query_text want one value of their type") {
    connection db = connection::memory();
    CHECK(db.query_int("SELECT ? + ?", 2, 3) == 5);
    CHECK(db.query_text("SELECT upper(?)", "abc") == "ABC");
    CHECK(db.query_text("SELECT CAST(x'410042' AS TEXT)") == std::string("A\0B", 3));
    CHECK(caught([&] { db.query_int("SELECT 1 WHERE 0"); }).says("the query gave no row"));
    CHECK(caught([&] { db.query_int("SELECT 'x'"); }).says("the query gave no integer"));
    CHECK(caught([&] { db.query_int("SELECT NULL"); }).code() == "S227");
    CHECK(caught([&] { db.query_text("SELECT 1"); }).says("the query gave no text"));
}

TEST_CASE("foreign keys are enforced unless told otherwise, and are not switched inside a transaction") {
    connection db = connection::memory();
    CHECK(db.is_enabled(setting::foreign_keys));
    db.execute("CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p)");
    const auto failure = caught([&] { db.execute("INSERT INTO c VALUES (1)"); });
    CHECK(failure.code() == "S219");
    CHECK(failure.info.native_name == "SQLITE_CONSTRAINT_FOREIGNKEY");
    db.enable(setting::foreign_keys, false);
    CHECK_FALSE(db.is_enabled(setting::foreign_keys));
    CHECK(db.query_int("PRAGMA foreign_keys") == 0);
    db.execute("INSERT INTO c VALUES (1)");
    {
        aps::sqlite::transaction work(db);
        const auto refused = caught([&] { db.enable(setting::foreign_keys, true); });
        CHECK(refused.code() == "S226");
        CHECK(refused.says("before BEGIN or after COMMIT"));
        CHECK_FALSE(db.is_enabled(setting::foreign_keys));
    }
    db.enable(setting::foreign_keys, true);
    CHECK(db.is_enabled(setting::foreign_keys));
    CHECK_FALSE(connection::open_file(":memory:", {.foreign_keys = false}).is_enabled(setting::foreign_keys));
    CHECK_FALSE(
        connection::open(aps::db::url::parse("sqlite:///:memory:?foreign_keys=off")).is_enabled(setting::foreign_keys));
}

TEST_CASE("the other switches are read and set, and are SQLite's own by default") {
    connection db = connection::memory();
    CHECK(db.is_enabled(setting::double_quoted_strings_ddl)); // as Debian's SQLite is built
    CHECK(db.is_enabled(setting::double_quoted_strings_dml));
    CHECK(db.is_enabled(setting::triggers));
    CHECK(db.is_enabled(setting::views));
    CHECK(db.is_enabled(setting::trusted_schema));
    for (const setting which : {setting::defensive, setting::writable_schema, setting::legacy_alter_table}) {
        INFO(static_cast<int>(which));
        CHECK_FALSE(db.is_enabled(which));
        db.enable(which, true);
        CHECK(db.is_enabled(which));
        db.enable(which, false);
        CHECK_FALSE(db.is_enabled(which));
    }
    db.enable(setting::double_quoted_strings_dml, false);
    CHECK(caught([&] { db.execute("SELECT \"nothing\""); }).says("no such column"));
    CHECK(caught([&] { (void)db.is_enabled(static_cast<setting>(1)); }).code() == "S215");
}

TEST_CASE("limits are read, set and felt") {
    connection db = connection::memory();
    const int before = db.limit(SQLITE_LIMIT_SQL_LENGTH);
    CHECK(before > 100000);
    CHECK(db.set_limit(SQLITE_LIMIT_SQL_LENGTH, 50) == before);
    CHECK(db.limit(SQLITE_LIMIT_SQL_LENGTH) == 50);
    const auto failure = caught([&] { db.execute("SELECT '" + std::string(100, 'x') + "'"); });
    CHECK(failure.code() == "S214");
    CHECK(failure.info.native_name == "SQLITE_TOOBIG");
    db.set_limit(SQLITE_LIMIT_SQL_LENGTH, before);
    db.set_limit(SQLITE_LIMIT_LENGTH, 1000);
    CHECK(caught([&] { db.query_text("SELECT ?", std::string(2000, 'x')); }).code() == "S214");
    CHECK(db.set_limit(SQLITE_LIMIT_COLUMN, 10) > 10);
    CHECK(caught([&] { db.execute("CREATE TABLE t (a,b,c,d,e,f,g,h,i,j,k)"); }).says("too many columns"));
}

TEST_CASE("hostile names are only names") {
    temp_dir directory;
    connection db = connection::open_file((directory / "x.db").string(), {.mode = open_mode::create});
    const std::string names[] = {
        "a\"b", "a'b",      "a`b",    "a]b",          "x; DROP TABLE victim; --", "new\nline", "sp ace",
        "",     "\xff\xfe", "select", "\u65e5\u672c", std::string(10000, 'n'),    "%s%n",      "\x1b[2J"};
    db.execute("CREATE TABLE victim (a)");
    for (const std::string& name : names) {
        const std::string quoted = aps::sqlite::quote_identifier(name);
        db.execute("CREATE TABLE " + quoted + " (" + quoted + " DEFAULT " + aps::sqlite::quote_text(name) +
                   ", CHECK (" + quoted + " <> 1))");
        db.execute("INSERT INTO " + quoted + " DEFAULT VALUES");
        CHECK(db.query_text("SELECT " + quoted + " FROM " + quoted) == name);
        CHECK(db.query_int("SELECT count(*) FROM sqlite_schema WHERE name = ?", name) == 1);
        const auto failure = caught([&] { db.execute("INSERT INTO " + quoted + " VALUES (1)"); });
        CHECK(failure.code() == "S218");
        CHECK_FALSE(failure.says("\x1b"));
        aps::sqlite::savepoint nested(db, name);
        db.execute("DELETE FROM " + quoted);
        nested.rollback();
        CHECK(db.query_int("SELECT count(*) FROM " + quoted) == 1);
    }
    CHECK(db.query_int("SELECT count(*) FROM sqlite_schema WHERE name = 'victim'") == 1);
    CHECK(caught([&] { aps::sqlite::quote_identifier(std::string_view("a\0b", 3)); }).code() == "S224");
    CHECK(caught([&] { aps::sqlite::quote_text(std::string_view("a\0b", 3)); }).code() == "S224");
}

TEST_CASE("interrupt stops a long statement from another thread") {
    connection db = connection::memory();
    std::atomic<bool> stopped = false;
    std::thread other([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        while (!stopped) {
            db.interrupt();
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    });
    const auto failure =
        caught([&] { db.query_int("WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"); });
    stopped = true;
    other.join();
    CHECK(failure.code() == "S222");
    CHECK(failure.info.native_name == "SQLITE_INTERRUPT");
    CHECK(db.query_int("SELECT 1") == 1);
}

TEST_CASE("connections move; what was moved from answers with an error") {
    connection first = connection::memory();
    first.execute("CREATE TABLE t (a)");
    aps::sqlite::statement insert = first.prepare("INSERT INTO t VALUES (1)");
    connection second = std::move(first);
    insert.step();
    CHECK(second.query_int("SELECT count(*) FROM t") == 1);
    CHECK_FALSE(first.is_open());
    CHECK(caught([&] { first.execute("SELECT 1"); }).says("the connection is closed or was moved from"));
    CHECK(caught([&] { first.prepare("SELECT 1"); }).code() == "S223");
    CHECK(caught([&] { first.set_busy_timeout(1); }).code() == "S223");
    CHECK(caught([&] { (void)first.is_enabled(setting::views); }).code() == "S223");
    CHECK(caught([&] { first.enable(setting::views, true); }).code() == "S223");
    CHECK(caught([&] { (void)first.limit(0); }).code() == "S223");
    CHECK(caught([&] { aps::sqlite::transaction work(first); }).code() == "S223");
    CHECK(caught([&] { aps::sqlite::savepoint work(first); }).code() == "S223");
    CHECK(caught([&] { aps::sqlite::backup_to(first, second); }).code() == "S223");
    CHECK(caught([&] { aps::sqlite::backup_to_file(first, "/tmp/never.db"); }).code() == "S223");
    CHECK_FALSE(first.in_transaction());
    CHECK(first.changes() == 0);
    CHECK(first.name().empty());
    first.interrupt();
    first = std::move(second);
    CHECK(first.query_int("SELECT count(*) FROM t") == 1);
    connection* self = &first;
    first = std::move(*self);
    CHECK(first.is_open());
}

TEST_CASE("statements may outlive their connection") {
    temp_dir directory;
    const std::string path = (directory / "x.db").string();
    aps::sqlite::statement rows;
    {
        connection db = connection::open_file(path, {.mode = open_mode::create});
        db.execute("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)");
        rows = db.prepare("SELECT a FROM t");
        REQUIRE(rows.step());
    }
    CHECK(rows.step());
    CHECK(rows.column_int64(0) == 2);
    CHECK_FALSE(rows.step());
    rows = aps::sqlite::statement();
    connection again = connection::open_file(path);
    again.execute("DROP TABLE t"); // no lock was left behind
}
