// SPDX-License-Identifier: MIT
// Numbered ways to lose data: what hangs on a table and goes with it – numbers given, triggers, indexes, views,
// statistics – and what is in its text.

#include "traps_support.hpp"

using namespace trap_test;

TEST_CASE("trap 07: numbers that were given are not given again", "[trap]") {
    const std::string_view wanted = "CREATE TABLE o(id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT NOT NULL)";
    for (const char* deleted : {"WHERE id > 1", ""}) {
        auto database = database_with("CREATE TABLE o(id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT);"
                                      "INSERT INTO o(v) VALUES (1), (2), (3); DELETE FROM o " +
                                      std::string(deleted));
        rebuild(database, wanted);
        CHECK(rows(database, "SELECT * FROM sqlite_sequence") == "o|3\n");
        database.execute("INSERT INTO o(v) VALUES ('x')");
        CHECK(rows(database, "SELECT max(id) FROM o") == "4\n");
    }
}

TEST_CASE("trap 08: triggers still fire: an audit log, an index of texts", "[trap]") {
    const std::string rest =
        "CREATE TABLE log(id); CREATE VIRTUAL TABLE f USING fts5(body, content='t', content_rowid='id');"
        "CREATE TRIGGER t_log AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.id); END;"
        "CREATE TRIGGER t_fts AFTER INSERT ON t BEGIN INSERT INTO f(rowid, body) VALUES (new.id, new.body); END;";
    auto database = database_with("CREATE TABLE t(id INTEGER PRIMARY KEY, body TEXT);" + rest +
                                  "INSERT INTO t VALUES (1, 'hello');");
    const std::string before = stored(database, "t_log") + stored(database, "t_fts");
    rebuild(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, body TEXT NOT NULL);" + rest);
    CHECK(stored(database, "t_log") + stored(database, "t_fts") == before);
    database.execute("INSERT INTO t VALUES (2, 'world')");
    CHECK(rows(database, "SELECT id FROM log") == "1\n2\n");
    CHECK(rows(database, "SELECT rowid FROM f WHERE f MATCH 'world'") == "2\n");
    CHECK(rows(database, "SELECT rowid FROM f WHERE f MATCH 'hello'") == "1\n");
}

TEST_CASE("trap 09: indexes keep WHERE, expressions, DESC and COLLATE, byte for byte", "[trap]") {
    const std::string rest = "CREATE UNIQUE INDEX i1 ON t(a) WHERE c='live'; CREATE INDEX i2 ON t(lower(a));"
                             "CREATE INDEX i3 ON t(a COLLATE NOCASE, b DESC);";
    auto database = database_with("CREATE TABLE t(a TEXT, b INT, c TEXT);" + rest +
                                  "INSERT INTO t VALUES ('x', 1, 'dead'), ('x', 2, 'dead');");
    const std::string before = rows(database, "SELECT name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY name");
    rebuild(database, "CREATE TABLE t(a TEXT, b INT, c TEXT NOT NULL);" + rest);
    CHECK(rows(database, "SELECT name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY name") == before);
    CHECK(rows(database, "EXPLAIN QUERY PLAN SELECT * FROM t WHERE lower(a) = 'x'").find("i2") != std::string::npos);
    database.execute("INSERT INTO t VALUES ('x', 3, 'live')");
    CHECK(code_of([&] { database.execute("INSERT INTO t VALUES ('x', 4, 'live')"); }) == "S216");
    // indexes that the definitions do not know stay as well
    rebuild(database, "CREATE TABLE t(a TEXT NOT NULL, b INT, c TEXT NOT NULL);");
    CHECK(rows(database, "SELECT name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY name") == before);
}

