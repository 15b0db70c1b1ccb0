// SPDX-License-Identifier: MIT
// Numbered ways to lose data: which object a name means, and what ALTER TABLE does and does not.

#include <string>
#include <utility>

#include "traps_support.hpp"

using namespace trap_test;

namespace {

constexpr std::string_view one_column = "CREATE TABLE t(a); INSERT INTO t VALUES ('real');";
constexpr std::string_view one_column_not_null = "CREATE TABLE t(a NOT NULL)";

} // namespace

TEST_CASE("trap 31: a temporary table of the same name is refused, both keep their rows", "[trap]") {
    auto database = database_with(one_column);
    database.execute("CREATE TEMP TABLE t(a); INSERT INTO temp.t VALUES ('scratch')");
    CHECK(code_of([&] { migrate_to(database, one_column_not_null, without_backup()); }) == "S379");
    CHECK(rows(database, "SELECT * FROM main.t UNION ALL SELECT * FROM temp.t") == "real\nscratch\n");
    database.execute("DROP TABLE temp.t");
    rebuild(database, one_column_not_null);
    CHECK(rows(database, "SELECT * FROM t") == "real\n");
}

TEST_CASE("trap 32: temporary triggers and views are refused, and are there afterwards", "[trap]") {
    for (const char* object : {"CREATE TEMP TRIGGER tt AFTER INSERT ON main.t BEGIN SELECT 1; END",
                               "CREATE TEMP VIEW tv AS SELECT a FROM t"}) {
        auto database = database_with(one_column);
        database.execute(object);
        CHECK(code_of([&] { migrate_to(database, one_column_not_null, without_backup()); }) == "S379");
        CHECK(rows(database, "SELECT count(*) FROM temp.sqlite_schema") == "1\n");
        CHECK(rows(database, "SELECT * FROM main.t") == "real\n");
        check_sound(database);
    }
}

TEST_CASE("trap 33: an attached database is refused, and both files are as before", "[trap]") {
    const temp_dir folder;
    file_with(folder / "b.db", "CREATE TABLE t(a); INSERT INTO t VALUES ('archive');");
    auto database = file_with(folder / "a.db", one_column);
    database.execute("ATTACH ? AS aux1", (folder / "b.db").string());
    CHECK(code_of([&] { migrate_to(database, one_column_not_null, without_backup()); }) == "S379");
    CHECK(rows(database, "SELECT * FROM main.t UNION ALL SELECT * FROM aux1.t") == "real\narchive\n");
    database.execute("DETACH aux1");
    auto done = rebuild(database, one_column_not_null);
    for (const auto& s : done.plan.steps[0].statements) { // every name is qualified where SQLite lets it be
        if (s.sql.starts_with("PRAGMA")) continue;
        INFO(s.sql);
        CHECK(s.sql.find("main.") != std::string::npos);
    }
}

TEST_CASE("trap 41: a new column gets there in every form, with rows and without, or is refused with the rows kept",
          "[trap]") {
    const std::pair<const char*, const char*> forms[] = {
        {"c INT NOT NULL", "S371 2 rowid 1, 2\n"},
        {"c TEXT DEFAULT CURRENT_TIMESTAMP", ""},
        {"c TEXT DEFAULT (1+1)", ""},
        {"c TEXT DEFAULT (datetime('now'))", ""},
        {"c INT UNIQUE", ""},
        {"c INT NOT NULL DEFAULT 1 REFERENCES t(id)", ""},
        {"c INT NOT NULL DEFAULT 7 REFERENCES t(id)", "S377 2 rowid 1, 2\n"},
        {"c INT AS (id*2) STORED", ""},
        {"c INT AS (id*2)", ""},
        {"c INT CHECK(c>0) DEFAULT 0", "S374 2 rowid 1, 2\n"},
        {"c INT NOT NULL AS (NULL)", "S372 2 rowid 1, 2\n"}};
    for (const auto& [form, reason] : forms) {
        INFO(form);
        const std::string wanted = "CREATE TABLE t(id INTEGER PRIMARY KEY, " + std::string(form) + ")";
        auto empty = database_with("CREATE TABLE t(id INTEGER PRIMARY KEY);");
        CHECK(migrate_to(empty, wanted, without_backup()).applied);
        auto filled = database_with("CREATE TABLE t(id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2);");
        if (*reason != '\0') {
            CHECK(refusal(filled, wanted) == reason);
        } else {
            CHECK(migrate_to(filled, wanted, without_backup()).applied);
        }
        CHECK(rows(filled, "SELECT id FROM t") == "1\n2\n");
        CHECK_FALSE(migrate_to(empty, wanted, without_backup()).applied);
        check_sound(filled);
    }
    // a key on a new column: in an empty table only
    const std::string_view key = "CREATE TABLE t(id INT, c INTEGER PRIMARY KEY)";
    auto filled = database_with("CREATE TABLE t(id INT); INSERT INTO t VALUES (5), (6);");
    CHECK(migrate_to(filled, key, without_backup()).applied); // the row number becomes the column
    CHECK(rows(filled, "SELECT id, c FROM t") == "5|1\n6|2\n");
}

