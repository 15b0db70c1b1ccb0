// SPDX-License-Identifier: MIT
// Virtual tables are made anew with their rows, or the migration is refused and says why.

#include "migrate_support.hpp"

namespace {

using namespace migrate_test;

/// What stands in the way, code by code; empty where the migration was made.
std::string refusal(connection& database, std::string_view wanted, std::vector<std::string_view> allowed = {}) {
    try {
        migrate_to(database, wanted, without_backup(std::move(allowed)));
        return {};
    } catch (const migrate::refused& e) {
        std::string all;
        for (const auto& b : e.blockers()) {
            all += b.code + " " + b.table + "." + b.column + " " + std::to_string(b.rows) + " " + b.what + "\n";
        }
        return all;
    }
}

} // namespace

TEST_CASE("a full-text table gets another tokenizer and a column, and keeps rows, row numbers and settings", "[migrate]") {
    auto database = memory_with("CREATE VIRTUAL TABLE d USING fts5(title, body);"
                                "INSERT INTO d(rowid, title, body) VALUES (7, 'Running', 42), (9, 'runs', x'00FF');"
                                "INSERT INTO d(d, rank) VALUES ('rank', 'bm25(10.0, 5.0)'), ('pgsz', 1000)");
    const auto done = migrate_to(
        database, "CREATE VIRTUAL TABLE d USING fts5(title, tags, body, tokenize = 'porter')", without_backup());
    CHECK(done.applied);
    CHECK(lines(database, "SELECT rowid, title, tags IS NULL, typeof(body), quote(body) FROM d") ==
          "7|Running|1|integer|42\n9|runs|1|blob|X'00FF'\n");
    CHECK(lines(database, "SELECT rowid FROM d WHERE d MATCH 'run' ORDER BY rowid") == "7\n9\n");
    CHECK(lines(database, "SELECT k, v FROM d_config ORDER BY k") == "pgsz|1000\nrank|bm25(10.0, 5.0)\nversion|4\n");
    database.execute("INSERT INTO d(d) VALUES ('integrity-check')");
    CHECK(lines(database, "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'new%'") == "0\n");
    CHECK_FALSE(migrate_to(database, "CREATE VIRTUAL TABLE d USING fts5(title, tags, body, tokenize = porter)",
                           without_backup())
                    .applied);
}

TEST_CASE("a missing virtual table is created, one that is not wanted any more stays until it may go", "[migrate]") {
    auto database = memory_with("CREATE TABLE t(a); CREATE VIRTUAL TABLE old USING rtree(id, a, b)");
    CHECK(migrate_to(database, "CREATE TABLE t(a); CREATE VIRTUAL TABLE f USING fts5(x)", without_backup()).applied);
    CHECK(lines(database, "SELECT name FROM pragma_table_list WHERE type = 'virtual' AND schema = 'main' ORDER BY 1") == "f\nold\n");
    CHECK(migrate_to(database, "CREATE TABLE t(a); CREATE VIRTUAL TABLE f USING fts5(x)",
                     without_backup({"drop table old"}))
              .applied);
    CHECK(lines(database, "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'old%'") == "0\n");
}

TEST_CASE("an unknown column of a full-text table stays, or goes by name", "[migrate]") {
    auto database = memory_with("CREATE VIRTUAL TABLE d USING fts5(title, mine UNINDEXED, prefix = 2);"
                                "INSERT INTO d VALUES ('a', 'note')");
    const std::string_view wanted = "CREATE VIRTUAL TABLE d USING fts5(title, body, tokenize = 'porter')";
    CHECK(migrate_to(database, wanted, without_backup()).applied);
    CHECK(lines(database, "SELECT title, body IS NULL, mine FROM d") == "a|1|note\n");
    CHECK(lines(database, "SELECT rowid FROM d WHERE d MATCH 'note'").empty()); // still not indexed
    CHECK(migrate_to(database, wanted, without_backup({"drop column d.mine"})).applied);
    CHECK(lines(database, "SELECT * FROM d") == "a|\n");
}

