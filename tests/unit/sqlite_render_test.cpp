// SPDX-License-Identifier: MIT
#include <autopack_schema/sql/sqlite/ddl_parser.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <autopack_schema_test/catch.hpp>

#include <array>
#include <limits>
#include <string>
#include <string_view>

namespace model = autopack_schema::model;
namespace sqlite = autopack_schema::sql::sqlite;

namespace {

std::string rendered(std::string_view text, const sqlite::render_options& options = {.one_line = true}) {
    return sqlite::ddl(sqlite::parse(text).view(), options);
}

template <class Write>
std::string code_of(Write write) {
    try {
        write();
    } catch (const autopack_schema::error& e) {
        return std::string(e.code());
    }
    return "none";
}

std::string check_code(std::string_view expression) {
    return code_of([expression] {
        model::builder b;
        b.add_table({.name = "t"});
        b.add_column({.name = "a"});
        b.add_check({.expression = expression});
        sqlite::ddl(b.view_of());
    });
}

} // namespace

TEST_CASE("names are quoted where they have to be", "[sql][render]") {
    CHECK(sqlite::identifier("users") == "users");
    CHECK(sqlite::identifier("Users_2") == "Users_2");
    CHECK(sqlite::identifier("order") == "\"order\"");
    CHECK(sqlite::identifier("Check") == "\"Check\"");
    CHECK(sqlite::identifier("2nd") == "\"2nd\"");
    CHECK(sqlite::identifier("e-mail") == "\"e-mail\"");
    CHECK(sqlite::identifier("gr\xC3\xB6\xC3\x9F") == "\"gr\xC3\xB6\xC3\x9F\"");
    CHECK(sqlite::identifier("a\"b") == "\"a\"\"b\"");
    CHECK(sqlite::identifier("") == "\"\"");
    CHECK(code_of([] { sqlite::identifier(std::string_view("a\0b", 3)); }) == "S237");
}

TEST_CASE("literals are exact", "[sql][render]") {
    CHECK(sqlite::text_literal("it's") == "'it''s'");
    CHECK(sqlite::text_literal(std::string_view("a\0'", 3)) == "CAST(x'610027' AS TEXT)");
    CHECK(sqlite::real_literal(0.1) == "0.1");
    CHECK(sqlite::real_literal(1.0) == "1.0");
    CHECK(sqlite::real_literal(-2.0) == "-2.0");
    CHECK(sqlite::real_literal(1e300) == "1e+300");
    CHECK(sqlite::real_literal(std::numeric_limits<double>::infinity()) == "9e999");
    CHECK(sqlite::real_literal(-std::numeric_limits<double>::infinity()) == "-9e999");
    CHECK(sqlite::real_literal(std::numeric_limits<double>::quiet_NaN()) == "NULL");
    CHECK(sqlite::blob_literal("a\xFF") == "x'61ff'");
    CHECK(sqlite::literal({.kind = model::default_kind::integer, .integer = INT64_MIN}) == "-9223372036854775808");
}

TEST_CASE("one line per column, or one line", "[sql][render]") {
    constexpr std::string_view text = "create table t(id integer primary key autoincrement,n text not null default 'x',"
                                      "check(n<>''),unique(n,id)) strict";
    CHECK(rendered(text, {}) == "CREATE TABLE t (\n"
                                "  id integer PRIMARY KEY AUTOINCREMENT,\n"
                                "  n text NOT NULL DEFAULT 'x',\n"
                                "  UNIQUE (n, id),\n"
                                "  CHECK (n<>'')\n"
                                ") STRICT;\n");
    CHECK(rendered(text) == "CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, n text NOT NULL DEFAULT 'x', "
                            "UNIQUE (n, id), CHECK (n<>'')) STRICT;\n");
    CHECK(rendered(text, {.one_line = true, .if_not_exists = true, .schema_name = "main"})
              .starts_with("CREATE TABLE IF NOT EXISTS main.t (id"));
}

TEST_CASE("a table can be written under another name", "[sql][render]") {
    const auto s = sqlite::parse("CREATE TABLE t (a INT CHECK (t.a > 0 AND main.\"T\".a < u.a) REFERENCES t (a),"
                                 " b AS (t . a || 't.a'))");
    const std::string text = sqlite::create_table(s.view(), s.view().tables[0],
                                                  {.one_line = true, .schema_name = "main", .table_name = "new_x y"});
    CHECK(text == "CREATE TABLE main.\"new_x y\" (a INT CHECK (a > 0 AND a < u.a) REFERENCES t (a), "
                  "b GENERATED ALWAYS AS (a || 't.a') VIRTUAL)");
}

TEST_CASE("definitions without a declared type get SQLite's name for it", "[sql][render]") {
    model::builder b;
    b.add_table({.name = "t"});
    for (const auto kind : {model::type_kind::integer, model::type_kind::text, model::type_kind::boolean,
                            model::type_kind::timestamp, model::type_kind::unspecified}) {
        b.add_column({.name = "c", .type = {.kind = kind}});
    }
    CHECK(sqlite::ddl(b.view_of(), {.one_line = true}) ==
          "CREATE TABLE t (c INTEGER, c TEXT, c BOOLEAN, c DATETIME, c);\n");
    b.tables[0].strict = true;
    CHECK(sqlite::ddl(b.view_of(), {.one_line = true}) ==
          "CREATE TABLE t (c INTEGER, c TEXT, c INTEGER, c TEXT, c ANY) STRICT;\n");
}

