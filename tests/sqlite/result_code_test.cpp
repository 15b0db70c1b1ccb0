// SPDX-License-Identifier: MIT
#include <autopack_schema/db/sqlite.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/caught.hpp>
#include <autopack_schema_test/temp.hpp>

#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <string>

namespace aps = autopack_schema;
using aps::sqlite::connection;
using autopack_schema_test::caught;

static_assert(aps::sqlite::name_of_result(517) == "SQLITE_BUSY_SNAPSHOT");
static_assert(aps::sqlite::name_of_result(5 | (99 << 8)) == "SQLITE_BUSY"); // a code of the future
static_assert(aps::sqlite::name_of_result(77).empty());
static_assert(aps::sqlite::detail::verdict_on(5 | (99 << 8)).code == "S209");
static_assert(aps::sqlite::detail::verdict_on(77).code == "S229");

TEST_CASE("every result code of sqlite3.h has its name here") {
    std::ifstream in("/usr/include/sqlite3.h");
    if (!in) APS_SKIP("sqlite3.h is not in /usr/include");
    std::map<std::string, int> primary;
    int compared = 0;
    bool codes = false;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("#define SQLITE_OK ")) codes = true;
        if (line.starts_with("/* end-of-error-codes */")) codes = false;
        char name[64] = "", base[64] = "";
        int value = 0;
        if (codes && std::sscanf(line.c_str(), "#define %63[A-Z_] %d", name, &value) == 2) {
            primary[name] = value;
            CHECK(aps::sqlite::name_of_result(value) == name);
            ++compared;
        } else if (std::sscanf(line.c_str(), "#define %63[A-Z0-9_] (%63[A-Z_] | (%d<<8))", name, base, &value) == 3 &&
                   primary.contains(base)) {
            INFO(name);
            const int code = primary[base] | (value << 8);
            CHECK(aps::sqlite::name_of_result(code) == name);
            ++compared;
        }
    }
    CHECK(compared > 100);
}

TEST_CASE("the table has no number and no name twice, and every failure has a verdict with advice") {
    std::set<int> numbers;
    std::set<std::string_view> names;
    for (const auto& [value, name] : aps::sqlite::result_codes) {
        CHECK(numbers.insert(value).second);
        CHECK(names.insert(name).second);
        const auto judged = aps::sqlite::detail::verdict_on(value);
        CHECK(judged.code.size() == 4);
        CHECK_FALSE(judged.advice.empty());
    }
}

