// SPDX-License-Identifier: MIT
#include <autopack_schema/error.hpp>
#include <autopack_schema/sql/sqlite/ddl_parser.hpp>

#include <autopack_schema_test/catch.hpp>

#include <string>
#include <string_view>

namespace model = autopack_schema::model;
namespace sqlite = autopack_schema::sql::sqlite;

namespace {

const model::column& only_column(const model::snapshot& s) {
    REQUIRE(s.view().columns.size() == 1);
    return s.view().columns[0];
}

model::default_value default_of(std::string_view clause) {
    static model::snapshot kept; // the text of the value
    kept = sqlite::parse("CREATE TABLE t (a TEXT " + std::string(clause) + ")");
    return only_column(kept).default_to;
}

std::string error_of(std::string_view text) {
    try {
        sqlite::parse(text);
    } catch (const autopack_schema::error& e) {
        return std::string(e.code()) + ": " + e.info().what_happened;
    }
    return "no error";
}

} // namespace

TEST_CASE("columns with everything", "[sql][ddl]") {
    const auto s = sqlite::parse(R"(CREATE TABLE IF NOT EXISTS main."t" (
        id INTEGER CONSTRAINT pk PRIMARY KEY ON CONFLICT ROLLBACK AUTOINCREMENT, -- the key
        'b' VARCHAR ( 10 ) NOT NULL ON CONFLICT IGNORE DEFAULT 'it''s' COLLATE NOCASE UNIQUE ON CONFLICT REPLACE,
        [c d] DOUBLE /* of */ PRECISION NULL CONSTRAINT ck CHECK ("c d" > 0) CHECK (id),
        `e` "my type" REFERENCES p (x) ON DELETE SET NULL ON UPDATE CASCADE MATCH full DEFERRABLE INITIALLY DEFERRED,
        f GENERATED ALWAYS AS (id || ')') STORED,
        g INT AS (id + 1)))");
    const model::schema v = s.view();
    REQUIRE(v.tables.size() == 1);
    CHECK(v.tables[0].name.text == "t");
    CHECK(v.others.empty());
    REQUIRE(v.columns.size() == 6);
    CHECK(v.columns[0].identity == model::identity_kind::autoincrement);
    CHECK(v.tables[0].key.name.text == "pk");
    CHECK(v.tables[0].key.on_conflict == model::conflict::rollback);
    const model::column& b = v.columns[1];
    CHECK(b.name.text == "b");
    CHECK(b.type.declared == "VARCHAR ( 10 )");
    CHECK(b.type.kind == model::type_kind::text);
    CHECK_FALSE(b.nullable);
    CHECK(b.on_null == model::conflict::ignore);
    CHECK(b.default_to == model::default_value{.kind = model::default_kind::text, .text = "it's"});
    CHECK(b.collation == "NOCASE");
    REQUIRE(v.uniques.size() == 1);
    CHECK(v.uniques[0].on_conflict == model::conflict::replace);
    CHECK(v.columns[2].type.declared == "DOUBLE /* of */ PRECISION");
    CHECK(v.columns[2].nullable);
    REQUIRE(v.checks.size() == 2);
    CHECK(v.checks[0].name.text == "ck");
    CHECK(v.checks[0].expression == "\"c d\" > 0");
    CHECK(v.checks[0].column.text == "c d");
    CHECK(v.checks[1].name.text == "ck"); // SQLite keeps the name up to the next comma
    REQUIRE(v.foreign_keys.size() == 1);
    CHECK(v.foreign_keys[0].parent.text == "p");
    CHECK(v.foreign_keys[0].on_delete == model::fk_action::set_null);
    CHECK(v.foreign_keys[0].on_update == model::fk_action::cascade);
    CHECK(v.foreign_keys[0].match == "full");
    CHECK(v.foreign_keys[0].defer == model::deferral::deferred);
    CHECK(v.columns[4].generated == model::generated_kind::stored);
    CHECK(v.columns[4].generated_as == "id || ')'");
    CHECK(v.columns[4].type.declared.empty());
    CHECK(v.columns[5].generated == model::generated_kind::virtual_);
    CHECK(v.tables[0].sql.starts_with("CREATE TABLE \"t\" ("));
}

