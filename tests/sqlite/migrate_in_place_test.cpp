// SPDX-License-Identifier: MIT
// The cheapest form of a change: in place where SQLite can on filled tables, one rebuild otherwise.

#include "migrate_support.hpp"

namespace {

using namespace migrate_test;

/// The kinds of the steps that a migration of one filled table takes.
std::string steps(std::string_view before, std::string_view wanted, std::vector<std::string_view> allowances = {}) {
    auto database = memory_with(before);
    const auto done = migrate_to(database, wanted, without_backup(allowances));
    CHECK(database.query_int("SELECT count(*) FROM t") == 1);
    std::string kinds;
    for (const auto& s : done.plan.steps) kinds += (kinds.empty() ? "" : ", ") + std::string(migrate::name_of(s.kind));
    return kinds;
}

std::string add(std::string_view column, std::string_view more = "") {
    return steps("CREATE TABLE t(id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1);",
                 "CREATE TABLE t(id INTEGER PRIMARY KEY, " + std::string(column) + ")" + std::string(more));
}

std::string drop(std::string_view rest, std::string_view wanted_rest, std::string_view more = "",
                 std::vector<std::string_view> also = {}) {
    also.push_back("drop column t.a");
    return steps("CREATE TABLE t(id INTEGER PRIMARY KEY, " + std::string(rest) + ");" + std::string(more) +
                     "INSERT INTO t(id) VALUES (1);",
                 "CREATE TABLE t(id INTEGER PRIMARY KEY" + std::string(wanted_rest) + ")", also);
}

} // namespace

TEST_CASE("columns are added in place as far as SQLite can", "[migrate]") {
    for (const char* simple :
         {"c INT", "c INT NOT NULL DEFAULT 1", "c TEXT DEFAULT 'x' COLLATE NOCASE", "c INT AS (id * 2)",
          "c INT DEFAULT 1 CHECK (c > 0)", "c INT REFERENCES t(id)", "c INT NOT NULL DEFAULT -5"}) {
        INFO(simple);
        CHECK(add(simple) == "alter table");
    }
    for (const char* hard :
         {"c TEXT DEFAULT CURRENT_TIMESTAMP", "c TEXT DEFAULT (1 + 1)", "c INT UNIQUE", "c INT AS (id * 2) STORED",
          "c INT, CHECK (c <> id)", "c INT REFERENCES t(id) DEFAULT NULL, d INT, UNIQUE (c, d)"}) {
        INFO(hard);
        CHECK(add(hard) == "rebuild table");
    }
    CHECK(add("c INT", "; CREATE INDEX i ON t(c)") == "alter table, create index");
    CHECK(add("c INT", "; CREATE UNIQUE INDEX i ON t(c)") == "alter table, create index");
    CHECK(steps("CREATE TABLE t(a INT, x INT); INSERT INTO t VALUES (1, 2);", "CREATE TABLE t(a INT, c INT, d INT)") ==
          "alter table");
}

TEST_CASE("columns are dropped in place as far as SQLite can", "[migrate]") {
    CHECK(drop("a INT, b INT", ", b INT") == "alter table");
    CHECK(drop("a INT, b INT", ", b INT", "CREATE INDEX i ON t(a);") == "drop index, alter table");
    CHECK(drop("a INT, b INT", ", b INT", "CREATE VIEW v AS SELECT id, 'a' AS a FROM t;") ==
          "rebuild table"); // 'a' is in the text
    for (const char* hard : {"a INT UNIQUE, b INT", "a INT, b INT, CHECK (a < b)", "a INT CHECK (a > 0), b INT",
                             "a INT REFERENCES t(id), b INT"}) {
        INFO(hard);
        CHECK(drop(hard, ", b INT") == "rebuild table");
    }
    CHECK(drop("a INT, b INT, g INT AS (a + 1)", ", b INT", "", {"drop column t.g"}) == "rebuild table");
}

TEST_CASE("indexes alone need no rebuild", "[migrate]") {
    const std::string table = "CREATE TABLE t(a INT, b TEXT);";
    const std::string row = "INSERT INTO t VALUES (1, 'x');";
    CHECK(steps(table + row, table + "CREATE INDEX i ON t(a DESC, b COLLATE NOCASE) WHERE a > 0") == "create index");
    CHECK(steps(table + "CREATE INDEX i ON t(a);" + row, table + "CREATE INDEX i ON t(b)") ==
          "drop index, create index");
    CHECK(steps(table + "CREATE INDEX i ON t(a);" + row, table + "CREATE UNIQUE INDEX i ON t(b, a) WHERE a > 1") ==
          "drop index, create index");
    CHECK(steps(table + "CREATE TABLE u(a INT); CREATE INDEX i ON u(a);" + row,
                table + "CREATE TABLE u(a INT); CREATE INDEX i ON t(a)") == "drop index, create index");
}