TEST_CASE("an index of another table's rows is built again from them, also when it is new", "[migrate]") {
    const std::string rows = "CREATE TABLE d(id INTEGER PRIMARY KEY, body TEXT, n INT);";
    auto database = memory_with(rows + "INSERT INTO d VALUES (3, 'running man', 1), (4, 'sea', 2);");
    const std::string wanted = rows + "CREATE VIEW v AS SELECT id, body FROM d WHERE n > 1;"
                                      "CREATE VIRTUAL TABLE f USING fts5(body, content = 'd', content_rowid = 'id');"
                                      "CREATE VIRTUAL TABLE g USING fts5(body, content = 'v', content_rowid = 'id');"
                                      "CREATE VIRTUAL TABLE h USING fts4(body, content='d');"
                                      "CREATE TRIGGER d_ai AFTER INSERT ON d BEGIN INSERT INTO f(rowid, body) "
                                      "VALUES (new.id, new.body); END;";
    CHECK(migrate_to(database, wanted, without_backup()).applied);
    CHECK(lines(database, "SELECT rowid FROM f WHERE f MATCH 'running'") == "3\n");
    CHECK(lines(database, "SELECT rowid FROM g WHERE g MATCH 'sea'") == "4\n");
    CHECK(lines(database, "SELECT count(*) FROM g WHERE g MATCH 'running'") == "0\n");
    CHECK(lines(database, "SELECT rowid FROM h WHERE h MATCH 'running'") == "3\n");
    std::string stemmed = wanted;
    stemmed.replace(stemmed.find("'id')"), 5, "'id', tokenize = 'porter')");
    CHECK(migrate_to(database, stemmed, without_backup()).applied);
    CHECK(lines(database, "SELECT rowid FROM f WHERE f MATCH 'run'") == "3\n");
    database.execute("INSERT INTO f(f) VALUES ('integrity-check')");
}

TEST_CASE("rows that nothing but an index would keep are in the way", "[migrate]") {
    auto own = memory_with("CREATE TABLE d(id INTEGER PRIMARY KEY, body TEXT); INSERT INTO d VALUES (1, 'a');"
                           "CREATE VIRTUAL TABLE f USING fts5(body);"
                           "INSERT INTO f(rowid, body) VALUES (1, 'a'), (2, 'only here');");
    const std::string outside = "CREATE TABLE d(id INTEGER PRIMARY KEY, body TEXT);"
                                "CREATE VIRTUAL TABLE f USING fts5(body, content = 'd', content_rowid = 'id')";
    CHECK(refusal(own, outside) == "S380 f. 1 that d, the table with the content, does not have\n");
    own.execute("INSERT INTO d VALUES (2, 'only here')");
    CHECK(refusal(own, outside).empty());
    CHECK(lines(own, "SELECT rowid, body FROM f WHERE f MATCH 'only'") == "2|only here\n");

    for (const char* module : {"fts5(body, content = '')", "fts5(body, content = '', columnsize = 0)",
                               "fts4(body, content='')", "fts4(body, content='', matchinfo=fts3)"}) {
        INFO(module);
        auto database = memory_with("CREATE VIRTUAL TABLE f USING " + std::string(module));
        const std::string wanted = "CREATE VIRTUAL TABLE f USING fts5(body, tokenize = 'porter')";
        CHECK(refusal(database, wanted).empty()); // nothing is in it
        database.execute("DROP TABLE f; CREATE VIRTUAL TABLE f USING " + std::string(module) +
                         "; INSERT INTO f(rowid, body) VALUES (1, 'a')");
        CHECK(refusal(database, wanted) == "S380 f. 1 in a full-text index that does not keep the text of its rows\n");
    }
    auto kept = memory_with("CREATE VIRTUAL TABLE f USING fts5(body); INSERT INTO f VALUES ('a')");
    CHECK(refusal(kept, "CREATE VIRTUAL TABLE f USING fts5(body, content = '')") ==
          "S380 f. 1 that the new table would not keep\n");
}

