// SPDX-License-Identifier: MIT
// What rows can have against a migration: counted, named and shown before anything is changed.

#include "migrate_support.hpp"

namespace {

using namespace migrate_test;

migrate::blocker only_blocker(connection& database, std::string_view ddl,
                              migrate::run_options options = without_backup()) {
    const auto found = refused(database, ddl, options);
    REQUIRE(found.size() == 1);
    if (!found[0].query.empty() && found[0].rows > 0) {
        INFO(found[0].query);
        auto rows = database.prepare(found[0].query); // the query that the message gives works and shows them
        CHECK(rows.step());
    }
    return found[0];
}

} // namespace

TEST_CASE("a new NOT NULL column needs a value where there are rows", "[migrate]") {
    auto database = memory_with("CREATE TABLE t(a); INSERT INTO t VALUES (1), (2);");
    const std::string_view wanted = "CREATE TABLE t(a, b TEXT NOT NULL)";
    const auto b = only_blocker(database, wanted);
    CHECK(b.code == "S371");
    CHECK(b.table == "t");
    CHECK(b.column == "b");
    CHECK(b.rows == 2);
    CHECK(b.examples == "rowid 1, 2");
    migrate::run_options options = without_backup();
    options.rules.push_back({.kind = migrate::rule_kind::backfill, .table = "t", .name = "b", .sql = "'v' || a"});
    CHECK(migrate_to(database, wanted, options).applied);
    CHECK(lines(database, "SELECT * FROM t") == "1|v1\n2|v2\n");
    auto empty = memory_with("CREATE TABLE t(a);");
    CHECK(migrate_to(empty, wanted, without_backup()).applied);
}

TEST_CASE("NULLs stop NOT NULL; a transform answers them", "[migrate]") {
    auto database = memory_with(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, e TEXT); INSERT INTO t VALUES (1, 'a'), (7, NULL), (9, NULL);");
    const std::string_view wanted = "CREATE TABLE t(id INTEGER PRIMARY KEY, e TEXT NOT NULL)";
    const auto b = only_blocker(database, wanted);
    CHECK(b.code == "S372");
    CHECK(b.column == "e");
    CHECK(b.rows == 2);
    CHECK(b.examples == "rowid 7, 9");
    migrate::run_options options = without_backup();
    options.rules.push_back(
        {.kind = migrate::rule_kind::transform, .table = "t", .name = "e", .sql = "'none'", .when = "e IS NULL"});
    CHECK(migrate_to(database, wanted, options).applied);
    CHECK(lines(database, "SELECT * FROM t") == "1|a\n7|none\n9|none\n");
    CHECK_FALSE(migrate_to(database, wanted, options).applied);
}

TEST_CASE("a backfill that gives NULL to a NOT NULL column is stopped too", "[migrate]") {
    auto database = memory_with("CREATE TABLE t(a INT, b INT); INSERT INTO t VALUES (1, 1), (2, NULL);");
    migrate::run_options options = without_backup();
    options.rules.push_back({.kind = migrate::rule_kind::backfill, .table = "t", .name = "c", .sql = "a + b"});
    const auto b = only_blocker(database, "CREATE TABLE t(a INT, b INT, c INT NOT NULL DEFAULT 0)", options);
    CHECK(b.code == "S372");
    CHECK(b.examples == "rowid 2");
}

TEST_CASE("duplicates stop UNIQUE, compared as the key will compare", "[migrate]") {
    auto database = memory_with(
        "CREATE TABLE t(k TEXT, n INT); INSERT INTO t VALUES ('a', 1), ('A', 2), ('b', 3), (NULL, 4), (NULL, 5);");
    const auto unique =
        only_blocker(database, "CREATE TABLE t(k TEXT COLLATE NOCASE UNIQUE ON CONFLICT IGNORE, n INT)");
    CHECK(unique.code == "S373");
    CHECK(unique.rows == 1);
    CHECK(unique.examples == "rowid 1");
    CHECK(only_blocker(database, "CREATE TABLE t(k TEXT, n INT); CREATE UNIQUE INDEX i ON t(lower(k))").code == "S373");
    CHECK(only_blocker(database, "CREATE TABLE t(k TEXT, n INT); CREATE UNIQUE INDEX i ON t(k COLLATE NOCASE)").code ==
          "S373");
    CHECK(migrate_to(database, "CREATE TABLE t(k TEXT, n INT); CREATE UNIQUE INDEX i ON t(lower(k)) WHERE n > 1",
                     without_backup())
              .applied);
    CHECK(migrate_to(database, "CREATE TABLE t(k TEXT UNIQUE, n INT); CREATE UNIQUE INDEX i ON t(lower(k)) WHERE n > 1",
                     without_backup())
              .applied);
    CHECK(database.query_int("SELECT count(*) FROM t") == 5);
}

