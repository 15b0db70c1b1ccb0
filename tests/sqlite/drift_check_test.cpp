// SPDX-License-Identifier: MIT
#include <autopack_schema/drift/check.hpp>
#include <autopack_schema/drift/check_database.hpp>
#include <autopack_schema/inspect/sql_text.hpp>
#include <autopack_schema_test/catch.hpp>

#include <string>
#include <string_view>

namespace aps = autopack_schema;
namespace drift = aps::drift;
using drift::severity;

namespace {

drift::report check(std::string_view expected, std::string_view live, const drift::options& o = {}) {
    const auto wanted = aps::inspect_sql(expected);
    const auto seen = aps::inspect_sql(live);
    return drift::check(wanted.view(), seen.view(), o);
}

/// The severity of the only finding of a kind.
severity level(std::string_view expected, std::string_view live, std::string_view kind) {
    const drift::report r = check(expected, live);
    INFO(live);
    REQUIRE(r.findings.size() == 1);
    CHECK(r.findings[0].kind == kind);
    return r.findings[0].level;
}

drift::finding only(std::string_view expected, std::string_view live) {
    const drift::report r = check(expected, live);
    REQUIRE(r.findings.size() == 1);
    return r.findings[0];
}

} // namespace

TEST_CASE("an extra column is in the way only when it wants a value") {
    CHECK(level("CREATE TABLE t (a)", "CREATE TABLE t (a, b NOT NULL)", "column.extra") == severity::breaking);
    CHECK(level("CREATE TABLE t (a)", "CREATE TABLE t (a, b)", "column.extra") == severity::extra);
    CHECK(level("CREATE TABLE t (a)", "CREATE TABLE t (a, b NOT NULL DEFAULT 1)", "column.extra") == severity::extra);
    CHECK(level("CREATE TABLE t (a)", "CREATE TABLE t (a, b NOT NULL AS (1))", "column.extra") == severity::extra);
}

TEST_CASE("a lost default stops an INSERT only where NULL is refused") {
    CHECK(level("CREATE TABLE t (a NOT NULL DEFAULT 1)", "CREATE TABLE t (a NOT NULL)", "column.default") == severity::breaking);
    CHECK(level("CREATE TABLE t (a DEFAULT 1)", "CREATE TABLE t (a)", "column.default") == severity::semantic);
    CHECK(level("CREATE TABLE t (a NOT NULL)", "CREATE TABLE t (a NOT NULL DEFAULT 1)", "column.default") == severity::semantic);
}

TEST_CASE("NULL on one side only is breaking, both ways") {
    CHECK(level("CREATE TABLE t (a NOT NULL)", "CREATE TABLE t (a)", "column.not_null") == severity::breaking);
    CHECK(level("CREATE TABLE t (a)", "CREATE TABLE t (a NOT NULL)", "column.not_null") == severity::breaking);
}

TEST_CASE("a narrower list of values is worse than a wider one") {
    constexpr std::string_view wide = "CREATE TABLE t (a CHECK (a IN ('x', 'y', 'z')))";
    constexpr std::string_view narrow = "CREATE TABLE t (a CHECK ((a IN ('x', 'y'))))";
    CHECK(level(wide, narrow, "check.expr") == severity::breaking);
    CHECK(level(narrow, wide, "check.expr") == severity::semantic);
    CHECK(level("CREATE TABLE t (a CHECK (a > 0))", "CREATE TABLE t (a CHECK (a > 1))", "check.expr") == severity::semantic);
}

TEST_CASE("what deletes or swallows rows is breaking") {
    constexpr std::string_view p = "CREATE TABLE p (id INTEGER PRIMARY KEY);";
    const auto with = [&](std::string_view action) { return std::string(p) + "CREATE TABLE c (a REFERENCES p" + std::string(action) + ")"; };
    CHECK(level(with(""), with(" ON DELETE CASCADE"), "fk.on_delete") == severity::breaking);
    CHECK(level(with(" ON DELETE CASCADE"), with(""), "fk.on_delete") == severity::semantic);
    CHECK(level("CREATE TABLE t (a UNIQUE)", "CREATE TABLE t (a UNIQUE ON CONFLICT REPLACE)", "constraint.on_conflict") ==
          severity::breaking);
    CHECK(level("CREATE TABLE t (a UNIQUE)", "CREATE TABLE t (a UNIQUE ON CONFLICT ROLLBACK)", "constraint.on_conflict") ==
          severity::semantic);
}

