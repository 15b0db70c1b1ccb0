// SPDX-License-Identifier: MIT
// Numbered ways to lose data: what the copy does with values that the new table does not take as they are.

#include "traps_support.hpp"

using namespace trap_test;

namespace {

migrate::run_options exact() {
    auto options = without_backup();
    options.target.exact = true;
    return options;
}

} // namespace

TEST_CASE("trap 14: columns that change places keep their values", "[trap]") {
    auto database = database_with(
        "CREATE TABLE pt(id INTEGER PRIMARY KEY, lat REAL, lon REAL); INSERT INTO pt VALUES (1, 52.5, 13.4);");
    rebuild(database, "CREATE TABLE pt(id INTEGER PRIMARY KEY, lon REAL, lat REAL)", exact());
    CHECK(rows(database, "SELECT lat, lon FROM pt") == "52.5|13.4\n");
    CHECK(rows(database, "SELECT * FROM pt") == "1|13.4|52.5\n");
}

TEST_CASE("trap 15: NULLs under a new NOT NULL are refused, never left out and never given a default", "[trap]") {
    const std::string_view values = "INSERT INTO u VALUES (1, 'a'), (2, NULL), (3, NULL);";
    for (const char* wanted : {"email TEXT NOT NULL DEFAULT 'unknown'", "email TEXT NOT NULL ON CONFLICT IGNORE",
                               "email TEXT NOT NULL ON CONFLICT REPLACE DEFAULT 'unknown'"}) {
        INFO(wanted);
        auto database = database_with("CREATE TABLE u(id INTEGER PRIMARY KEY, email TEXT);" + std::string(values));
        const std::string table = "CREATE TABLE u(id INTEGER PRIMARY KEY, " + std::string(wanted) + ")";
        CHECK(refusal(database, table) == "S372 2 rowid 2, 3\n");
        database.execute("UPDATE u SET email = 'b' || id WHERE email IS NULL");
        rebuild(database, table);
        CHECK(rows(database, "SELECT * FROM u") == "1|a\n2|b2\n3|b3\n");
    }
}

TEST_CASE("trap 16: duplicates under a new key are refused, none of them is chosen", "[trap]") {
    const std::string_view before = "CREATE TABLE u(id INT, login TEXT, v TEXT); INSERT INTO u VALUES (1, 'Bob', 'x'), "
                                    "(2, 'bob', 'y'), (2, 'ann', 'z');";
    for (const auto& [wanted, reason] :
         {std::pair("CREATE TABLE u(id INTEGER PRIMARY KEY, login TEXT, v TEXT)", "S373 1 rowid 2\n"),
          std::pair("CREATE TABLE u(id INTEGER PRIMARY KEY ON CONFLICT REPLACE, login TEXT, v TEXT)",
                    "S373 1 rowid 2\n"),
          std::pair("CREATE TABLE u(id INT, login TEXT COLLATE NOCASE UNIQUE, v TEXT)", "S373 1 rowid 1\n"),
          std::pair("CREATE TABLE u(id INT, login TEXT, v TEXT); CREATE UNIQUE INDEX i ON u(lower(login))",
                    "S373 1 rowid 1\n")}) {
        INFO(wanted);
        auto database = database_with(before);
        CHECK(refusal(database, wanted) == reason);
        database.execute("UPDATE u SET id = rowid, login = v");
        CHECK(migrate_to(database, wanted, without_backup()).applied);
        CHECK(rows(database, "SELECT id, login, v FROM u ORDER BY id") == "1|x|x\n2|y|y\n3|z|z\n");
    }
}

TEST_CASE("trap 17: a key that becomes a number is refused where keys collide, are none, or children keep the text",
          "[trap]") {
    const std::string children = "CREATE TABLE c(id INTEGER PRIMARY KEY, p TEXT REFERENCES p(id));";
    auto database =
        database_with("CREATE TABLE p(id TEXT PRIMARY KEY NOT NULL);" + children +
                      "INSERT INTO p VALUES ('1'), ('01'), ('7'), ('abc'); INSERT INTO c VALUES (1, '01'), (2, '7');");
    const std::string reasons = refusal(database, "CREATE TABLE p(id INTEGER PRIMARY KEY NOT NULL);" + children);
    CHECK(reasons.find("S375 1 rowid 2\n") != std::string::npos); // '01' would be 1
    CHECK(reasons.find("S376 1 rowid 4\n") != std::string::npos); // 'abc' is no number
    CHECK(reasons.find("S373 1 ") != std::string::npos);          // 1 twice
    database.execute("DELETE FROM c WHERE id = 1; DELETE FROM p WHERE id IN ('01', 'abc');");
    CHECK(
        migrate_to(database, "CREATE TABLE p(id INTEGER PRIMARY KEY NOT NULL);" + children, without_backup()).applied);
    CHECK(rows(database, "SELECT id, typeof(id) FROM p") == "1|integer\n7|integer\n");
    CHECK(rows(database, "SELECT c.id FROM c JOIN p ON p.id = c.p") == "2\n"); // the child still finds it
    CHECK(rows(database, "PRAGMA foreign_key_check").empty());
}