TEST_CASE("keys that become numbers and collide are found", "[migrate]") {
    auto database = memory_with(
        "CREATE TABLE t(id TEXT PRIMARY KEY, v); INSERT INTO t VALUES ('1', 'a'), ('01', 'b'), ('abc', 'c');");
    const auto found = refused(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, v)");
    std::string codes;
    for (const auto& b : found) codes += b.code + " " + std::to_string(b.rows) + ";";
    CHECK(codes == "S375 1;S376 1;S373 1;"); // '01' would be another value, 'abc' is no number, 1 twice
    try {
        migrate_to(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, v)", without_backup());
    } catch (const migrate::refused& e) {
        CHECK(e.code() == "S370"); // all of them together
        CHECK(std::string(e.what()).find("3 things") != std::string::npos);
    }
}

TEST_CASE("rows that break a CHECK are counted; the mapping of the runbooks", "[migrate]") {
    auto database = memory_with("CREATE TABLE t(c TEXT CHECK (c IN ('low','critical'))); INSERT INTO t VALUES ('low'), "
                                "('critical'), ('critical'), (NULL);");
    const std::string_view wanted = "CREATE TABLE t(c TEXT CHECK (c IN ('low','high')))";
    const auto b = only_blocker(database, wanted);
    CHECK(b.code == "S374");
    CHECK(b.rows == 2);
    CHECK(b.examples == "rowid 2, 3");
    migrate::run_options options = without_backup();
    options.rules.push_back({.kind = migrate::rule_kind::transform,
                             .table = "t",
                             .name = "c",
                             .sql = "CASE c WHEN 'critical' THEN 'high' ELSE c END"});
    CHECK(migrate_to(database, wanted, options).applied);
    CHECK(database.query_int("SELECT count(*) FROM t WHERE c = 'high'") == 2);
}

TEST_CASE("values that another type would change need an allowance", "[migrate]") {
    auto database = memory_with(
        "CREATE TABLE t(v TEXT); INSERT INTO t VALUES ('007'), ('12'), ('1.10'), ('x'), ('9007199254740993'), (NULL);");
    const auto b = only_blocker(database, "CREATE TABLE t(v INTEGER)");
    CHECK(b.code == "S375");
    CHECK(b.rows == 2);
    CHECK(b.examples == "rowid 1, 3");
    CHECK(only_blocker(database, "CREATE TABLE t(v REAL)").examples == "rowid 1, 3, 5");
    CHECK(migrate_to(database, "CREATE TABLE t(v INTEGER)", without_backup({"lossy t.v"})).applied);
    CHECK(lines(database, "SELECT v, typeof(v) FROM t") ==
          "7|integer\n12|integer\n1.1|real\nx|text\n9007199254740993|integer\n|null\n");
    CHECK(migrate_to(database, "CREATE TABLE t(v TEXT)", without_backup()).applied); // numbers come back as text
}

TEST_CASE("a STRICT table refuses other storage classes", "[migrate]") {
    auto database = memory_with("CREATE TABLE t(n INT, s TEXT, b BLOB); INSERT INTO t VALUES (1, 'a', x'00'), ('x', "
                                "'b', x'01'), (3, x'ff', 'text');");
    const auto found = refused(database, "CREATE TABLE t(n INT, s TEXT, b BLOB) STRICT");
    REQUIRE(found.size() == 3);
    for (const auto& b : found) CHECK(b.code == "S376");
    database.execute("DELETE FROM t WHERE rowid > 1; INSERT INTO t VALUES ('12', 5, x'');");
    CHECK(migrate_to(database, "CREATE TABLE t(n INT, s TEXT, b BLOB) STRICT", without_backup()).applied);
    CHECK(lines(database, "SELECT typeof(n), typeof(s) FROM t") == "integer|text\ninteger|text\n");
}

TEST_CASE("generated values of another class do not get into a STRICT table", "[migrate]") {
    auto database = memory_with(
        "CREATE TABLE t(k INT, g BLOB GENERATED ALWAYS AS (k || 'x') STORED); INSERT INTO t(k) VALUES (1);");
    CHECK(only_blocker(database, "CREATE TABLE t(k INT, g BLOB GENERATED ALWAYS AS (k || 'x') STORED) STRICT").code ==
          "S376");
    CHECK(migrate_to(database, "CREATE TABLE t(k INT, g TEXT GENERATED ALWAYS AS (k || 'x') STORED) STRICT",
                     without_backup())
              .applied);
}

TEST_CASE("an unknown column of a type that STRICT tables do not have is named", "[migrate]") {
    auto database = memory_with("CREATE TABLE t(n INT, mine VARCHAR(3));");
    const auto b = only_blocker(database, "CREATE TABLE t(n INT) STRICT");
    CHECK(b.code == "S380");
    CHECK(b.column == "mine");
}