TEST_CASE("all changes of a table are one rebuild", "[migrate]") {
    CHECK(steps("CREATE TABLE t(a INT, b TEXT, c INT); CREATE INDEX i ON t(a); INSERT INTO t VALUES (1, 'x', 2);",
                "CREATE TABLE t(a INT NOT NULL CHECK (a > 0), b TEXT UNIQUE, d TEXT DEFAULT (datetime('now'))); CREATE "
                "INDEX i ON t(b)",
                {"drop column t.c"}) == "rebuild table");
}

TEST_CASE("a table that is added or goes is one step with its indexes", "[migrate]") {
    const std::string t = "CREATE TABLE t(a INT);";
    CHECK(steps(t + "INSERT INTO t VALUES (1);", t + "CREATE TABLE n(x); CREATE INDEX i ON n(x)") == "create table");
    CHECK(steps(t + "CREATE TABLE n(x); CREATE INDEX i ON n(x); CREATE TRIGGER g AFTER INSERT ON n BEGIN SELECT 1; "
                    "END; INSERT INTO t VALUES (1);",
                t, {"drop table n", "drop trigger g", "drop index i"}) == "drop trigger, drop table");
}

TEST_CASE("backfills of added columns and repairs of old ones", "[migrate]") {
    const std::string_view wanted = "CREATE TABLE t(p INT, c INT, total INT NOT NULL DEFAULT 0)";
    auto options = without_backup();
    options.rules.push_back({.kind = migrate::rule_kind::backfill,
                             .table = "t",
                             .name = "total",
                             .sql = "COALESCE(p, 0) + COALESCE(c, 0)",
                             .when = "total = 0"});
    auto database =
        memory_with("CREATE TABLE t(p INT, c INT); INSERT INTO t VALUES (1, 2), (NULL, NULL), (0, 0), (5, NULL);"
                    "CREATE TABLE log(x); CREATE TRIGGER g AFTER UPDATE ON t BEGIN INSERT INTO log VALUES (1); END;");
    const auto done = migrate_to(database, wanted, options);
    CHECK(done.rows == 4);
    CHECK(lines(database, "SELECT total FROM t") == "3\n0\n0\n5\n");
    CHECK(database.query_int("SELECT count(*) FROM log") == 0); // a migration's values are no events
    CHECK_FALSE(migrate_to(database, wanted, options).applied); // rows whose sum is 0 are not repaired for ever
    database.execute("UPDATE t SET total = 0 WHERE p = 5; UPDATE t SET total = 77 WHERE p = 1");
    const auto repair = migrate_to(database, wanted, options);
    REQUIRE(repair.plan.steps.size() == 1);
    CHECK(repair.plan.steps[0].kind == migrate::step_kind::fill_column);
    CHECK(repair.rows == 1);
    CHECK(lines(database, "SELECT total FROM t") == "77\n0\n0\n5\n"); // what is not 0 is nobody's business
    CHECK(database.query_int("SELECT count(*) FROM log") == 2);       // the two of this test
}

TEST_CASE("a backfill without a predicate fills what is NULL, again on a later run", "[migrate]") {
    const std::string_view wanted = "CREATE TABLE t(budget INT, actual INT)";
    auto options = without_backup();
    options.rules.push_back({.kind = migrate::rule_kind::backfill, .table = "t", .name = "actual", .sql = "budget"});
    auto database = memory_with("CREATE TABLE t(budget INT); INSERT INTO t VALUES (10), (NULL);");
    CHECK(migrate_to(database, wanted, options).applied);
    database.execute("INSERT INTO t VALUES (20, NULL), (30, 31)");
    CHECK(migrate_to(database, wanted, options).rows == 1);
    CHECK(lines(database, "SELECT actual FROM t") == "10\n\n20\n31\n");
    CHECK_FALSE(migrate_to(database, wanted, options).applied);
}

TEST_CASE("a rule about a column that is not there is an error", "[migrate]") {
    auto database = memory_with("CREATE TABLE t(a INT);");
    auto options = without_backup();
    options.rules.push_back({.kind = migrate::rule_kind::backfill, .table = "t", .name = "nothing", .sql = "1"});
    CHECK(refused(database, "CREATE TABLE t(a INT, b INT)", options).at(0).code == "S392");
}