TEST_CASE("trap 18: values that another type would change are refused unless that is allowed by name", "[trap]") {
    const std::string_view before = "CREATE TABLE t(zip TEXT, n INTEGER, r TEXT);"
                                    "INSERT INTO t VALUES ('007', 9007199254740993, '1.10'), ('+49 30', 5, '1e2');";
    auto database = database_with(before);
    const std::string reasons = refusal(database, "CREATE TABLE t(zip INTEGER, n REAL, r NUMERIC)");
    CHECK(reasons == "S375 1 rowid 1\nS375 1 rowid 1\nS375 2 rowid 1, 2\n");
    rebuild(database, "CREATE TABLE t(zip INTEGER, n INTEGER, r TEXT)", without_backup({"lossy t.zip"}));
    CHECK(rows(database, "SELECT zip, n, r FROM t") == "7|9007199254740993|1.10\n+49 30|5|1e2\n");
}

TEST_CASE("trap 19: a STRICT table takes the rows as they are or refuses them", "[trap]") {
    auto database = database_with("CREATE TABLE t(id INTEGER PRIMARY KEY, n INT, at TEXT); INSERT INTO t VALUES (1, "
                                  "'12', 'x'), (2, 'ten', 'y'), (3, 1.5, 'z');");
    CHECK(refusal(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, n INT, at TEXT) STRICT") == "S376 2 rowid 2, 3\n");
    CHECK(refusal(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, n INT, at DATETIME) STRICT") != ""); // no such type
    database.execute("DELETE FROM t WHERE id > 1");
    rebuild(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, n INT, at TEXT) STRICT");
    CHECK(rows(database, "SELECT id, n, typeof(n), at FROM t") == "1|12|integer|x\n");
}

TEST_CASE("trap 20: rows that break a new CHECK are refused, also where the connection ignores CHECKs", "[trap]") {
    const std::string_view wanted = "CREATE TABLE t(id INTEGER PRIMARY KEY, q INT CHECK(q>=0), note TEXT)";
    for (const bool ignored : {false, true}) {
        auto database = database_with("CREATE TABLE t(id INTEGER PRIMARY KEY, q INT, note TEXT); INSERT INTO t VALUES "
                                      "(1, -5, 'a'), (2, 5, 'b');");
        if (ignored) database.execute("PRAGMA ignore_check_constraints=ON");
        CHECK(refusal(database, wanted) == "S374 1 rowid 1\n");
        CHECK(rows(database, "PRAGMA ignore_check_constraints") == (ignored ? "1\n" : "0\n"));
        database.execute("UPDATE t SET q = 0 WHERE q < 0");
        rebuild(database, wanted);
        CHECK(rows(database, "SELECT * FROM t") == "1|0|a\n2|5|b\n");
    }
}

TEST_CASE("trap 21: NULL keys stop WITHOUT ROWID, and the way back does not let them in", "[trap]") {
    const std::string_view without = "CREATE TABLE t(k TEXT PRIMARY KEY, v) WITHOUT ROWID";
    auto database = database_with("CREATE TABLE t(k TEXT PRIMARY KEY, v); INSERT INTO t VALUES ('a', 1), (NULL, 2);");
    CHECK(refusal(database, without) == "S372 1 rowid 2\n");
    database.execute("UPDATE t SET k = 'b' WHERE k IS NULL");
    rebuild(database, without);
    CHECK(rows(database, "SELECT * FROM t") == "a|1\nb|2\n");
    CHECK(rows(database, "SELECT wr FROM pragma_table_list WHERE name = 't'") == "1\n");
    rebuild(database, "CREATE TABLE t(k TEXT PRIMARY KEY NOT NULL, v)");
    CHECK(rows(database, "SELECT k, v FROM t ORDER BY k") == "a|1\nb|2\n");
    CHECK(code_of([&] { database.execute("INSERT INTO t VALUES (NULL, 3)"); }) == "S217");
}

TEST_CASE("trap 38: columns that the definitions do not know stay, with their values", "[trap]") {
    auto database = database_with("CREATE TABLE u(id INTEGER PRIMARY KEY, email TEXT, note_by_support TEXT); INSERT "
                                  "INTO u VALUES (1, 'a', 'call back');");
    const std::string_view wanted = "CREATE TABLE u(id INTEGER PRIMARY KEY, email TEXT NOT NULL)";
    const auto done = rebuild(database, wanted);
    CHECK(rows(database, "SELECT * FROM u") == "1|a|call back\n");
    REQUIRE(done.plan.kept.size() == 1); // and are named
    CHECK(done.plan.kept[0].object.find("note_by_support") != std::string::npos);
    CHECK(migrate_to(database, wanted, without_backup({"drop column u.note_by_support"})).applied);
    CHECK(rows(database, "SELECT * FROM u") == "1|a\n");
}

TEST_CASE("trap 39: a renaming that is said takes the values along, one that is not loses none", "[trap]") {
    const std::string_view before =
        "CREATE TABLE u(id INTEGER PRIMARY KEY, name TEXT); INSERT INTO u VALUES (1, 'Ann');";
    auto wanted = aps::sql::sqlite::parse("CREATE TABLE u(id INTEGER PRIMARY KEY, full_name TEXT NOT NULL)");
    wanted.content().columns[1].renamed_from = "name";
    auto database = database_with(before);
    CHECK(migrate::sqlite::run(database, wanted.view(), {}, without_backup()).applied);
    CHECK(rows(database, "SELECT full_name FROM u") == "Ann\n");
    check_sound(database);
    auto unsaid = database_with(before);
    CHECK(migrate_to(unsaid, "CREATE TABLE u(id INTEGER PRIMARY KEY, full_name TEXT)", without_backup()).applied);
    CHECK(rows(unsaid, "SELECT name, full_name FROM u") == "Ann|NULL\n");
}