TEST_CASE("indexes are performance, unique ones are more") {
    constexpr std::string_view t = "CREATE TABLE t (a)";
    CHECK(level("CREATE TABLE t (a); CREATE INDEX i ON t (a)", t, "index.missing") == severity::performance);
    CHECK(level("CREATE TABLE t (a); CREATE UNIQUE INDEX i ON t (a)", t, "index.missing") == severity::breaking);
    CHECK(level(t, "CREATE TABLE t (a); CREATE INDEX i ON t (a)", "index.extra") == severity::extra);
    CHECK(level(t, "CREATE TABLE t (a); CREATE UNIQUE INDEX i ON t (a)", "index.extra") == severity::breaking);
}

TEST_CASE("renames are pointed out at both ends, each once") {
    const drift::report r = check("CREATE TABLE customer (id INTEGER PRIMARY KEY, email TEXT, name TEXT); CREATE TABLE t (a INT, full_name TEXT)",
                                  "CREATE TABLE client (id INTEGER PRIMARY KEY, email TEXT, phone TEXT); CREATE TABLE t (a INT, name TEXT)");
    REQUIRE(r.findings.size() == 4);
    for (const auto& f : r.findings) {
        INFO(f.object);
        CHECK(f.suggestion.find("renamed_from(\"" + std::string(f.table == "t" ? "name" : "client")) != std::string::npos);
    }
    CHECK(check("CREATE TABLE a (x, y, z)", "CREATE TABLE b (u, v, w)").findings[0].suggestion.empty());
    CHECK(only("CREATE TABLE t (a, b TEXT)", "CREATE TABLE t (a)").suggestion.empty());
}

TEST_CASE("advice says how to get there") {
    using drift::fix;
    CHECK(only("CREATE TABLE t (a, b NOT NULL DEFAULT 0)", "CREATE TABLE t (a)").advice == fix::alter);
    CHECK(only("CREATE TABLE t (a, b NOT NULL)", "CREATE TABLE t (a)").advice == fix::data_needed);
    CHECK(only("CREATE TABLE t (a, b AS (a) STORED)", "CREATE TABLE t (a)").advice == fix::rebuild);
    CHECK(only("CREATE TABLE t (a)", "CREATE TABLE t (a, b)").advice == fix::by_hand);
    CHECK(only("CREATE TABLE t (a NOT NULL)", "CREATE TABLE t (a)").advice == fix::data_needed);
    CHECK(only("CREATE TABLE t (a)", "CREATE TABLE t (a NOT NULL)").advice == fix::rebuild);
}

TEST_CASE("patterns and switches leave findings out, and say how many") {
    constexpr std::string_view expected = "CREATE TABLE t (a INT)";
    constexpr std::string_view live = "CREATE TABLE t (a INT, old_b); CREATE TABLE tmp_1 (x); CREATE INDEX ix_a ON t (a)";
    CHECK(check(expected, live).findings.size() == 3);
    drift::options o;
    o.ignore = {"table:tmp_*", "index:IX_*", "column:old_*"};
    const drift::report r = check(expected, live, o);
    CHECK(r.findings.empty());
    CHECK(r.ignored.size() == 3);
    o.ignore = {"column.extra:t.*"};
    CHECK(check(expected, live, o).findings.size() == 2);
    o.ignore = {"tmp_*"};
    CHECK(check(expected, live, o).findings.size() == 2);
    o = {};
    o.extra_tables = o.extra_columns = false;
    CHECK(check(expected, live, o).findings.size() == 1);
}