TEST_CASE("an R-tree keeps its numbers; a new coordinate needs a value", "[migrate]") {
    auto database = memory_with("CREATE VIRTUAL TABLE r USING rtree(id, x0, x1); INSERT INTO r VALUES (5, 1.1, 2.3)");
    const std::string before = lines(database, "SELECT * FROM r");
    const std::string label = "CREATE VIRTUAL TABLE r USING rtree(id, x0, x1, +label TEXT)";
    CHECK(migrate_to(database, label, without_backup()).applied);
    CHECK(lines(database, "SELECT id, x0, x1 FROM r WHERE label IS NULL") == before);
    const std::string more = "CREATE VIRTUAL TABLE r USING rtree(id, x0, x1, y0, y1, +label TEXT)";
    CHECK(refusal(database, more) == "S371 r.y0 1 no value for the new coordinate\n"
                                     "S371 r.y1 1 no value for the new coordinate\n");
    const std::string whole = "CREATE VIRTUAL TABLE r USING rtree_i32(id, x0, x1, +label TEXT)";
    CHECK(refusal(database, whole) == "S375 r.x0 1 a value that is no 32-bit integer\n"
                                      "S375 r.x1 1 a value that is no 32-bit integer\n");
    database.execute("UPDATE r SET x0 = 1, x1 = 2");
    CHECK(refusal(database, whole).empty());
    CHECK(lines(database, "SELECT id, x0, x1 FROM r") == "5|1|2\n");
}

TEST_CASE("an ordinary table becomes a full-text one and the other way round, with its row numbers", "[migrate]") {
    auto database = memory_with("CREATE TABLE d(id INTEGER PRIMARY KEY, body TEXT NOT NULL); CREATE INDEX d_body ON d(body);"
                                "INSERT INTO d VALUES (7, 'sea'), (9, 'land')");
    const std::string_view index = "CREATE VIRTUAL TABLE d USING fts5(body)";
    CHECK(refusal(database, index) ==
          "S380 d.id 0 the table is made anew, and the column d.id, which the definitions do not know, would be lost\n"
          "S380 d. 0 the table is made anew, and the index d_body, which the definitions do not know, would be lost\n");
    CHECK(refusal(database, index, {"drop column d.id", "drop index d_body"}).empty());
    CHECK(lines(database, "SELECT rowid, body FROM d WHERE d MATCH 'land'") == "9|land\n");
    CHECK(refusal(database, "CREATE TABLE d(id INTEGER PRIMARY KEY, body TEXT NOT NULL)").empty());
    CHECK(lines(database, "SELECT * FROM d") == "7|sea\n9|land\n");
    CHECK(lines(database, "SELECT count(*) FROM sqlite_schema") == "2\n"); // the history is the other one
}

TEST_CASE("a column of a virtual table is renamed by making it anew", "[migrate]") {
    auto database = memory_with("CREATE VIRTUAL TABLE d USING fts5(text); INSERT INTO d VALUES ('sea')");
    aps::model::snapshot wanted = aps::sql::sqlite::parse("CREATE VIRTUAL TABLE d USING fts5(body)");
    wanted.content().columns[0].renamed_from = wanted.keep("text");
    CHECK(migrate::sqlite::run(database, wanted.view(), {}, without_backup()).applied);
    CHECK(lines(database, "SELECT body FROM d WHERE d MATCH 'sea'") == "sea\n");
}

TEST_CASE("what a module of an extension holds is not known", "[migrate]") {
    auto database = memory_with("PRAGMA writable_schema = ON;"
                                "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES ('table', 's', "
                                "'s', 0, 'CREATE VIRTUAL TABLE s USING spellfix1(a)');"
                                "PRAGMA writable_schema = RESET");
    CHECK(refusal(database, "CREATE VIRTUAL TABLE s USING spellfix1(b)") ==
          "S380 s. 0 what a table of the module spellfix1 holds is known to the module alone\n");
}
