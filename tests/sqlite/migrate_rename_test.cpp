// SPDX-License-Identifier: MIT
// Renamings by hint: values, views, triggers, indexes and foreign keys follow; without a hint nothing is assumed.

#include "migrate_support.hpp"

namespace {

using namespace migrate_test;

/// A wanted schema with hints, which a text of SQL cannot give.
struct hinted {
    aps::model::snapshot schema;

    explicit hinted(std::string_view ddl) : schema(aps::sql::sqlite::parse(ddl)) {}
    hinted& table(std::string_view name, std::string_view from) {
        for (auto& t : schema.content().tables) {
            if (t.name == aps::model::name(name)) t.renamed_from = from;
        }
        return *this;
    }
    hinted& column(std::string_view name, std::string_view from) {
        for (auto& c : schema.content().columns) {
            if (c.name == aps::model::name(name)) c.renamed_from = from;
        }
        return *this;
    }
};

} // namespace

TEST_CASE("a renamed column takes everything along, and other changes of the table with it", "[migrate]") {
    auto database =
        memory_with("CREATE TABLE t(id INTEGER PRIMARY KEY, old TEXT CHECK (old <> ''), n INT);"
                    "CREATE TABLE log(x); CREATE INDEX i ON t(old) WHERE old > 'a'; CREATE VIEW v AS SELECT old FROM t;"
                    "CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.old); END;"
                    "INSERT INTO t VALUES (1, 'x', 5); DELETE FROM log;");
    hinted wanted("CREATE TABLE t(id INTEGER PRIMARY KEY, fresh TEXT CHECK (fresh <> ''), n INT NOT NULL DEFAULT 7)");
    const auto done = migrate::sqlite::run(database, wanted.column("fresh", "old").schema.view(), {}, without_backup());
    CHECK(done.applied);
    REQUIRE(done.plan.steps.size() == 2);
    CHECK(done.plan.steps[0].kind == migrate::step_kind::rename_column);
    CHECK(done.plan.steps[1].kind == migrate::step_kind::rebuild_table);
    CHECK(lines(database, "SELECT id, fresh, n FROM t") == "1|x|5\n");
    CHECK(lines(database, "SELECT * FROM v") == "x\n");
    database.execute("INSERT INTO t VALUES (2, 'y', 6)");
    CHECK(lines(database, "SELECT x FROM log") == "y\n");
    CHECK_FALSE(migrate::sqlite::run(database, wanted.schema.view(), {}, without_backup()).applied);
}

TEST_CASE("a renamed table keeps its children, numbers and rows", "[migrate]") {
    auto database = memory_with(
        "CREATE TABLE old(id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT); CREATE TABLE child(p INT REFERENCES old(id) "
        "ON DELETE CASCADE);"
        "INSERT INTO old(v) VALUES ('a'), ('b'); DELETE FROM old WHERE id = 2; INSERT INTO child VALUES (1);");
    hinted wanted("CREATE TABLE fresh(id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT NOT NULL); CREATE TABLE child(p INT "
                  "REFERENCES fresh(id) ON DELETE CASCADE)");
    const auto done = migrate::sqlite::run(database, wanted.table("fresh", "old").schema.view(), {}, without_backup());
    CHECK(done.applied);
    CHECK(lines(database, "SELECT * FROM fresh") == "1|a\n");
    CHECK(lines(database, "SELECT seq FROM sqlite_sequence WHERE name = 'fresh'") == "2\n");
    CHECK(lines(database, "SELECT \"table\" FROM pragma_foreign_key_list('child')") == "fresh\n");
    CHECK(lines(database, "PRAGMA foreign_key_check").empty());
}