TEST_CASE("table constraints with everything", "[sql][ddl]") {
    const auto s = sqlite::parse(R"(create table t (a, b, c,
        constraint p primary key (a desc, b collate nocase) on conflict fail
        unique (c, a) on conflict abort,
        constraint k check (a > ';)') check (b),
        check (c),
        foreign key (a, b) references p (x, y) on delete restrict not deferrable initially deferred
        foreign key (c) references q on delete no action deferrable
        ) strict , without rowid;)");
    const model::schema v = s.view();
    REQUIRE(v.tables.size() == 1);
    CHECK(v.tables[0].without_rowid);
    CHECK(v.tables[0].strict);
    CHECK_FALSE(v.tables[0].key.inline_descending);
    const auto key = v.parts_of(v.tables[0].key);
    REQUIRE(key.size() == 2);
    CHECK(key[0].descending);
    CHECK(key[1].collation == "nocase");
    REQUIRE(v.uniques.size() == 1);
    CHECK(v.parts_of(v.uniques[0])[1].text.text == "a");
    REQUIRE(v.checks.size() == 3);
    CHECK(v.checks[0].expression == "a > ';)'");
    CHECK(v.checks[1].name.text == "k");
    CHECK(v.checks[2].name.empty());
    REQUIRE(v.foreign_keys.size() == 2);
    CHECK(v.names_of(v.foreign_keys[0].parent_columns).size() == 2);
    CHECK(v.foreign_keys[0].defer == model::deferral::not_deferrable);
    CHECK(v.foreign_keys[1].defer == model::deferral::immediate);
    CHECK(v.foreign_keys[1].parent_columns.count == 0);
}

TEST_CASE("defaults", "[sql][ddl]") {
    using enum model::default_kind;
    CHECK(default_of("") == model::default_value{});
    CHECK(default_of("DEFAULT NULL").kind == null);
    CHECK(default_of("DEFAULT ( NULL )").kind == null);
    CHECK(default_of("DEFAULT -5") == model::default_value{.kind = integer, .integer = -5});
    CHECK(default_of("DEFAULT - 5").integer == -5);
    CHECK(default_of("DEFAULT +5").integer == 5);
    CHECK(default_of("DEFAULT (-(5))").integer == -5);
    CHECK(default_of("DEFAULT 0x10").integer == 16);
    CHECK(default_of("DEFAULT -9223372036854775808").integer == INT64_MIN);
    CHECK(default_of("DEFAULT 9223372036854775808").kind == real);
    CHECK(default_of("DEFAULT 1e3") == model::default_value{.kind = real, .real = 1000.0});
    CHECK(default_of("DEFAULT true") == model::default_value{.kind = integer, .integer = 1});
    CHECK(default_of("DEFAULT \"true\"") == model::default_value{.kind = text, .text = "true"});
    CHECK(default_of("DEFAULT abort") == model::default_value{.kind = text, .text = "abort"});
    CHECK(default_of("DEFAULT \"it's\"").text == "it's");
    CHECK(default_of("DEFAULT [a b]").text == "a b");
    CHECK(default_of("DEFAULT ''") == model::default_value{.kind = text});
    CHECK(default_of("DEFAULT ('a' /* x */)").text == "a");
    CHECK(default_of("DEFAULT X'aB'") == model::default_value{.kind = blob, .text = "aB"});
    CHECK(default_of("DEFAULT current_timestamp").text == "CURRENT_TIMESTAMP");
    CHECK(default_of("DEFAULT current_timestamp").kind == expression);
    CHECK(default_of("DEFAULT ( date( 'now' ) )") == model::default_value{.kind = expression, .text = "date( 'now' )"});
    CHECK(default_of("DEFAULT (CAST(x'610062' AS TEXT))").text == std::string_view("a\0b", 3));
    CHECK(default_of("DEFAULT -'12'").kind == expression);
    CHECK(default_of("DEFAULT 1 DEFAULT 2").integer == 2);
}

TEST_CASE("a key in descending order at the column is no alias of the row number", "[sql][ddl]") {
    CHECK(sqlite::parse("CREATE TABLE t (id INTEGER PRIMARY KEY DESC)").view().tables[0].key.inline_descending);
    CHECK_FALSE(sqlite::parse("CREATE TABLE t (id INTEGER PRIMARY KEY ASC)").view().tables[0].key.inline_descending);
    const auto s = sqlite::parse("CREATE TABLE t (id INTEGER, PRIMARY KEY (id DESC))");
    CHECK_FALSE(s.view().tables[0].key.inline_descending);
    CHECK(s.view().parts[0].descending);
    const auto table_level = sqlite::parse("CREATE TABLE t (id INTEGER, PRIMARY KEY (id AUTOINCREMENT))");
    CHECK(only_column(table_level).identity == model::identity_kind::autoincrement);
}