TEST_CASE("constraints keep their places and names", "[sql][render]") {
    // a name would be inherited by the check behind it
    CHECK(rendered("CREATE TABLE t (a INT CHECK (a > 0) CONSTRAINT n CHECK (a < 9) CONSTRAINT k PRIMARY KEY DESC)") ==
          "CREATE TABLE t (a INT CHECK (a > 0) CONSTRAINT k PRIMARY KEY DESC CONSTRAINT n CHECK (a < 9));\n");
    CHECK(rendered("CREATE TABLE t (a, b, PRIMARY KEY (b DESC, a COLLATE NOCASE) ON CONFLICT FAIL) WITHOUT ROWID") ==
          "CREATE TABLE t (a, b, PRIMARY KEY (b DESC, a COLLATE NOCASE) ON CONFLICT FAIL) WITHOUT ROWID;\n");
    CHECK(rendered("CREATE TABLE t (a, b, UNIQUE (b), UNIQUE (a))") ==
          "CREATE TABLE t (a, b UNIQUE, UNIQUE (a));\n"); // the order of the constraints stays
    CHECK(rendered("CREATE TABLE t (a, CONSTRAINT f FOREIGN KEY (a) REFERENCES p ON DELETE SET NULL MATCH FULL "
                   "DEFERRABLE INITIALLY DEFERRED)") ==
          "CREATE TABLE t (a, CONSTRAINT f FOREIGN KEY (a) REFERENCES p ON DELETE SET NULL MATCH \"FULL\" "
          "DEFERRABLE INITIALLY DEFERRED);\n");
}

TEST_CASE("indexes, views, triggers and virtual tables", "[sql][render]") {
    CHECK(rendered("CREATE TABLE t (a); create unique index I on t((lower(a)) collate nocase desc) where (a)") ==
          "CREATE TABLE t (a);\nCREATE UNIQUE INDEX I ON t ((lower(a)) COLLATE nocase DESC) WHERE a;\n");
    CHECK(rendered("create view v(x) as select 1") == "CREATE VIEW v (x) AS select 1;\n");
    CHECK(rendered("CREATE TRIGGER r INSERT ON t BEGIN SELECT 1; END") ==
          "CREATE TRIGGER r INSERT ON t BEGIN SELECT 1; END;\n");
    CHECK(rendered("CREATE VIRTUAL TABLE d USING fts5 ( a, b )") == "CREATE VIRTUAL TABLE d USING fts5 ( a, b );\n");
}

TEST_CASE("a whole schema comes in an order that can be run", "[sql][render]") {
    const std::string text = rendered("CREATE TRIGGER r INSERT ON c BEGIN SELECT 1; END;"
                                      "CREATE VIEW second AS SELECT * FROM first; CREATE VIEW first AS SELECT * FROM c;"
                                      "CREATE TABLE c (p REFERENCES p); CREATE TABLE p (x REFERENCES q);"
                                      "CREATE TABLE q (y REFERENCES c); CREATE INDEX i ON p (x)");
    CHECK(text == "CREATE TABLE q (y REFERENCES c);\nCREATE TABLE p (x REFERENCES q);\nCREATE INDEX i ON p (x);\n"
                  "CREATE TABLE c (p REFERENCES p);\nCREATE VIEW first AS SELECT * FROM c;\n"
                  "CREATE VIEW second AS SELECT * FROM first;\nCREATE TRIGGER r INSERT ON c BEGIN SELECT 1; END;\n");
}

TEST_CASE("what the model could not hold is named in a comment", "[sql][render]") {
    const std::string text = rendered("CREATE TABLE a AS SELECT 1; PRAGMA x");
    CHECK(text.find("-- left out: table a: ") != std::string::npos);
    CHECK(text.find("-- left out: statement PRAGMA: ") != std::string::npos);
}

TEST_CASE("a text cannot leave its place", "[sql][render]") {
    CHECK(check_code("a > 0") == "none");
    CHECK(check_code("a > 0 -- positive") == "none");
    for (const auto* text : {"a)); DROP TABLE t; --", "a > (0", "a > 'open", "a /* open", "a; b", "\"open"}) {
        INFO(text);
        CHECK(check_code(text) == "S238");
    }
    model::builder b;
    b.add_table({.name = "t"});
    b.add_column({.name = "a", .type = {.declared = "INT); DROP TABLE x; --"}});
    CHECK(code_of([&b] { sqlite::ddl(b.view_of()); }) == "S238");
}

TEST_CASE("a column as ADD COLUMN takes it", "[sql][render]") {
    const auto s = sqlite::parse("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE NOT NULL DEFAULT "
                                 "(lower('X')) CHECK (a <> '') REFERENCES p (x), CHECK (a <> id))");
    CHECK(sqlite::column_definition(s.view(), s.view().tables[0], s.view().columns[1]) ==
          "a TEXT NOT NULL DEFAULT (lower('X')) COLLATE NOCASE CHECK (a <> '') REFERENCES p (x)");
}
