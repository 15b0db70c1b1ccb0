// SPDX-License-Identifier: MIT
#include <autopack_schema/inspect/sql_text.hpp>
#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/temp.hpp>

#include <string>
#include <string_view>

namespace aps = autopack_schema;

namespace {

std::string refusal(std::string_view text) {
    try {
        (void)aps::inspect_sql(text);
    } catch (const aps::error& failure) {
        return failure.what();
    }
    return "none";
}

} // namespace

TEST_CASE("a script makes a schema; rows, queries and settings are left out") {
    const auto seen = aps::inspect_sql("PRAGMA journal_mode = WAL; BEGIN; CREATE TABLE t (a INT); INSERT INTO t VALUES (1);\n"
                                       "INSERT INTO nowhere VALUES ('; CREATE TABLE x (y);');\n"
                                       "--> statement-breakpoint\nALTER TABLE t ADD COLUMN b TEXT NOT NULL;\n"
                                       "UPDATE t SET a = 2; SELECT * FROM nowhere; VACUUM INTO '/nowhere/out.db';\n"
                                       "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; SELECT 2; END; COMMIT");
    CHECK(seen.view().tables.size() == 1);
    CHECK(seen.view().columns.size() == 2);
    CHECK(seen.view().triggers.size() == 1);
    CHECK(seen.view().others.empty());
}

TEST_CASE("a script without an end, or with nothing in it") {
    CHECK(aps::inspect_sql("").view().tables.empty());
    CHECK(aps::inspect_sql(" -- only this").view().tables.empty());
    CHECK(aps::inspect_sql("BEGIN; CREATE TABLE t (a)").view().tables.size() == 1);
    CHECK(aps::inspect_sql("INSERT INTO t VALUES (1)").view().tables.empty());
}

TEST_CASE("what reaches out of the database is refused") {
    const autopack_schema_test::temp_dir dir;
    const std::string file = (dir / "x.db").string();
    CHECK(refusal("ATTACH '" + file + "' AS x").find("[S234]") == 0);
    CHECK(refusal("CREATE TABLE t AS SELECT load_extension('x')").find("not authorized") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(file));
}

TEST_CASE("an endless script comes to an end") {
    CHECK(refusal("CREATE TABLE t AS WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c")
              .find("[S222]") == 0);
}

TEST_CASE("an error names its place") {
    const std::string text = refusal("CREATE TABLE t (a);\n  CREAT TABLE u (b);");
    CHECK(text.find("[S215]") == 0);
    CHECK(text.find("line 2, column 3") != std::string::npos);
}

TEST_CASE("a dump with virtual tables gives what it was made of") {
    const auto seen = aps::inspect_sql(
        "PRAGMA foreign_keys=OFF; BEGIN TRANSACTION; PRAGMA writable_schema=ON;\n"
        "INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','doc','doc',0,"
        "'CREATE VIRTUAL TABLE doc using fts5(title, tokenize=''porter ascii'')');\n"
        "CREATE TABLE IF NOT EXISTS 'doc_data'(id INTEGER PRIMARY KEY, block BLOB);\n"
        "INSERT INTO doc_data VALUES(1,X'010101'); PRAGMA writable_schema=OFF; COMMIT;");
    REQUIRE(seen.view().tables.size() == 1);
    CHECK(seen.view().tables[0].module == "fts5(title, tokenize='porter ascii')");
    CHECK(seen.view().columns.size() == 1);
}

TEST_CASE("a virtual table of an unknown module is written down") {
    const auto seen = aps::inspect_sql("CREATE VIRTUAL TABLE IF NOT EXISTS \"x y\" USING no_such(a, b); CREATE TABLE t (a)");
    REQUIRE(seen.view().tables.size() == 2);
    CHECK(seen.view().tables[0].name == "x y");
    CHECK(seen.view().tables[0].module == "no_such(a, b)");
    CHECK(seen.view().others.size() == 1);
}