TEST_CASE("tables of tools are known") {
    constexpr std::string_view live = "CREATE TABLE t (a); CREATE TABLE Alembic_Version (x); CREATE INDEX i ON alembic_version (x)";
    CHECK(check("CREATE TABLE t (a)", live).findings.empty());
    drift::options o;
    o.bookkeeping = true;
    CHECK(check("CREATE TABLE t (a)", live, o).findings.size() == 1);
}

TEST_CASE("exit codes") {
    CHECK(check("CREATE TABLE t (a)", "CREATE TABLE t (a)").exit_code() == 0);
    CHECK(check("CREATE TABLE t (a)", "CREATE TABLE t (a NOT NULL)").exit_code() == 2);
    CHECK(check("CREATE TABLE t (a)", "CREATE TABLE t (a, b)").exit_code() == 0);
    drift::options o;
    o.fail_on = severity::extra;
    CHECK(check("CREATE TABLE t (a)", "CREATE TABLE t (a, b)", o).exit_code() == 2);
    const auto worst = check("CREATE TABLE t (a)", "CREATE TABLE t (a NOT NULL, b)").worst();
    CHECK(worst == severity::breaking);
    CHECK_FALSE(check("CREATE TABLE t (a)", "CREATE TABLE t (a)").worst().has_value());
}

TEST_CASE("what could not be read is no drift and not in sync either") {
    constexpr std::string_view twice = "CREATE TABLE t (a INT, CHECK (a > 0), PRIMARY KEY (a, a)) WITHOUT ROWID";
    const drift::report r = check("CREATE TABLE t (a INT CHECK (a > 1), PRIMARY KEY (a)) WITHOUT ROWID", twice);
    CHECK(r.findings.empty()); // the CHECK is not known
    REQUIRE(r.not_compared.size() == 1);
    CHECK(r.not_compared[0].object == "t");
    CHECK(r.exit_code() == 3);
    CHECK(check(twice, twice).exit_code() == 0); // the same to the letter
    drift::options o;
    o.ignore = {"table:t"};
    CHECK(check("CREATE TABLE t (a INT PRIMARY KEY) WITHOUT ROWID", twice, o).exit_code() == 0);
    CHECK(check("CREATE TABLE u (x)", std::string("CREATE TABLE u (x); ") + std::string(twice)).exit_code() == 0);
}

TEST_CASE("a check that compares nothing is an error") {
    CHECK_THROWS_AS(check("", ""), aps::error);
    CHECK_THROWS_AS(check("", "CREATE TABLE alembic_version (x)"), aps::error);
    CHECK(check("", "CREATE TABLE t (x)").findings.size() == 1);
    CHECK(check("CREATE TABLE t (x)", "").findings.size() == 1);
}

TEST_CASE("a report counts what it looked at and names the database") {
    const auto expected = aps::inspect_sql("CREATE TABLE t (a INTEGER PRIMARY KEY, b UNIQUE CHECK (b > 0)); CREATE VIEW v AS SELECT 1");
    auto live = aps::sqlite::connection::memory();
    live.execute("CREATE TABLE t (a INTEGER PRIMARY KEY); CREATE INDEX i ON t (a)");
    const drift::report r = drift::check(expected.view(), live);
    CHECK(r.database == ":memory:");
    CHECK(r.compared.tables == drift::object_count{1, 1});
    CHECK(r.compared.columns == drift::object_count{2, 1});
    CHECK(r.compared.uniques == drift::object_count{1, 0});
    CHECK(r.compared.checks == drift::object_count{1, 0});
    CHECK(r.compared.indexes == drift::object_count{0, 1});
    CHECK(r.compared.views == drift::object_count{1, 0});
}

TEST_CASE("findings stand by table as expected, extra tables last") {
    const drift::report r = check("CREATE TABLE z (a NOT NULL); CREATE TABLE a (b)",
                                  "CREATE TABLE a (b, c); CREATE TABLE m (x); CREATE TABLE z (a)");
    REQUIRE(r.findings.size() == 3);
    CHECK(r.findings[0].table == "z");
    CHECK(r.findings[1].table == "a");
    CHECK(r.findings[2].table == "m");
}