TEST_CASE("orphans stop a new foreign key, and only a new one", "[migrate]") {
    const std::string schema =
        "CREATE TABLE org(id INTEGER PRIMARY KEY); CREATE TABLE u(id INTEGER PRIMARY KEY, org INT, n INT);";
    auto database =
        memory_with(schema + "INSERT INTO org VALUES (1); INSERT INTO u VALUES (1, 1, 0), (2, 99, 0), (3, NULL, 0);");
    const std::string_view wanted = "CREATE TABLE org(id INTEGER PRIMARY KEY); CREATE TABLE u(id INTEGER PRIMARY KEY, "
                                    "org INT REFERENCES org(id), n INT)";
    const auto b = only_blocker(database, wanted);
    CHECK(b.code == "S377");
    CHECK(b.rows == 1);
    CHECK(b.examples == "rowid 2");
    CHECK(migrate_to(database, wanted, without_backup({"orphans u.org"})).applied);
    // now the orphan is an old one, and a rebuild leaves it alone
    CHECK(migrate_to(database,
                     "CREATE TABLE org(id INTEGER PRIMARY KEY); CREATE TABLE u(id INTEGER PRIMARY KEY, org INT "
                     "REFERENCES org(id), n INT NOT NULL)",
                     without_backup())
              .applied);
    CHECK(lines(database, "PRAGMA foreign_key_check") == "u|2|org|0\n");
}

TEST_CASE("a new foreign key to a new table has no parents yet", "[migrate]") {
    auto database =
        memory_with("CREATE TABLE u(id INTEGER PRIMARY KEY, org INT); INSERT INTO u VALUES (1, NULL), (2, 5);");
    const auto b = only_blocker(
        database,
        "CREATE TABLE org(id INTEGER PRIMARY KEY); CREATE TABLE u(id INTEGER PRIMARY KEY, org INT REFERENCES org(id))");
    CHECK(b.code == "S377");
    CHECK(b.rows == 1);
}

TEST_CASE("a foreign key that becomes useless by the migration is found", "[migrate]") {
    auto database = memory_with("CREATE TABLE p(id INTEGER PRIMARY KEY, k TEXT UNIQUE); CREATE TABLE c(k TEXT "
                                "REFERENCES p(k)); INSERT INTO p VALUES (1, 'x'); INSERT INTO c VALUES ('x');");
    const std::string before = everything_in(database);
    try {
        migrate_to(database, "CREATE TABLE p(id INTEGER PRIMARY KEY, k TEXT); CREATE TABLE c(k TEXT REFERENCES p(k))",
                   without_backup());
        FAIL("not refused");
    } catch (const aps::error& e) {
        CHECK(e.code() == "S384");
    }
    CHECK(everything_in(database) == before);
}

TEST_CASE("a plain column that becomes a generated one keeps only what it computes", "[migrate]") {
    auto database = memory_with("CREATE TABLE t(a INT, d INT); INSERT INTO t VALUES (1, 2), (2, 5);");
    CHECK(only_blocker(database, "CREATE TABLE t(a INT, d INT AS (a * 2))").examples == "rowid 2");
    database.execute("UPDATE t SET d = a * 2");
    CHECK(migrate_to(database, "CREATE TABLE t(a INT, d INT AS (a * 2) STORED)", without_backup()).applied);
    CHECK(migrate_to(database, "CREATE TABLE t(a INT, d INT)", without_backup()).applied); // and back, with its values
    CHECK(lines(database, "SELECT * FROM t") == "1|2\n2|4\n");
}

TEST_CASE("a string in double quotes that would become the new column is found", "[migrate]") {
    auto database = memory_with("CREATE TABLE t(st TEXT, CHECK (st <> \"closed\"));");
    const auto found = refused(database, "CREATE TABLE t(st TEXT, closed TEXT, CHECK (st <> 'closed'))");
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == "S380");
}

TEST_CASE("a kept view or trigger that would break stops the migration", "[migrate]") {
    auto database = memory_with("CREATE TABLE t(a INT, b INT); CREATE VIEW v AS SELECT b FROM t;");
    const std::string before = everything_in(database);
    try {
        migrate_to(database, "CREATE TABLE t(a INT)", without_backup({"drop column t.b"}));
        FAIL("not refused");
    } catch (const aps::error& e) {
        CHECK(e.code() == "S383");
        CHECK(std::string(e.what()).find("view v") != std::string::npos);
    }
    CHECK(everything_in(database) == before);
    CHECK(migrate_to(database, "CREATE TABLE t(a INT)", without_backup({"drop column t.b", "drop view v"})).applied);
}

TEST_CASE("a view that was broken before stays as it was and stops nothing", "[migrate]") {
    auto database = memory_with("CREATE TABLE t(a INT, b INT); CREATE VIEW v AS SELECT lost FROM gone;");
    CHECK(migrate_to(database, "CREATE TABLE t(a INT NOT NULL, b INT)", without_backup()).applied);
    CHECK(migrate_to(database, "CREATE TABLE t(a INT NOT NULL)", without_backup({"drop column t.b"})).applied);
    CHECK(lines(database, "SELECT name FROM sqlite_schema WHERE type = 'view'") == "v\n");
}