TEST_CASE("trap 10: views, and triggers of other tables, do not stop the renaming", "[trap]") {
    const std::string rest = "CREATE TABLE u(b); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT * FROM v;"
                             "CREATE TRIGGER g AFTER INSERT ON u BEGIN INSERT INTO t VALUES (new.b); END;";
    auto database = database_with("CREATE TABLE t(a);" + rest + "INSERT INTO t VALUES (1);");
    const std::string before = stored(database, "v") + stored(database, "w") + stored(database, "g");
    rebuild(database, "CREATE TABLE t(a NOT NULL);" + rest);
    CHECK(stored(database, "v") + stored(database, "w") + stored(database, "g") == before);
    database.execute("INSERT INTO u VALUES (2)");
    CHECK(rows(database, "SELECT * FROM w") == "1\n2\n");
}

TEST_CASE("trap 11: INSTEAD OF triggers stay, and a view of * keeps its columns in their places", "[trap]") {
    const std::string rest = "CREATE VIEW v AS SELECT * FROM t;"
                             "CREATE TRIGGER vi INSTEAD OF INSERT ON v BEGIN INSERT INTO t(a) VALUES (new.a); END;";
    auto database =
        database_with("CREATE TABLE t(id INTEGER PRIMARY KEY, a);" + rest + "INSERT INTO t VALUES (1, 'x');");
    const std::string before = stored(database, "v") + stored(database, "vi");
    rebuild(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, z, a NOT NULL);" + rest);
    CHECK(stored(database, "v") + stored(database, "vi") == before);
    CHECK(rows(database, "SELECT name FROM pragma_table_info('v')") == "id\na\nz\n");
    database.execute("INSERT INTO v(a) VALUES ('y')");
    CHECK(rows(database, "SELECT id, a FROM v") == "1|x\n2|y\n");
    // replaced by the definitions: the trigger comes back with it
    const std::string other = "CREATE VIEW v AS SELECT id, a FROM t;"
                              "CREATE TRIGGER vi INSTEAD OF INSERT ON v BEGIN INSERT INTO t(a) VALUES (new.a); END;";
    CHECK(migrate_to(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, z, a NOT NULL);" + other, without_backup())
              .applied);
    database.execute("INSERT INTO v(a) VALUES ('z')");
    CHECK(rows(database, "SELECT count(*) FROM t") == "3\n");
}

TEST_CASE("trap 12: row numbers stay where no column has them", "[trap]") {
    const std::string index = "CREATE VIRTUAL TABLE f USING fts5(title, content='d');";
    auto database = database_with(
        "CREATE TABLE d(title TEXT); INSERT INTO d VALUES ('a'), ('b'), ('c'); DELETE FROM d WHERE title = 'a';" +
        index + "INSERT INTO f(rowid, title) SELECT rowid, title FROM d;");
    rebuild(database, "CREATE TABLE d(title TEXT NOT NULL);" + index);
    CHECK(rows(database, "SELECT rowid, title FROM d") == "2|b\n3|c\n");
    CHECK(rows(database, "SELECT f.rowid, d.title FROM f JOIN d ON d.rowid = f.rowid WHERE f MATCH 'b'") == "2|b\n");
}

TEST_CASE("trap 13: generated columns are computed, and one that becomes a plain column keeps its values", "[trap]") {
    auto database = database_with(
        "CREATE TABLE t(a INT, g INT AS (a * 10), s INT AS (a + 1) STORED, b INT); INSERT INTO t(a, b) VALUES (1, 2);");
    rebuild(database, "CREATE TABLE t(a INT, g INT AS (a * 10), s INT AS (a + 1) STORED, b INT NOT NULL)");
    CHECK(rows(database, "SELECT a, g, s, b FROM t") == "1|10|2|2\n");
    rebuild(database, "CREATE TABLE t(a INT, g INT, s INT, b INT NOT NULL)");
    CHECK(rows(database, "SELECT a, g, s, b FROM t") == "1|10|2|2\n");
}

