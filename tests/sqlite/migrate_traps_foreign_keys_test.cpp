// SPDX-License-Identifier: MIT
// Numbered ways to lose data: parents, children and the switch that guards them.

#include "traps_support.hpp"

using namespace trap_test;

namespace {

constexpr std::string_view parents =
    "CREATE TABLE p(id INTEGER PRIMARY KEY, n TEXT); INSERT INTO p VALUES (1, 'a'), (2, 'b');";
constexpr std::string_view wanted_parents = "CREATE TABLE p(id INTEGER PRIMARY KEY, n TEXT NOT NULL);";

/// Rebuilds the parent of a table of children and looks at them.
void check_children(std::string_view children, std::string_view values, const std::string& expected) {
    INFO(children);
    auto database = database_with(std::string(parents) + std::string(children) + std::string(values));
    const std::string before = stored(database, "c");
    rebuild(database, std::string(wanted_parents) + std::string(children));
    CHECK(rows(database, "SELECT * FROM c") == expected);
    CHECK(rows(database, "PRAGMA foreign_key_check").empty());
    CHECK(stored(database, "c") == before);
    CHECK(code_of([&] { database.execute("INSERT INTO c VALUES (99, 99)"); }) == "S219"); // still enforced
}

} // namespace

TEST_CASE("trap 01: children with ON DELETE CASCADE survive the rebuild of their parent", "[trap]") {
    check_children("CREATE TABLE c(id INTEGER PRIMARY KEY, p INT REFERENCES p(id) ON DELETE CASCADE);",
                   "INSERT INTO c VALUES (10, 1), (11, 1), (12, 2);", "10|1\n11|1\n12|2\n");
}

TEST_CASE("trap 02: children with ON DELETE SET NULL or SET DEFAULT keep what they refer to", "[trap]") {
    check_children("CREATE TABLE c(id INTEGER PRIMARY KEY, p INT REFERENCES p(id) ON DELETE SET NULL);",
                   "INSERT INTO c VALUES (10, 1), (11, 2);", "10|1\n11|2\n");
    check_children("CREATE TABLE c(id INTEGER PRIMARY KEY, p INT DEFAULT 1 REFERENCES p(id) ON DELETE SET DEFAULT);",
                   "INSERT INTO c VALUES (10, 2), (11, 2);", "10|2\n11|2\n");
}

TEST_CASE("trap 03: a transaction that is open, in which foreign keys cannot be switched off, is refused", "[trap]") {
    const std::string children = "CREATE TABLE c(p INT REFERENCES p(id) ON DELETE CASCADE);";
    auto database = database_with(std::string(parents) + children + "INSERT INTO c VALUES (1);");
    database.execute("BEGIN");
    CHECK(code_of([&] { migrate_to(database, std::string(wanted_parents) + children, without_backup()); }) == "S379");
    CHECK(code_of([&] { database.enable(setting::foreign_keys, false); }) == "S226"); // no silence as of the PRAGMA
    CHECK(database.in_transaction());
    database.execute("COMMIT");
    CHECK(rows(database, "SELECT * FROM c") == "1\n");
    rebuild(database, std::string(wanted_parents) + children);
    CHECK(rows(database, "SELECT * FROM c") == "1\n");
}

TEST_CASE("trap 04: children with NO ACTION or RESTRICT, immediate or deferred, stop nothing", "[trap]") {
    for (const char* action : {"", " ON DELETE RESTRICT", " ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED"}) {
        check_children("CREATE TABLE c(id INTEGER PRIMARY KEY, p INT REFERENCES p(id)" + std::string(action) + ");",
                       "INSERT INTO c VALUES (10, 1), (11, 2);", "10|1\n11|2\n");
    }
    const std::string children = "CREATE TABLE c(p INT REFERENCES p(id) ON DELETE CASCADE);";
    auto database = database_with(std::string(parents) + children + "INSERT INTO c VALUES (1);");
    database.execute("PRAGMA defer_foreign_keys=ON"); // does not hold a CASCADE back
    rebuild(database, std::string(wanted_parents) + children);
    CHECK(rows(database, "SELECT * FROM c") == "1\n");
}