TEST_CASE("indexes", "[sql][ddl]") {
    const auto s = sqlite::parse(R"(CREATE TABLE t (a, b, c);
        CREATE UNIQUE INDEX IF NOT EXISTS main.i ON t (a COLLATE NOCASE DESC, (b), lower( c ), (a || b) COLLATE RTRIM,
            a || b COLLATE RTRIM, 'c' ASC, ((a COLLATE nocase))) WHERE ((a > ' WHERE ')) -- done
        ; create index j on T ("b") where (a) or (b))");
    const model::schema v = s.view();
    REQUIRE(v.indexes.size() == 2);
    CHECK(v.indexes[0].unique);
    CHECK(v.indexes[0].where == "a > ' WHERE '");
    CHECK(v.indexes[0].sql.starts_with("CREATE UNIQUE INDEX i ON t (a"));
    CHECK(v.indexes[1].where == "(a) or (b)");
    const auto parts = v.parts_of(v.indexes[0]);
    REQUIRE(parts.size() == 7);
    CHECK(parts[0] == model::key_part{.text = "a", .descending = true, .collation = "NOCASE"});
    CHECK(parts[1] == model::key_part{.text = "b"});
    CHECK(parts[2] == model::key_part{.text = "lower( c )", .is_expression = true});
    CHECK(parts[3] == model::key_part{.text = "a || b", .is_expression = true, .collation = "RTRIM"});
    CHECK(parts[4] == model::key_part{.text = "a || b COLLATE RTRIM", .is_expression = true});
    CHECK(parts[5] == model::key_part{.text = "c"});
    CHECK(parts[6] == model::key_part{.text = "a", .collation = "nocase"});
}

TEST_CASE("views, triggers and virtual tables", "[sql][ddl]") {
    const auto s = sqlite::parse(R"(CREATE TABLE t (a);
        CREATE VIEW v (x, "y z") AS SELECT 'a;b', 2 FROM t -- all
        ;
        CREATE TRIGGER IF NOT EXISTS main.tr AFTER UPDATE OF a ON "t" WHEN new.a BEGIN
          UPDATE t SET a = CASE WHEN 1 THEN 2 END; SELECT 1; END;
        CREATE VIRTUAL TABLE doc USING fts5(title, "b c" UNINDEXED, tokenize = 'porter');
        CREATE VIRTUAL TABLE box USING rtree(id, x0, x1, +note TEXT);
        CREATE VIRTUAL TABLE other USING csv(filename='x'))");
    const model::schema v = s.view();
    REQUIRE(v.views.size() == 1);
    CHECK(v.views[0].definition == "SELECT 'a;b', 2 FROM t");
    CHECK(v.names_of(v.views[0].columns)[1].text == "y z");
    REQUIRE(v.triggers.size() == 1);
    CHECK(v.triggers[0].table.text == "t");
    CHECK(v.triggers[0].definition.starts_with("AFTER UPDATE OF a"));
    CHECK(v.triggers[0].definition.ends_with("SELECT 1; END"));
    REQUIRE(v.tables.size() == 4);
    CHECK(v.tables[1].kind == model::table_kind::virtual_);
    CHECK(v.tables[1].module == "fts5(title, \"b c\" UNINDEXED, tokenize = 'porter')");
    REQUIRE(v.columns_of(v.tables[1]).size() == 2);
    CHECK(v.columns_of(v.tables[1])[1].name.text == "b c");
    CHECK(v.columns_of(v.tables[2]).size() == 4);
    CHECK(v.columns_of(v.tables[3]).empty());
}

TEST_CASE("texts as ALTER TABLE leaves them", "[sql][ddl]") {
    const auto added =
        sqlite::parse("CREATE TABLE u (\n id INTEGER PRIMARY KEY,\n email TEXT -- address\n, age INTEGER)");
    REQUIRE(added.view().columns.size() == 3);
    CHECK(added.view().columns[2].name.text == "age");
    const auto renamed = sqlite::parse("CREATE TABLE \"u\" (id INTEGER, org INT REFERENCES \"org\"(id))");
    CHECK(renamed.view().foreign_keys[0].parent.text == "org");
}

TEST_CASE("ALTER TABLE and DROP in a file", "[sql][ddl]") {
    const auto s = sqlite::parse(R"(CREATE TABLE a (x INT, y INT CHECK (y > 0), z);
        CREATE TABLE b (r INT REFERENCES a (x), UNIQUE (r));
        CREATE INDEX i ON a (x);
        CREATE INDEX gone ON a (z);
        CREATE VIEW old AS SELECT 1;
        ALTER TABLE a ADD COLUMN w TEXT DEFAULT 'q';
        ALTER TABLE a DROP COLUMN y;
        ALTER TABLE a RENAME COLUMN x TO xx;
        ALTER TABLE a RENAME TO aa;
        DROP INDEX gone;
        DROP VIEW IF EXISTS old)");
    const model::schema v = s.view();
    CHECK(v.others.empty());
    REQUIRE(v.tables.size() == 2);
    CHECK(v.tables[0].name.text == "aa");
    REQUIRE(v.columns_of(v.tables[0]).size() == 3);
    CHECK(v.columns_of(v.tables[0])[0].name.text == "xx");
    CHECK(v.columns_of(v.tables[0])[2].default_to.text == "q");
    CHECK(v.checks.empty());
    CHECK(v.foreign_keys[0].parent.text == "aa");
    CHECK(v.names_of(v.foreign_keys[0].parent_columns)[0].text == "xx");
    REQUIRE(v.indexes.size() == 1);
    CHECK(v.parts_of(v.indexes[0])[0].text.text == "xx");
    CHECK(v.views.empty());

    const auto unclear = sqlite::parse("CREATE TABLE a (x CHECK (x > 0)); ALTER TABLE a RENAME COLUMN x TO y");
    REQUIRE(unclear.view().others.size() == 1);
    CHECK(unclear.view().columns[0].name.text == "x");
}