TEST_CASE("trap 22: nothing of the declaration is lost that PRAGMAs do not tell", "[trap]") {
    const auto table = [](const char* null) {
        return "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT COLLATE NOCASE NOT NULL ON CONFLICT IGNORE,"
               " b INT CONSTRAINT ck_b CHECK(b>0), g INT AS (b*2) STORED, c TEXT" +
               std::string(null) +
               ", p INT REFERENCES p(id) DEFERRABLE INITIALLY DEFERRED, UNIQUE(a) ON CONFLICT REPLACE) STRICT;";
    };
    const std::string parent = "CREATE TABLE p(id INTEGER PRIMARY KEY);";
    auto database = database_with(parent + table("") + "INSERT INTO t(a, b, c) VALUES ('x', 1, 'one');");
    rebuild(database, parent + table(" NOT NULL"));
    CHECK(rows(database, "SELECT * FROM t") == "1|x|1|2|one|NULL\n");
    database.execute("INSERT INTO t(a, b, c) VALUES ('X', 5, 'two')");    // replaces, without case, under a new number
    database.execute("INSERT INTO t(a, b, c) VALUES (NULL, 5, 'three')"); // ignored
    CHECK(rows(database, "SELECT id, a, b, g FROM t") == "2|X|5|10\n");
    CHECK(code_of([&] { database.execute("INSERT INTO t(a, b, c) VALUES ('y', 0, 'z')"); }) == "S218");
    CHECK(stored(database, "t").find("ck_b") != std::string::npos);
    CHECK(code_of([&] { database.execute("INSERT INTO t(a, b, c) VALUES ('y', 'text', 'z')"); }) == "S220"); // STRICT
    database.execute("BEGIN; INSERT INTO t(a, b, c, p) VALUES ('y', 1, 'z', 7)");
    CHECK(code_of([&] { database.execute("COMMIT"); }) == "S219"); // only now: deferred
    database.execute("ROLLBACK");
}

TEST_CASE("trap 36: the copy fires no trigger", "[trap]") {
    const std::string rest =
        "CREATE TABLE log(id, what);"
        "CREATE TRIGGER g1 AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.id, 'insert'); END;"
        "CREATE TRIGGER g2 BEFORE DELETE ON t BEGIN INSERT INTO log VALUES (old.id, 'delete'); END;"
        "CREATE TRIGGER g3 AFTER UPDATE ON t BEGIN INSERT INTO log VALUES (new.id, 'update'); END;";
    auto database = database_with("CREATE TABLE t(id INTEGER PRIMARY KEY, v);" + rest +
                                  "INSERT INTO t VALUES (1, 'a'), (2, NULL); DELETE FROM log;");
    database.execute("PRAGMA recursive_triggers=ON");
    auto options = without_backup();
    options.rules.push_back({.kind = migrate::rule_kind::backfill, .table = "t", .name = "v", .sql = "'none'"});
    rebuild(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, v NOT NULL);" + rest, options);
    CHECK(rows(database, "SELECT * FROM t") == "1|a\n2|none\n");
    CHECK(rows(database, "SELECT * FROM log").empty());
    database.execute("INSERT INTO t VALUES (3, 'c')");
    CHECK(rows(database, "SELECT * FROM log") == "3|insert\n");
}

TEST_CASE("trap 37: statistics are there afterwards, and plans as before", "[trap]") {
    const std::string rest = "CREATE INDEX ib ON t(b); CREATE INDEX ia ON t(a);";
    auto database = database_with("CREATE TABLE t(a INT, b INT);" + rest +
                                  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
                                  "INSERT INTO t SELECT 1, i FROM n; ANALYZE;");
    const std::string query = "EXPLAIN QUERY PLAN SELECT * FROM t WHERE a = 1 AND b = 7";
    const std::string plan = rows(database, query);
    CHECK(plan.find("ib") != std::string::npos);
    const std::string before = rows(database, "SELECT * FROM sqlite_stat1 ORDER BY idx");
    rebuild(database, "CREATE TABLE t(a INT, b INT NOT NULL);" + rest);
    CHECK(rows(database, "SELECT * FROM sqlite_stat1 ORDER BY idx") == before);
    CHECK(rows(database, query) == plan);
    auto without = database_with("CREATE TABLE t(a INT, b INT);" + rest + "INSERT INTO t VALUES (1, 1);");
    rebuild(without, "CREATE TABLE t(a INT, b INT NOT NULL);" + rest);
    CHECK(rows(without, "SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'") == "0\n"); // nor made up
}
