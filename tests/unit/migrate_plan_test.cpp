// SPDX-License-Identifier: MIT
// Plans as values: made without a database, for other SQLite versions, written and read back; hashes of schemas.

#include <autopack_schema/migrate/detail/mentions.hpp>
#include <autopack_schema/migrate/detail/sha256.hpp>
#include <autopack_schema/migrate/plan_json.hpp>
#include <autopack_schema/migrate/plan_text.hpp>
#include <autopack_schema/migrate/sqlite/make_plan.hpp>
#include <autopack_schema/sql/sqlite/ddl_parser.hpp>

#include <autopack_schema_test/catch.hpp>

#include <string>
#include <string_view>

namespace {

namespace aps = autopack_schema;
namespace migrate = aps::migrate;
using migrate::detail::mentions;

migrate::plan plan_of(std::string_view live, std::string_view wanted, int version = 3040001,
                      std::vector<migrate::data_rule> rules = {}) {
    const auto from = aps::sql::sqlite::parse(live);
    const auto to = aps::sql::sqlite::parse(wanted);
    migrate::sqlite::facts known;
    known.version = version;
    known.fingerprint = "0123";
    return migrate::sqlite::make_plan(from.view(), to.view(), known, rules).plan;
}

std::string sql_of(const migrate::plan& p) {
    std::string text;
    for (const auto& s : p.steps) {
        for (const auto& q : s.statements) text += q.sql + ";\n";
    }
    return text;
}

} // namespace