TEST_CASE("trap 42: a column that something uses goes with what is said to go, or not at all", "[trap]") {
    for (const char* rest :
         {"CREATE INDEX i ON t(a);", "CREATE INDEX i ON t(b) WHERE a>0;", "CREATE VIEW v AS SELECT a FROM t;",
          "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT new.a; END;"}) {
        INFO(rest);
        auto database = database_with("CREATE TABLE t(id INTEGER PRIMARY KEY, a, b); INSERT INTO t VALUES (1, 2, 3);" +
                                      std::string(rest));
        const std::string before = dump(database.handle());
        const std::string_view wanted = "CREATE TABLE t(id INTEGER PRIMARY KEY, b)";
        // a kept column is not dropped, and with it stays all that names it
        CHECK_FALSE(migrate_to(database, wanted, without_backup()).applied);
        CHECK(dump(database.handle()) == before);
        const std::string code = code_of([&] { migrate_to(database, wanted, without_backup({"drop column t.a"})); });
        if (code.empty()) {
            CHECK(rows(database, "SELECT * FROM t") == "1|3\n");
        } else {
            CHECK((code == "S380" || code == "S383" || code == "S370" || code == "S215"));
            CHECK(dump(database.handle()) == before);
        }
        check_sound(database);
        if (code.empty()) continue;
        CHECK(migrate_to(database, wanted,
                         without_backup({"drop column t.a", "drop index i", "drop view v", "drop trigger g"}))
                  .applied);
        CHECK(rows(database, "SELECT * FROM t") == "1|3\n");
    }
    for (const char* table : {"a UNIQUE, b", "a PRIMARY KEY, b", "a CHECK(a>0), b", "a, b, CHECK(a<b)",
                              "a REFERENCES t(id), b", "a, b, FOREIGN KEY(a) REFERENCES t(id)"}) {
        INFO(table);
        auto database =
            database_with("CREATE TABLE t(id INT UNIQUE, " + std::string(table) + "); INSERT INTO t VALUES (2, 2, 3);");
        CHECK(migrate_to(database, "CREATE TABLE t(id INT UNIQUE, b)", without_backup({"drop column t.a"})).applied);
        CHECK(rows(database, "SELECT * FROM t") == "2|3\n");
        check_sound(database);
    }
    auto computed = database_with("CREATE TABLE t(id INT, a, b, g AS (a+1)); INSERT INTO t VALUES (1, 2, 3);");
    const std::string before = dump(computed.handle());
    CHECK(code_of([&] { migrate_to(computed, "CREATE TABLE t(id INT, b)", without_backup({"drop column t.a"})); }) !=
          "");
    CHECK(dump(computed.handle()) == before); // the kept column g is made of it
    CHECK(migrate_to(computed, "CREATE TABLE t(id INT, b)", without_backup({"drop column t.a", "drop column t.g"}))
              .applied);
    CHECK(rows(computed, "SELECT * FROM t") == "1|3\n");
}

