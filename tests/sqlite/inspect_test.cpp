// SPDX-License-Identifier: MIT
#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/temp.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aps = autopack_schema;
namespace model = aps::model;
using autopack_schema_test::temp_dir;

namespace {

aps::sqlite::connection database_of(std::string_view sql) {
    auto database = aps::sqlite::connection::memory();
    database.execute(sql);
    return database;
}

const model::table& table_of(const model::schema& s, std::string_view name) {
    const model::table* const t = model::find_table(s, name);
    REQUIRE(t != nullptr);
    return *t;
}

const model::column& column_of(const model::schema& s, std::string_view table, std::string_view name) {
    const model::column* const c = model::find_column(s, table_of(s, table), name);
    REQUIRE(c != nullptr);
    return *c;
}

std::string code_of(aps::sqlite::connection& database) {
    try {
        (void)aps::inspect(database);
    } catch (const aps::error& failure) {
        return std::string(failure.code());
    }
    return "none";
}

constexpr std::string_view everything = R"(
CREATE TABLE parent (code TEXT COLLATE NOCASE NOT NULL PRIMARY KEY ON CONFLICT FAIL) WITHOUT ROWID;
CREATE TABLE child (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  p TEXT CONSTRAINT fk REFERENCES parent (code) ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED,
  n INT NOT NULL ON CONFLICT IGNORE DEFAULT (1 + 2) CHECK (n > 0),
  g INT AS (n * 2) STORED, v INT AS (n || ')') VIRTUAL,
  t TEXT DEFAULT 'it''s', u TEXT COLLATE RTRIM,
  CONSTRAINT uq UNIQUE (t, u) ON CONFLICT REPLACE, CONSTRAINT ck CHECK (length(t) < 10)
);
CREATE UNIQUE INDEX i ON child (lower(t) COLLATE NOCASE DESC, n) WHERE n > 5;
CREATE TABLE s (a ANY, b INT) STRICT;
CREATE VIEW w (x, y) AS SELECT id, p FROM child;
CREATE TRIGGER tr INSTEAD OF INSERT ON w WHEN new.x > 0 BEGIN SELECT 1; SELECT 2; END;
)";

} // namespace

TEST_CASE("tables and columns are read whole") {
    auto database = database_of(everything);
    const model::snapshot seen = aps::inspect(database);
    const model::schema s = seen.view();
    REQUIRE(s.others.empty());
    REQUIRE(s.tables.size() == 3);
    CHECK(table_of(s, "parent").without_rowid);
    CHECK(table_of(s, "parent").key.on_conflict == model::conflict::fail);
    CHECK(column_of(s, "parent", "code").collation == "NOCASE");
    CHECK(table_of(s, "s").strict);
    CHECK(column_of(s, "child", "id").identity == model::identity_kind::autoincrement);
    CHECK_FALSE(column_of(s, "child", "n").nullable);
    CHECK(column_of(s, "child", "n").on_null == model::conflict::ignore);
    CHECK(column_of(s, "child", "n").default_to.text == "1 + 2");
    CHECK(column_of(s, "child", "g").generated == model::generated_kind::stored);
    CHECK(column_of(s, "child", "v").generated == model::generated_kind::virtual_);
    CHECK(column_of(s, "child", "v").generated_as == "n || ')'");
    CHECK(column_of(s, "child", "t").default_to.text == "it's");
    CHECK(column_of(s, "child", "u").collation == "RTRIM");
}

TEST_CASE("constraints, indexes, views and triggers are read whole") {
    auto database = database_of(everything);
    const model::snapshot seen = aps::inspect(database);
    const model::schema s = seen.view();
    const model::table& child = table_of(s, "child");
    REQUIRE(s.uniques_of(child).size() == 1);
    CHECK(s.uniques_of(child)[0].on_conflict == model::conflict::replace);
    CHECK(s.uniques_of(child)[0].name == "uq");
    REQUIRE(s.checks_of(child).size() == 2);
    CHECK(s.checks_of(child)[1].name == "ck");
    REQUIRE(s.foreign_keys_of(child).size() == 1);
    const model::foreign_key& key = s.foreign_keys_of(child)[0];
    CHECK(key.parent == "parent");
    CHECK(key.on_delete == model::fk_action::cascade);
    CHECK(key.on_update == model::fk_action::set_null);
    CHECK(key.defer == model::deferral::deferred);
    REQUIRE(s.indexes_of(child).size() == 1);
    const model::index& i = s.indexes_of(child)[0];
    CHECK(i.unique);
    CHECK(i.where == "n > 5");
    CHECK(s.parts_of(i)[0].is_expression);
    CHECK(s.parts_of(i)[0].descending);
    CHECK(s.parts_of(i)[0].collation == "NOCASE");
    REQUIRE(s.views.size() == 1);
    CHECK(s.names_of(s.views[0].columns).size() == 2);
    REQUIRE(s.triggers.size() == 1);
    CHECK(s.triggers[0].table == "w");
}

