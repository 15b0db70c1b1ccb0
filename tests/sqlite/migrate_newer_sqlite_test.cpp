// SPDX-License-Identifier: MIT
// What SQLite 3.53 and newer alter in place: NOT NULL and CHECKs. tests/cli/newer_sqlite_test.py runs it on such a library.

#include <sqlite3.h>

#include <string>

#include "migrate_support.hpp"

namespace {

using namespace migrate_test;

bool is_old() { return sqlite3_libversion_number() < 3053000; }

/// The statements of all steps, one line each.
std::string statements(const migrate::plan& p) {
    std::string text;
    for (const auto& s : p.steps) {
        for (const auto& q : s.statements) text += q.sql + "\n";
    }
    return text;
}

/// Migrates; the result must be the wanted schema and, but for its version, what a rebuild would have made.
migrate::run_result migrate_in_place(connection& database, std::string_view wanted,
                                     migrate::run_options options = without_backup()) {
    auto done = migrate_to(database, wanted, options);
    const auto expected = aps::sql::sqlite::parse(wanted);
    for (const auto& c : aps::diff(aps::inspect(database).view(), expected.view(), aps::sql::sqlite::rules))
        CHECK(c.kind == aps::change_kind::drop_table); // the history
    CHECK_FALSE(migrate_to(database, wanted, options).applied);
    for (const auto& s : done.plan.steps) CHECK(s.kind != migrate::step_kind::rebuild_table);
    CHECK(database.query_text("PRAGMA integrity_check") == "ok");
    return done;
}

} // namespace

TEST_CASE("NOT NULL comes and goes in place, and the table with everything keeps everything", "[migrate]") {
    if (is_old()) APS_SKIP("SQLite older than 3.53");
    for (const bool views : {false, true}) {
        const std::string more = views ? std::string(everything_views) : std::string();
        auto database = memory_with(everything_schema("") + more + std::string(everything_rows));
        const std::string before = everything_in(database);
        const auto done = migrate_in_place(database, everything_schema(" NOT NULL") + more);
        CHECK(statements(done.plan) == "ALTER TABLE main.\"users\" ALTER COLUMN \"email\" SET NOT NULL\n");
        CHECK(done.plan.steps[0].checks.size() == 1);
        CHECK_THROWS_AS(database.execute("INSERT INTO users(email) VALUES (NULL)"), aps::error);
        const auto back = migrate_in_place(database, everything_schema("") + more);
        CHECK(statements(back.plan) == "ALTER TABLE main.\"users\" ALTER COLUMN \"email\" DROP NOT NULL\n");
        CHECK(everything_in(database) == before); // to the byte, comments too
    }
}

TEST_CASE("CHECKs with a name come and go in place", "[migrate]") {
    if (is_old()) APS_SKIP("SQLite older than 3.53");
    const std::string without = "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT COLLATE NOCASE)";
    const std::string with =
        "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT COLLATE NOCASE, CONSTRAINT ck_a CHECK (a > 0))";
    auto database =
        memory_with(without + "; CREATE INDEX i ON t(b DESC); INSERT INTO t VALUES (1, 5, 'x'), (2, 6, 'y')");
    const auto added = migrate_in_place(database, with + "; CREATE INDEX i ON t(b DESC)");
    CHECK(statements(added.plan) == "ALTER TABLE main.\"t\" ADD CONSTRAINT \"ck_a\" CHECK (a > 0)\n");
    CHECK_THROWS_AS(database.execute("INSERT INTO t VALUES (3, 0, 'z')"), aps::error);
    const auto dropped = migrate_in_place(database, without + "; CREATE INDEX i ON t(b DESC)");
    CHECK(statements(dropped.plan) == "ALTER TABLE main.\"t\" DROP CONSTRAINT \"ck_a\"\n");
    CHECK(lines(database, "SELECT * FROM t ORDER BY id") == "1|5|x\n2|6|y\n");
}

TEST_CASE("rows in the way are refused before the statement, with their numbers", "[migrate]") {
    if (is_old()) APS_SKIP("SQLite older than 3.53");
    auto database =
        memory_with("CREATE TABLE t(id INTEGER PRIMARY KEY, a INT); INSERT INTO t VALUES (1, 5), (7, NULL)");
    const auto null = refused(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT NOT NULL)");
    REQUIRE(null.size() == 1);
    CHECK((null[0].code == "S372" && null[0].examples == "rowid 7"));
    const auto check = refused(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, CONSTRAINT c CHECK (a < 5))");
    REQUIRE(check.size() == 1);
    CHECK((check[0].code == "S374" && check[0].examples == "rowid 1"));
}

TEST_CASE("values are filled before a constraint wants them, and after one that refuses them has gone", "[migrate]") {
    if (is_old()) APS_SKIP("SQLite older than 3.53");
    auto database =
        memory_with("CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT, c TEXT, CONSTRAINT old CHECK (b <> 'new'));"
                    "INSERT INTO t VALUES (1, NULL, 'x', 'one'), (2, 6, 'y', 'two')");
    auto options = without_backup({"drop column t.c"});
    options.rules.push_back({.kind = migrate::rule_kind::backfill, .table = "t", .name = "a", .sql = "length(c)"});
    options.rules.push_back(
        {.kind = migrate::rule_kind::transform, .table = "t", .name = "b", .sql = "'new'", .when = "b = 'x'"});
    const auto done =
        migrate_in_place(database,
                         "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT NOT NULL, b TEXT, d INT DEFAULT 4, "
                         "CONSTRAINT ck CHECK (a > 2))",
                         options);
    CHECK(lines(database, "SELECT id, a, b, d FROM t ORDER BY id") == "1|3|new|4\n2|6|y|4\n");
    CHECK(done.plan.steps.size() == 4);
}

TEST_CASE("what the new forms cannot do is still a rebuild", "[migrate]") {
    if (is_old()) APS_SKIP("SQLite older than 3.53");
    for (const char* wanted : {"CREATE TABLE t(id INTEGER PRIMARY KEY, a INT NOT NULL ON CONFLICT IGNORE)",
                               "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, UNIQUE (a))",
                               "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT DEFAULT 9)",
                               "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, CHECK (a > 0))"}) {
        INFO(wanted);
        auto database = memory_with("CREATE TABLE t(id INTEGER PRIMARY KEY, a INT); INSERT INTO t VALUES (1, 5)");
        CHECK(migrate_to(database, wanted, without_backup()).plan.steps[0].kind == migrate::step_kind::rebuild_table);
    }
}