TEST_CASE("trap 43: a string in double quotes that would become the new column is refused", "[trap]") {
    auto database = database_with("CREATE TABLE t(st TEXT, CHECK (st <> \"closed\")); INSERT INTO t VALUES ('open');");
    CHECK(refusal(database, "CREATE TABLE t(st TEXT, closed TEXT, CHECK (st <> \"closed\"))") == "S380\n");
    CHECK(code_of([&] { database.execute("INSERT INTO t VALUES ('closed')"); }) == "S218");
    // of a table that is rebuilt the string stays a string
    rebuild(database, "CREATE TABLE t(st TEXT NOT NULL, CHECK (st <> 'closed'))");
    CHECK(code_of([&] { database.execute("INSERT INTO t VALUES ('closed')"); }) == "S218");
    CHECK(rows(database, "SELECT * FROM t") == "open\n");
}

TEST_CASE("trap 44: defaults give after a rebuild what they gave before", "[trap]") {
    const std::string columns =
        "a DEFAULT \"2.0\", b DEFAULT (abs(-3)), c DEFAULT CURRENT_DATE, d DEFAULT 'it''s', e DEFAULT -1.50,"
        " f DEFAULT x'00ff', g DEFAULT NULL, h DEFAULT TRUE, i DEFAULT 'CURRENT_TIMESTAMP', j DEFAULT (1 + 2)";
    auto database = database_with("CREATE TABLE t(k TEXT, " + columns + ");");
    database.execute("INSERT INTO t(k) VALUES ('before')");
    rebuild(database, "CREATE TABLE t(k TEXT NOT NULL, " + columns + ")");
    database.execute("INSERT INTO t(k) VALUES ('after')");
    std::string values;
    for (const char* c : {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"})
        values += std::string(values.empty() ? "" : ", ") + "typeof(" + c + "), quote(" + c + ")";
    CHECK(rows(database, "SELECT " + values + " FROM t WHERE k = 'after'") ==
          rows(database, "SELECT " + values + " FROM t WHERE k = 'before'"));
    // and where only our model of the default is left: one of them changes
    CHECK(migrate_to(database,
                     "CREATE TABLE t(k TEXT NOT NULL, " + columns + ", z INT NOT NULL DEFAULT 5 CHECK (z > 0))",
                     without_backup())
              .applied);
    database.execute("INSERT INTO t(k) VALUES ('again')");
    CHECK(rows(database, "SELECT " + values + " FROM t WHERE k = 'again'") ==
          rows(database, "SELECT " + values + " FROM t WHERE k = 'before'"));
}

TEST_CASE("trap 45: no stored text is edited, and rows that such edits left behind are found", "[trap]") {
    const temp_dir folder;
    auto database =
        file_with(folder / "a.db", "CREATE TABLE t(a TEXT, b INT); INSERT INTO t VALUES (NULL, 1), ('x', 2);");
    database.enable(setting::writable_schema, true);
    database.execute("UPDATE sqlite_schema SET sql = 'CREATE TABLE t(a TEXT NOT NULL, b INT)' WHERE name = 't'");
    database = connection::open_file((folder / "a.db").string()); // a NOT NULL that no row was asked about
    CHECK(rows(database, "PRAGMA integrity_check") == "NULL value in t.a\n");
    const std::string before = dump(database.handle());
    // SQLite believes that no `a` IS NULL: the copy finds them, and then they are counted and named
    try {
        migrate_to(database, "CREATE TABLE t(a TEXT NOT NULL, b INT NOT NULL CHECK (b > 0))", without_backup());
        FAIL("not refused");
    } catch (const migrate::refused& e) {
        REQUIRE(e.blockers().size() == 1);
        const auto& found = e.blockers()[0];
        CHECK(found.code == "S372");
        CHECK(found.table == "t");
        CHECK(found.column == "a");
        CHECK(found.rows == 1);
        CHECK(found.examples == "rowid 1");
        CHECK(rows(database, found.query) == "1|NULL|1\n");
    }
    CHECK(dump(database.handle()) == before);
    database.execute("UPDATE t SET a = 'y' WHERE b = 1"); // SQLite believes that no a IS NULL
    database.enable(setting::writable_schema, true);
    auto options = without_backup();
    options.at = [&](std::string_view) { CHECK_FALSE(database.is_enabled(setting::writable_schema)); };
    options.at = [&, inner = options.at](std::string_view what) {
        if (what != "committed") inner(what);
    };
    rebuild(database, "CREATE TABLE t(a TEXT NOT NULL, b INT NOT NULL)", options);
    CHECK(database.is_enabled(setting::writable_schema)); // the caller's
    CHECK(rows(database, "SELECT * FROM t") == "y|1\nx|2\n");
    database.execute("UPDATE sqlite_schema SET sql = 'CREATE TABLE t(a' WHERE name = 't'");
    database = {};
    database = connection::open_file((folder / "a.db").string());
    CHECK(code_of([&] { migrate_to(database, "CREATE TABLE t(a TEXT NOT NULL)", without_backup()); }) == "S208");
}

TEST_CASE("trap 47: a running program's SELECT * gives the columns in the places where they were", "[trap]") {
    const temp_dir folder;
    auto program =
        file_with(folder / "a.db", "CREATE TABLE t(id INTEGER PRIMARY KEY, a, b); INSERT INTO t VALUES (1, 'a', 'b');");
    auto kept = program.prepare("SELECT * FROM t WHERE id = 1");
    const auto read = [&] {
        REQUIRE(kept.step());
        std::string text;
        for (int i = 0; i < 3; ++i) text += std::string(kept.column_text(i)) + "|";
        kept.reset();
        return text;
    };
    CHECK(read() == "1|a|b|");
    auto migrator = connection::open_file((folder / "a.db").string());
    rebuild(migrator, "CREATE TABLE t(id INTEGER PRIMARY KEY, z DEFAULT 'z', b NOT NULL, a)");
    CHECK(read() == "1|a|b|"); // new columns come behind
    CHECK(rows(migrator, "SELECT * FROM t") == "1|a|b|z\n");
}

TEST_CASE("trap 48: a table that a crashed run left behind is neither used nor touched", "[trap]") {
    const std::string_view wanted = "CREATE TABLE t(id INT, v NOT NULL, CHECK (id > 0))"; // a rebuild on every version
    auto database = database_with(
        "CREATE TABLE t(id INT, v); INSERT INTO t VALUES (1, 'fresh');"
        "CREATE TABLE new_t(id INT, v); INSERT INTO new_t VALUES (1, 'stale'), (7, 'deleted last week');");
    auto options = without_backup();
    options.dry_run = true;
    const std::string name = migrate_to(database, wanted, options).plan.steps.at(0).successor;
    CHECK(name.starts_with("new_"));
    CHECK(name != "new_t");
    // the very name is taken between the plan and its execution: it fails, and takes nothing
    options.dry_run = false;
    options.at = [&](std::string_view what) {
        if (what.starts_with("CREATE TABLE main.new_"))
            database.execute("CREATE TABLE " + name + "(id INT, v); INSERT INTO " + name + " VALUES (9, 'other')");
    };
    CHECK(code_of([&] { migrate_to(database, wanted, options); }) == "S215");
    CHECK(rows(database, "SELECT * FROM t") == "1|fresh\n");
    rebuild(database, wanted);
    CHECK(rows(database, "SELECT * FROM t") == "1|fresh\n");
    CHECK(rows(database, "SELECT * FROM new_t") == "1|stale\n7|deleted last week\n");
}

TEST_CASE("trap 49: another case of a name is the same name", "[trap]") {
    const std::string_view wanted = "CREATE TABLE users(ID INTEGER PRIMARY KEY, Name TEXT NOT NULL)";
    auto database =
        database_with("CREATE TABLE Users(id INTEGER PRIMARY KEY, NAME TEXT); INSERT INTO Users VALUES (1, 'Ann');");
    rebuild(database, wanted);
    CHECK(rows(database, "SELECT id, name FROM users") == "1|Ann\n");
    CHECK(rows(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'users' COLLATE NOCASE") == "1\n");
    auto options = without_backup();
    options.target.exact = true; // and on request the table gets the name as it is written
    CHECK(migrate_to(database, wanted, options).applied);
    CHECK(rows(database, "SELECT name FROM sqlite_schema WHERE name LIKE 'users'") == "users\n");
    CHECK(rows(database, "SELECT * FROM users") == "1|Ann\n");
    CHECK_FALSE(migrate_to(database, wanted, options).applied);
}