TEST_CASE("SHA-256 is SHA-256", "[migrate]") {
    using migrate::detail::sha256;
    CHECK(sha256().bytes("").hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256().bytes("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256().bytes(std::string(1000000, 'a')).hex() ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    CHECK(sha256().add("ab").add("c").hex() != sha256().add("a").add("bc").hex());
}

TEST_CASE("a text mentions a name as a word, quoted or not", "[migrate]") {
    CHECK(mentions("a > 0", "A"));
    CHECK(mentions("\"a\" > 0", "a"));
    CHECK(mentions("[a] > 0 OR `b`", "b"));
    CHECK_FALSE(mentions("ab > 0 -- a", "a"));
    CHECK_FALSE(mentions("/* a */ b", "a"));
}

TEST_CASE("newer SQLite versions change constraints in place", "[migrate]") {
    const std::string_view live = "CREATE TABLE t(a INT, b INT NOT NULL, CONSTRAINT old CHECK (a > 0))";
    const std::string_view wanted = "CREATE TABLE t(a INT NOT NULL, b INT, CONSTRAINT fresh CHECK (b <> 7 AND a < 3))";
    const auto before = plan_of(live, "CREATE TABLE t(a INT NOT NULL, b INT, CONSTRAINT old CHECK (a > 0))", 3052999);
    REQUIRE(before.steps.size() == 1);
    CHECK(before.steps[0].kind == migrate::step_kind::rebuild_table);
    const auto since = plan_of(live, "CREATE TABLE t(a INT NOT NULL, b INT, CONSTRAINT old CHECK (a > 0))", 3053000);
    CHECK(sql_of(since) == "ALTER TABLE main.\"t\" ALTER COLUMN \"b\" DROP NOT NULL;\nALTER TABLE main.\"t\" ALTER "
                           "COLUMN \"a\" SET NOT NULL;\n");
    REQUIRE(since.steps.size() == 1);
    REQUIRE(since.steps[0].checks.size() == 1);
    CHECK(since.steps[0].checks[0].code == "S372");
    const auto checks = sql_of(plan_of(live, wanted, 3053000));
    CHECK(checks.find("DROP CONSTRAINT \"old\"") != std::string::npos);
    CHECK(checks.find("ADD CONSTRAINT \"fresh\" CHECK (b <> 7 AND a < 3)") != std::string::npos);
    const auto unnamed = plan_of("CREATE TABLE t(a INT)", "CREATE TABLE t(a INT CHECK (a > 0))", 3053000);
    CHECK(unnamed.steps.at(0).kind == migrate::step_kind::rebuild_table);
}

TEST_CASE("a plan is the same for the same schemas, and its names are free", "[migrate]") {
    const std::string_view live = "CREATE TABLE t(a INT)", wanted = "CREATE TABLE t(a INT NOT NULL)";
    const auto p = plan_of(live, wanted);
    CHECK(p == plan_of(live, wanted));
    const std::string name = p.steps.at(0).successor;
    CHECK(name.starts_with("new_"));
    const auto other = plan_of(std::string(live) + "; CREATE TABLE " + name + "(x)", wanted);
    CHECK(other.steps.at(0).successor != name);
}

TEST_CASE("a plan is written as JSON and read back", "[migrate]") {
    auto p = plan_of(
        "CREATE TABLE t(a INT, x INT, e TEXT); CREATE TABLE gone(a); CREATE INDEX i ON t(a); CREATE VIEW v AS SELECT 1",
        "CREATE TABLE t(a INT NOT NULL, e TEXT UNIQUE, \"b\nc\" INT DEFAULT 1); CREATE TABLE n(x REFERENCES t(a))",
        3040001, {{.kind = migrate::rule_kind::drop_table, .table = "gone"}});
    p.blockers.push_back({"S372", "t", "a", "NULL", "fix", 3, "rowid 1", "SELECT 1"});
    p.notes.push_back("umlaut \xC3\xA4");
    const std::string text = migrate::to_json(p);
    CHECK(migrate::plan_from_json(text) == p);
    CHECK(text.find("\"undo\": \"no undo\"") != std::string::npos);
    CHECK(text.find("\"fingerprint\": \"0123\"") != std::string::npos);
    for (const char* bad : {"", "{}", "[1]", "{\"format\": 2}", "{\"format\": 1}"}) {
        INFO(bad);
        CHECK_THROWS_AS(migrate::plan_from_json(bad), aps::error);
    }
    std::string unknown = text;
    unknown.replace(unknown.find("\"rebuild table\""), 15, "\"format disk\"");
    CHECK_THROWS_AS(migrate::plan_from_json(unknown), aps::error);
}

TEST_CASE("a plan as text says what it does, needs, keeps and loses", "[migrate]") {
    const auto p = plan_of("CREATE TABLE t(a INT, mine TEXT); CREATE TABLE gone(a)", "CREATE TABLE t(a INT NOT NULL)",
                           3040001, {{.kind = migrate::rule_kind::drop_table, .table = "gone"}});
    const std::string text = migrate::to_text(p);
    for (const char* part : {"1. rebuild table t", "- make NOT NULL t.a",
                             "needs no row: NULL in a column that becomes NOT NULL [a]", "DROP TABLE main.\"gone\";",
                             "LOSES DATA", "no undo but the backup", "kept as it is:", "column.extra t.mine"}) {
        INFO(text);
        CHECK(text.find(part) != std::string::npos);
    }
    CHECK(migrate::to_text(p, false).find("DROP TABLE") == std::string::npos);
    CHECK(migrate::to_text(plan_of("CREATE TABLE t(a)", "CREATE TABLE t(a)")).find("nothing to do") !=
          std::string::npos);
}

TEST_CASE("undo statements where there is an undo", "[migrate]") {
    const auto p = plan_of("CREATE TABLE t(a INT); CREATE INDEX i ON t(a)",
                           "CREATE TABLE t(a INT, b INT); CREATE INDEX i ON t(a DESC); CREATE VIEW v AS SELECT 1");
    std::string undo;
    for (const auto& s : p.steps) {
        for (const auto& u : s.undo) undo += u + ";";
    }
    CHECK(
        undo ==
        "CREATE INDEX i ON t(a);ALTER TABLE main.\"t\" DROP COLUMN \"b\";DROP INDEX main.\"i\";DROP VIEW main.\"v\";");
}
