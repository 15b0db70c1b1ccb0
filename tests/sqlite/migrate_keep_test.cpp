// SPDX-License-Identifier: MIT
// What the definitions do not know stays, until its removal is allowed by name.

#include "migrate_support.hpp"

namespace {

using namespace migrate_test;

constexpr std::string_view known = "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT NOT NULL)";

connection with_unknown() {
    return memory_with(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, mine TEXT DEFAULT 'd' CHECK (mine <> ''), other INT);"
        "CREATE TABLE theirs(x); INSERT INTO theirs VALUES (1);"
        "CREATE INDEX i_mine ON t(mine) WHERE mine > 'c'; CREATE INDEX i_a ON t(a);"
        "CREATE VIEW v_mine AS SELECT mine FROM t;"
        "CREATE TRIGGER g_mine AFTER INSERT ON t BEGIN UPDATE theirs SET x = x + 1; END;"
        "INSERT INTO t VALUES (1, 'a', 'support note', 5); UPDATE theirs SET x = 1;");
}

std::string objects(connection& database) {
    return lines(database, "SELECT type || ' ' || name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' AND name NOT "
                           "LIKE 'autopack_%' ORDER BY 1");
}

} // namespace

TEST_CASE("unknown columns, tables, indexes, views and triggers are kept", "[migrate]") {
    auto database = with_unknown();
    const auto done = migrate_to(database, known, without_backup());
    CHECK(done.applied);
    CHECK(objects(database) == "index i_a\nindex i_mine\ntable t\ntable theirs\ntrigger g_mine\nview v_mine\n");
    CHECK(lines(database, "SELECT * FROM t") == "1|a|support note|5\n");
    CHECK_THROWS_AS(database.execute("INSERT INTO t(id, a, mine) VALUES (2, 'b', '')"), aps::error); // its CHECK too
    std::string kept;
    for (const auto& k : done.plan.kept) kept += std::string(aps::drift_name(k.kind)) + " " + k.object + ";";
    for (const char* name : {"column.extra t.mine", "column.extra t.other", "table.extra theirs", "index.extra i_mine",
                             "index.extra i_a", "view.extra v_mine", "trigger.extra g_mine", "check.extra t.mine"}) {
        INFO(kept);
        CHECK(kept.find(name) != std::string::npos);
    }
}

TEST_CASE("each removal is allowed by its name", "[migrate]") {
    auto database = with_unknown();
    const auto some =
        migrate_to(database, known, without_backup({"drop index i_a", "drop table theirs", "drop trigger g_mine"}));
    CHECK(objects(database) == "index i_mine\ntable t\nview v_mine\n");
    CHECK(some.plan.steps.back().loses_data); // the table
    const auto rest = migrate_to(database, known, without_backup({"drop column t.mine", "drop view v_mine"}));
    CHECK(rest.applied);
    CHECK(objects(database) == "table t\n"); // the index goes with its column
    CHECK(lines(database, "SELECT * FROM t") == "1|a|5\n");
}

TEST_CASE("allowances are read from texts", "[migrate]") {
    const auto column = migrate::parse_allowance("drop column my.table.c");
    CHECK(column.kind == migrate::rule_kind::drop_column);
    CHECK(column.table == aps::model::name("my.table"));
    CHECK(column.name == aps::model::name("c"));
    CHECK(migrate::to_text(column) == "drop column my.table.c");
    CHECK(migrate::to_text(migrate::parse_allowance("DROP TABLE x")) == "drop table x");
    for (const char* bad :
         {"", "drop", "drop table", "drop column c", "drop column .c", "drop column t.", "keep x", "drop tablex"}) {
        INFO(bad);
        CHECK_THROWS_AS(migrate::parse_allowance(bad), aps::error);
    }
}

TEST_CASE("constraints on known columns follow the definition, and the plan lists them", "[migrate]") {
    const std::string_view schema = "CREATE TABLE t(a TEXT UNIQUE, b INT CHECK (b > 0), c INT REFERENCES t(b)); INSERT "
                                    "INTO t VALUES ('x', 1, NULL);";
    auto database = memory_with(schema);
    auto options = without_backup();
    options.target.keep_constraints = true;
    CHECK_FALSE(migrate_to(database, "CREATE TABLE t(a TEXT, b INT, c INT)", options).applied);
    const auto done = migrate_to(database, "CREATE TABLE t(a TEXT, b INT, c INT)", without_backup());
    std::string words;
    for (const auto& w : done.plan.steps.at(0).changes) words += w + ";";
    CHECK(words.find("drop UNIQUE t(a)") != std::string::npos);
    CHECK(words.find("drop a CHECK of t.b: b > 0") != std::string::npos);
    CHECK(words.find("drop the foreign key of t(c)") != std::string::npos);
    database.execute("INSERT INTO t VALUES ('x', -1, 99)");
}

TEST_CASE("what means the same stays as it is written", "[migrate]") {
    auto database = memory_with("CREATE TABLE T(ID INTEGER PRIMARY KEY, n VARCHAR(20) DEFAULT ('x'), u TEXT); CREATE "
                                "UNIQUE INDEX mine ON T(u);");
    const std::string before = everything_in(database);
    CHECK_FALSE(migrate_to(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, n TEXT DEFAULT 'x', u TEXT UNIQUE)",
                           without_backup())
                    .applied);
    CHECK(everything_in(database) == before);
    auto exact = without_backup();
    exact.target.exact = true;
    CHECK(migrate_to(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, n TEXT DEFAULT 'x', u TEXT UNIQUE)", exact)
              .applied);
    CHECK(lines(database, "SELECT name FROM pragma_table_info('t')") == "id\nn\nu\n");
    CHECK(lines(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'mine'") == "0\n");
}

TEST_CASE("a virtual table that is wanted as it is stays as it is", "[migrate]") {
    auto database = memory_with("CREATE VIRTUAL TABLE f USING fts5(a); INSERT INTO f VALUES ('x');");
    CHECK(migrate_to(database, "CREATE VIRTUAL TABLE f USING fts5(a); CREATE TABLE t(a)", without_backup()).applied);
    CHECK(database.query_int("SELECT count(*) FROM f WHERE f MATCH 'x'") == 1);
}