TEST_CASE("a view and a trigger that change with a renaming are made anew", "[migrate]") {
    auto database =
        memory_with("CREATE TABLE t(a TEXT); CREATE TABLE log(x); CREATE VIEW v AS SELECT a, 1 AS one FROM t;"
                    "CREATE TRIGGER vi INSTEAD OF INSERT ON v BEGIN INSERT INTO log VALUES (new.a); END; INSERT INTO t "
                    "VALUES ('x');");
    hinted wanted("CREATE TABLE t(b TEXT); CREATE TABLE log(x); CREATE VIEW v AS SELECT b AS a, 2 AS two FROM t;"
                  "CREATE TRIGGER vi INSTEAD OF INSERT ON v BEGIN INSERT INTO log VALUES (new.a); END");
    CHECK(migrate::sqlite::run(database, wanted.column("b", "a").schema.view(), {}, without_backup()).applied);
    CHECK(lines(database, "SELECT * FROM v") == "x|2\n");
    database.execute("INSERT INTO v(a) VALUES ('through')");
    CHECK(lines(database, "SELECT x FROM log") == "through\n");
}

TEST_CASE("a view that is replaced keeps its INSTEAD OF trigger", "[migrate]") {
    auto database = memory_with("CREATE TABLE t(a TEXT); CREATE VIEW v AS SELECT a FROM t; CREATE TRIGGER mine INSTEAD "
                                "OF INSERT ON v BEGIN INSERT INTO t VALUES (new.a); END;");
    CHECK(migrate_to(database, "CREATE TABLE t(a TEXT); CREATE VIEW v AS SELECT a, 1 AS n FROM t", without_backup())
              .applied);
    database.execute("INSERT INTO v(a) VALUES ('x')");
    CHECK(lines(database, "SELECT * FROM t") == "x\n");
}

TEST_CASE("renamings of earlier versions are followed through the chain", "[migrate]") {
    hinted v1("CREATE TABLE one(a TEXT NOT NULL)");
    hinted v2("CREATE TABLE two(b TEXT NOT NULL)");
    v2.table("two", "one").column("b", "a");
    hinted v3("CREATE TABLE two(c TEXT NOT NULL)");
    v3.column("c", "b");
    const hinted now("CREATE TABLE two(c TEXT NOT NULL, d INT)"); // no hints any more
    const migrate::migration_view chain[] = {{"one", v1.schema.view(), v2.schema.view(), {}},
                                             {"two", v2.schema.view(), v3.schema.view(), {}},
                                             {"three", v3.schema.view(), now.schema.view(), {}}};
    auto database = memory_with("CREATE TABLE one(a TEXT NOT NULL); INSERT INTO one VALUES ('kept');");
    CHECK(migrate::sqlite::run(database, now.schema.view(), chain, without_backup()).applied);
    CHECK(lines(database, "SELECT c, d FROM two") == "kept|\n");
    CHECK(migrate::sqlite::read_history(database).size() == 3);
    auto later = memory_with("CREATE TABLE two(b TEXT NOT NULL); INSERT INTO two VALUES ('kept');");
    CHECK(migrate::sqlite::run(later, now.schema.view(), chain, without_backup()).applied);
    CHECK(lines(later, "SELECT c FROM two") == "kept\n");
}

TEST_CASE("without a hint the old column stays and the new one is empty", "[migrate]") {
    auto database = memory_with("CREATE TABLE t(old TEXT); INSERT INTO t VALUES ('x');");
    CHECK(migrate_to(database, "CREATE TABLE t(fresh TEXT)", without_backup()).applied);
    CHECK(lines(database, "SELECT old, fresh FROM t") == "x|\n");
}

TEST_CASE("SQLite cannot rename while a view does not compile: it is named before anything is done", "[migrate]") {
    auto database = memory_with("CREATE TABLE t(a TEXT); CREATE VIEW broken AS SELECT x FROM gone;");
    hinted wanted("CREATE TABLE t(b TEXT)");
    try {
        migrate::sqlite::run(database, wanted.column("b", "a").schema.view(), {}, without_backup());
        FAIL("not refused");
    } catch (const migrate::refused& e) {
        REQUIRE(e.blockers().size() == 1);
        CHECK(e.blockers()[0].what.find("view broken") != std::string::npos);
    }
}