TEST_CASE("what is not understood is listed and not dropped", "[sql][ddl]") {
    const auto s = sqlite::parse(R"(PRAGMA foreign_keys = ON; INSERT INTO t VALUES (';'); INSERT INTO t VALUES (2);
        CREATE TABLE t AS SELECT 1; CREATE TEMP TABLE s (a); CREATE INDEX i ON nowhere (a); nonsense)");
    const model::schema v = s.view();
    CHECK(v.tables.empty());
    REQUIRE(v.others.size() == 6);
    CHECK(v.others[0].name.text == "i");
    CHECK(v.others[1].name.text == "PRAGMA");
    CHECK(v.others[2].name.text == "INSERT");
    CHECK(v.others[3].kind == "table");
    CHECK(v.others[3].sql == "CREATE TABLE t AS SELECT 1");
    CHECK(v.others[4].name.text == "s");
    CHECK(v.others[5].sql == "nonsense");
    for (const auto& other : v.others) CHECK_FALSE(other.reason.empty());
}

TEST_CASE("syntax errors say where", "[sql][ddl]") {
    CHECK(error_of("CREATE TABLE t (\n  a INT,\n  b INT NOT 5)") ==
          "S235: SQL syntax error at line 3, column 9: expected a column, a constraint or \")\", found \"NOT\"");
    CHECK(error_of("CREATE TABLE t (a INT") == "S235: SQL syntax error at line 1, column 22: expected a column, a "
                                               "constraint or \")\", found the end of the text");
    CHECK(error_of("CREATE TABLE t (a CHECK (a > 0)").starts_with("S235"));
    CHECK(error_of("CREATE TABLE t (a CHECK (a > 0").find("column 25: this parenthesis is not closed") !=
          std::string::npos);
    CHECK(error_of("CREATE TABLE select (a)").find("expected a name, found \"select\"") != std::string::npos);
    for (const auto* text : {"CREATE TABLE",
                             "CREATE TABLE t",
                             "CREATE TABLE t (",
                             "CREATE TABLE t ()",
                             "CREATE TABLE t (a,)",
                             "CREATE TABLE t (a) x",
                             "CREATE TABLE t (a b(x))",
                             "CREATE TABLE t (a DEFAULT)",
                             "CREATE TABLE t (a PRIMARY)",
                             "CREATE TABLE t (a PRIMARY KEY, PRIMARY KEY (a))",
                             "CREATE TABLE t (a, UNIQUE ())",
                             "CREATE TABLE t (a REFERENCES p ON DELETE x)",
                             "CREATE TABLE t (a NOT NULL ON CONFLICT x)",
                             "CREATE INDEX i ON t",
                             "CREATE INDEX i ON t (a",
                             "CREATE INDEX i ON t (a) WHERE",
                             "CREATE VIEW v",
                             "CREATE VIEW v AS",
                             "CREATE TRIGGER r AFTER INSERT ON t",
                             "CREATE TRIGGER r AFTER x ON t BEGIN SELECT 1; END",
                             "CREATE VIRTUAL TABLE v",
                             "CREATE VIRTUAL TABLE v USING m(",
                             "CREATE TABLE t (a) CREATE TABLE u (a)",
                             "CREATE TABLE t (\x01)",
                             "CREATE TABLE t ('open)",
                             "CREATE TABLE t (a FOREIGN KEY)"}) {
        INFO(text);
        CHECK(error_of(text).starts_with("S235"));
    }
    CHECK(error_of("CREATE TABLE t (a); CREATE TABLE \"T\" (b)").starts_with("S236"));
    CHECK(error_of("CREATE TABLE t (a); CREATE TABLE IF NOT EXISTS T (b)") == "no error");
    CHECK(error_of("CREATE TABLE t (a, b, \"A\")").starts_with("S236"));
    for (const auto* text :
         {"DROP", "ALTER", "ALTER TABLE", "ALTER TABLE t", "CREATE", "CREATE UNIQUE", "DROP TABLE t"}) {
        INFO(text);
        CHECK_NOTHROW(error_of(text)); // nothing behind the end is read
    }
    CHECK(error_of(";;") == "no error");
    CHECK(error_of("") == "no error");
}