TEST_CASE("trap 05: foreign keys, triggers and views of others never get a temporary name", "[trap]") {
    const std::string rest = "CREATE TABLE c(id INTEGER PRIMARY KEY, p INT REFERENCES p(id));"
                             "CREATE VIEW v AS SELECT id FROM p;"
                             "CREATE TRIGGER g AFTER INSERT ON c BEGIN UPDATE p SET n = n WHERE id = new.p; END;";
    auto database = database_with(std::string(parents) + rest + "INSERT INTO c VALUES (1, 1);");
    const std::string before = stored(database, "c") + stored(database, "v") + stored(database, "g");
    rebuild(database, std::string(wanted_parents) + rest);
    CHECK(stored(database, "c") + stored(database, "v") + stored(database, "g") == before);
    database.execute("INSERT INTO c VALUES (2, 1)");
    CHECK(rows(database, "SELECT count(*) FROM c") == "2\n");
}

TEST_CASE("trap 06: a table that refers to itself still does, whatever legacy_alter_table was", "[trap]") {
    for (const bool legacy : {false, true}) {
        INFO("legacy " << legacy);
        auto database = database_with("CREATE TABLE n(id INTEGER PRIMARY KEY, up INT REFERENCES n(id), x TEXT);"
                                      "INSERT INTO n VALUES (1, NULL, 'a'), (2, 1, 'b');");
        database.enable(setting::legacy_alter_table, legacy);
        rebuild(database, "CREATE TABLE n(id INTEGER PRIMARY KEY, up INT REFERENCES n(id), x TEXT NOT NULL)");
        CHECK(rows(database, "SELECT \"table\" FROM pragma_foreign_key_list('n')") == "n\n");
        CHECK(stored(database, "n").find("new_") == std::string::npos);
        database.execute("INSERT INTO n VALUES (3, 2, 'c')");
        CHECK(code_of([&] { database.execute("INSERT INTO n VALUES (4, 9, 'd')"); }) == "S219");
        CHECK(database.is_enabled(setting::legacy_alter_table) == legacy);
    }
}

TEST_CASE("trap 34: a new foreign key over rows without a parent is refused, those that were there before are not",
          "[trap]") {
    const std::string wanted = "CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE t(p INT REFERENCES p(id), q INT);";
    auto database = database_with("CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE t(p INT, q INT);"
                                  "INSERT INTO t VALUES (99, 1);");
    CHECK(refusal(database, wanted) == "S377 1 rowid 1\n");
    auto old = database_with("CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE t(p INT REFERENCES p(id), q INT);"
                             "INSERT INTO t VALUES (99, 1);");
    rebuild(old, "CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE t(p INT REFERENCES p(id), q INT NOT NULL);");
    CHECK(rows(old, "PRAGMA foreign_key_check") == "t|1|p|0\n"); // as before
}

TEST_CASE("trap 35: foreign keys are on again after an error, and after a refusal", "[trap]") {
    const std::string schema = "CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE t(p INT REFERENCES p(id), q INT";
    auto database = database_with(schema + "); INSERT INTO t VALUES (NULL, NULL);");
    CHECK(refusal(database, schema + " NOT NULL)") == "S372 1 rowid 1\n");
    CHECK(code_of([&] { database.execute("INSERT INTO t VALUES (12345, 1)"); }) == "S219");
    auto options = without_backup();
    options.at = [](std::string_view point) {
        if (point == "verify") throw std::string("anything");
    };
    database.execute("UPDATE t SET q = 1");
    CHECK_THROWS_AS(migrate_to(database, schema + " NOT NULL)", options), std::string);
    CHECK(code_of([&] { database.execute("INSERT INTO t VALUES (12345, 1)"); }) == "S219");
    check_sound(database);
}