TEST_CASE("constraints name table and columns") {
    connection db = connection::memory();
    db.execute(
        "CREATE TABLE p (id INTEGER PRIMARY KEY);"
        "CREATE TABLE users (id INTEGER PRIMARY KEY, a NOT NULL, b, c CHECK (c > 0), d REFERENCES p, UNIQUE (a, b));"
        "CREATE UNIQUE INDEX low ON users (lower(b)) WHERE a = 'x';"
        "CREATE TABLE s (i INTEGER, t TEXT) STRICT;"
        "CREATE TABLE w (k PRIMARY KEY) WITHOUT ROWID;"
        "CREATE TABLE \"od.d\" (\"x, y.z\" UNIQUE);"
        "CREATE TRIGGER no BEFORE DELETE ON users BEGIN SELECT RAISE(ABORT, 'users are kept'); END;"
        "INSERT INTO users VALUES (1, 'a', 'b', 1, NULL), (9, 'x', 'b', 1, NULL); INSERT INTO w VALUES (1); INSERT "
        "INTO \"od.d\" VALUES (1)");
    const auto fails = [&](const char* sql, const char* code, const char* native, const char* table,
                           const char* column) {
        INFO(sql);
        const auto failure = caught([&] { db.execute(sql); });
        CHECK(failure.code() == code);
        CHECK(failure.info.native_name == native);
        CHECK(failure.info.table == table);
        CHECK(failure.info.column == column);
        CHECK(failure.info.sql == sql);
        CHECK_FALSE(failure.info.advice.empty());
        return failure;
    };
    fails("INSERT INTO users VALUES (2, 'a', 'b', 1, NULL)", "S216", "SQLITE_CONSTRAINT_UNIQUE", "users", "a, b");
    fails("INSERT INTO users VALUES (1, 'x', 'y', 1, NULL)", "S216", "SQLITE_CONSTRAINT_PRIMARYKEY", "users", "id");
    fails("INSERT INTO users VALUES (3, 'x', 'B', 1, NULL)", "S216", "SQLITE_CONSTRAINT_UNIQUE", "", "");
    fails("INSERT INTO w VALUES (1)", "S216", "SQLITE_CONSTRAINT_PRIMARYKEY", "w", "k");
    fails("INSERT INTO \"od.d\" VALUES (1)", "S216", "SQLITE_CONSTRAINT_UNIQUE", "", ""); // ambiguous: not guessed
    fails("INSERT INTO users VALUES (4, NULL, 'y', 1, NULL)", "S217", "SQLITE_CONSTRAINT_NOTNULL", "users", "a");
    fails("INSERT INTO users VALUES (5, 'x', 'y', 0, NULL)", "S218", "SQLITE_CONSTRAINT_CHECK", "", "");
    fails("INSERT INTO users VALUES (6, 'x', 'y', 1, 9)", "S219", "SQLITE_CONSTRAINT_FOREIGNKEY", "", "");
    fails("INSERT INTO s VALUES ('x', 'y')", "S220", "SQLITE_CONSTRAINT_DATATYPE", "", "");
    CHECK(fails("DELETE FROM users", "S220", "SQLITE_CONSTRAINT_TRIGGER", "", "").says("users are kept"));
    fails("INSERT INTO users VALUES ('text', 'x', 'y', 1, NULL)", "S220", "SQLITE_MISMATCH", "", "");
}

TEST_CASE("the remaining families, each really provoked") {
    connection db = connection::memory();
    db.execute("CREATE TABLE t (a)");
    CHECK(caught([&] { db.execute("SELECT x FROM t"); }).says("[S215] no such column: x"));
    CHECK(caught([&] { db.execute("SELECT a FROM t ORDER BY a COLLATE nowhere"); }).says("no such collation sequence"));

    sqlite3_set_authorizer(
        db.handle(),
        [](void*, int action, const char*, const char*, const char*, const char*) {
            return action == SQLITE_DELETE ? SQLITE_DENY : SQLITE_OK;
        },
        nullptr);
    const auto denied = caught([&] { db.execute("DELETE FROM t"); });
    CHECK(denied.code() == "S234");
    CHECK(denied.info.native_name == "SQLITE_AUTH");
    sqlite3_set_authorizer(db.handle(), nullptr, nullptr);

    sqlite3_progress_handler(
        db.handle(), 1, [](void*) { return 1; }, nullptr);
    CHECK(caught([&] { db.execute("SELECT * FROM t"); }).code() == "S222");
    sqlite3_progress_handler(db.handle(), 0, nullptr, nullptr);

    db.execute("INSERT INTO t VALUES (1), (2)");
    aps::sqlite::statement reading = db.prepare("SELECT a FROM t");
    REQUIRE(reading.step());
    const auto locked = caught([&] { db.execute("DROP TABLE t"); });
    CHECK(locked.code() == "S209");
    CHECK(locked.info.native_name == "SQLITE_LOCKED");
    CHECK(locked.says("a statement of this same connection still reads the table"));

    db.execute("PRAGMA hard_heap_limit = 200000"); // for the whole process, and it can only be lowered: last
    const auto memory = caught([&] { db.query_text("SELECT hex(zeroblob(10000000))"); });
    CHECK(memory.code() == "S213");
    CHECK(memory.info.native_name == "SQLITE_NOMEM");
}