TEST_CASE("the number of statements does not grow with the number of tables") {
    const auto statements = [](int tables) {
        auto database = aps::sqlite::connection::memory();
        for (int i = 0; i < tables; ++i) {
            const std::string n = std::to_string(i);
            database.execute("CREATE TABLE t" + n + " (a INT UNIQUE REFERENCES t0 (a), b); CREATE INDEX i" + n + " ON t" +
                             n + " (b); CREATE VIEW v" + n + " AS SELECT 1");
        }
        int count = 0;
        const auto trace = [](unsigned, void* context, void*, void* sql) {
            const std::string_view text(static_cast<const char*>(sql));
            if (!text.starts_with("--") && !text.starts_with("PRAGMA")) ++*static_cast<int*>(context);
            return 0;
        };
        sqlite3_trace_v2(database.handle(), SQLITE_TRACE_STMT, trace, &count);
        CHECK(aps::inspect(database).view().tables.size() == static_cast<std::size_t>(tables));
        sqlite3_trace_v2(database.handle(), 0, nullptr, nullptr);
        return count;
    };
    const int few = statements(2);
    CHECK(few > 0);
    CHECK(few < 10);
    CHECK(statements(300) == few);
}

TEST_CASE("names can be anything") {
    const std::vector<std::string> names{"a\"b",  "a'b", "a]b",     "[x]",   "line\nbreak",         "t); DROP TABLE y;--",
                                         "/* c",  "--",  "select",  "",      " ",                   "\xc3\xa9",
                                         "\x1b[31m", "?1", "x'ab'", "%s%n", std::string(10'000, 'x')};
    auto database = aps::sqlite::connection::memory();
    for (const std::string& n : names) {
        const std::string name = aps::sqlite::quote_identifier(n);
        const std::string other = aps::sqlite::quote_identifier(n + "2");
        database.execute("CREATE TABLE " + name + " (" + name + " TEXT NOT NULL DEFAULT " + aps::sqlite::quote_text(n) +
                         " CHECK (" + name + " <> ''), " + other + " INT REFERENCES " + name + " (" + name +
                         "), UNIQUE (" + name + "))");
        database.execute("CREATE INDEX " + aps::sqlite::quote_identifier("i" + n) + " ON " + name + " (" + other +
                         ", lower(" + name + ")) WHERE " + name + " IS NOT NULL");
    }
    const model::snapshot seen = aps::inspect(database);
    const model::schema s = seen.view();
    CHECK(s.others.empty());
    for (const std::string& n : names) {
        INFO(n.substr(0, 40));
        const model::table& t = table_of(s, n);
        CHECK(t.name.text == n);
        CHECK(column_of(s, n, n).default_to.text == n);
        CHECK(s.checks_of(t).size() == 1);
        CHECK(s.foreign_keys_of(t)[0].parent.text == n);
        REQUIRE(s.indexes_of(t).size() == 1);
        CHECK(s.indexes_of(t)[0].name.text == "i" + n);
    }
}

TEST_CASE("what belongs to SQLite or to a virtual table is left out") {
    auto database = database_of("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a); CREATE INDEX i ON t (a);"
                                "INSERT INTO t (a) VALUES (1); ANALYZE; CREATE VIRTUAL TABLE f USING fts5(title, body)");
    const model::snapshot seen = aps::inspect(database);
    const model::schema s = seen.view();
    REQUIRE(s.tables.size() == 2);
    const model::table& f = table_of(s, "f");
    CHECK(f.kind == model::table_kind::virtual_);
    CHECK(f.module == "fts5(title, body)");
    REQUIRE(s.columns_of(f).size() == 2);
    CHECK(s.columns_of(f)[1].name == "body");
}

TEST_CASE("a view that cannot be read and a module that is not there stop nothing") {
    auto database = database_of("CREATE TABLE t (a INT NOT NULL); CREATE VIEW v AS SELECT missing FROM nowhere;"
                                "CREATE VIRTUAL TABLE f USING fts5(a); PRAGMA writable_schema = ON;"
                                "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES"
                                " ('table', 'x', 'x', 0, 'CREATE VIRTUAL TABLE x USING no_such(a, b)');"
                                "PRAGMA writable_schema = RESET");
    const model::snapshot seen = aps::inspect(database);
    const model::schema s = seen.view();
    CHECK_FALSE(column_of(s, "t", "a").nullable);
    CHECK(s.views.size() == 1);
    CHECK(s.columns_of(table_of(s, "f")).size() == 1);
    CHECK(table_of(s, "x").module == "no_such(a, b)");
    REQUIRE(s.others.size() == 1);
    CHECK(s.others[0].name == "x");
    CHECK(s.others[0].reason == "no such module: no_such");
}

TEST_CASE("only main is read; the others are listed on request") {
    auto database = database_of("CREATE TABLE t (a INT); CREATE TEMP TABLE t (b TEXT, c TEXT);"
                                "ATTACH ':memory:' AS \"o\"\"ther\"; CREATE TABLE \"o\"\"ther\".u (x)");
    const model::snapshot seen = aps::inspect(database);
    REQUIRE(seen.view().tables.size() == 1);
    CHECK(seen.view().columns.size() == 1);
    CHECK(seen.view().others.empty());
    const model::snapshot all = aps::inspect(database, {.other_databases = true});
    REQUIRE(all.view().others.size() == 2);
    CHECK(all.view().others[0].name == "t");
    CHECK(all.view().others[1].reason == "it is in the database \"o\"ther\", only main is read");
}

TEST_CASE("an inspection works inside of a transaction and leaves it alone") {
    auto database = database_of("CREATE TABLE t (a INT)");
    aps::sqlite::transaction change(database);
    database.execute("CREATE TABLE u (b)");
    CHECK(aps::inspect(database).view().tables.size() == 2);
    CHECK(change.is_open());
    change.rollback();
    CHECK(aps::inspect(database).view().tables.size() == 1);
    CHECK_FALSE(database.in_transaction());
}

TEST_CASE("an inspection changes not a byte and makes no file") {
    const temp_dir dir;
    const auto file = dir / "x.sqlite";
    { aps::sqlite::connection::open_file(file.string(), {.mode = aps::sqlite::open_mode::create}).execute(everything); }
    const std::string before = autopack_schema_test::read_file(file);
    auto database = aps::sqlite::connection::open_file(file.string(), {.mode = aps::sqlite::open_mode::read_only});
    CHECK(aps::inspect(database).view().tables.size() == 3);
    database = aps::sqlite::connection();
    CHECK(autopack_schema_test::read_file(file) == before);
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(dir.path())) ++files;
    CHECK(files == 1);
}

TEST_CASE("a damaged schema and a lock are clear errors") {
    const temp_dir dir;
    const auto file = dir / "x.sqlite";
    { aps::sqlite::connection::open_file(file.string(), {.mode = aps::sqlite::open_mode::create}).execute(everything); }
    std::string bytes = autopack_schema_test::read_file(file);
    const std::size_t at = bytes.find("CREATE TABLE parent");
    REQUIRE(at != std::string::npos);
    bytes.replace(at, 12, "CREATE TABEL");
    autopack_schema_test::write_file(dir / "damaged.sqlite", bytes);
    auto damaged =
        aps::sqlite::connection::open_file((dir / "damaged.sqlite").string(), {.mode = aps::sqlite::open_mode::read_only});
    CHECK(code_of(damaged) == "S208");
    auto writer = aps::sqlite::connection::open_file(file.string());
    const aps::sqlite::transaction held(writer, aps::sqlite::transaction_kind::exclusive);
    auto reader = aps::sqlite::connection::memory();
    CHECK(code_of(reader) == "none");
    std::string code = "none";
    try {
        reader = aps::sqlite::connection::open_file(
            file.string(), {.mode = aps::sqlite::open_mode::read_only, .busy_timeout_ms = 10});
        code = code_of(reader);
    } catch (const aps::error& failure) {
        code = failure.code();
    }
    CHECK(code == "S209");
}

TEST_CASE("a text that the parser cannot follow is reported, and the catalogue is believed") {
    // SQLite takes a column twice in a key and keeps it once; the text says something else.
    auto database = database_of("CREATE TABLE t (a INT NOT NULL, b TEXT DEFAULT 'x' REFERENCES t (a), CHECK (a > 0), UNIQUE (b),"
                                " PRIMARY KEY (a, a)) WITHOUT ROWID; CREATE INDEX i ON t (b) WHERE b <> ''");
    const model::snapshot seen = aps::inspect(database);
    const model::schema s = seen.view();
    REQUIRE(s.others.size() == 1);
    CHECK(s.others[0].kind == "table");
    CHECK(s.others[0].reason == "its text and SQLite disagree on the primary key");
    const model::table& t = table_of(s, "t");
    CHECK(s.parts_of(t.key).size() == 1);
    CHECK(t.without_rowid);
    CHECK(s.uniques_of(t).size() == 1);
    CHECK(s.foreign_keys_of(t).size() == 1);
    CHECK(column_of(s, "t", "b").default_to.text == "x");
    REQUIRE(s.indexes_of(t).size() == 1);
    CHECK(s.indexes_of(t)[0].where == "b <> ''");
}
