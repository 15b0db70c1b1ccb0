// SPDX-License-Identifier: MIT
#include <autopack_schema/sql/sqlite/trigger.hpp>

#include <autopack_schema_test/catch.hpp>

#include <string>
#include <string_view>

namespace {

bool same_view(std::string_view a, std::string_view b) {
    const bool result = autopack_schema::sql::sqlite::same_view(a, b);
    CHECK(autopack_schema::sql::sqlite::same_view(b, a) == result);
    return result;
}

bool same_trigger(std::string_view a, std::string_view b) {
    const bool result = autopack_schema::sql::sqlite::same_trigger(a, b);
    CHECK(autopack_schema::sql::sqlite::same_trigger(b, a) == result);
    return result;
}

} // namespace

TEST_CASE("views that say the same", "[sql][statement]") {
    CHECK(same_view("SELECT a, b FROM t WHERE a > 0 ORDER BY b", "select a,b\n from t -- all\n where a>0 order by b;"));
    CHECK(same_view("SELECT \"a\" FROM [t]", "SELECT a FROM `t`"));
    CHECK(same_view("SELECT a FROM t WHERE (a > 0) AND b", "SELECT a FROM t WHERE a > 0 AND b"));
    CHECK(same_view("SELECT a FROM t WHERE a <> 1 OR b IS NOT NULL",
                    "SELECT a FROM t WHERE ((a != 1) OR NOT b IS NULL)"));
    CHECK(same_view("SELECT count(*) AS n FROM t GROUP BY a HAVING n > 1",
                    "SELECT COUNT( * ) as n FROM t GROUP BY (a) HAVING (n>1)"));
    CHECK(same_view("SELECT a FROM t JOIN u ON t.x = u.x", "SELECT a FROM t JOIN u ON (t.x == u.x)"));
    CHECK(same_view("SELECT (SELECT max(a) FROM u WHERE a > 0) FROM t",
                    "SELECT (SELECT max(a) FROM u WHERE (a>0)) FROM t"));
    CHECK(same_view("WITH c(x) AS (SELECT 1 WHERE a) SELECT x FROM c",
                    "with C(X) as (select 1 where (a)) select x from c"));
    CHECK(same_view("SELECT 'a' || x'AB' FROM t", "SELECT 'a'||X'ab' FROM t"));
}

TEST_CASE("views that say something else", "[sql][statement]") {
    CHECK_FALSE(same_view("SELECT a FROM t WHERE a > 0", "SELECT a FROM t WHERE a >= 0"));
    CHECK_FALSE(same_view("SELECT a FROM t", "SELECT a FROM u"));
    CHECK_FALSE(same_view("SELECT a, b FROM t", "SELECT b, a FROM t"));
    CHECK_FALSE(same_view("SELECT a FROM t", "SELECT a FROM t WHERE a"));
    CHECK_FALSE(same_view("SELECT 'a' FROM t", "SELECT 'A' FROM t"));
    CHECK_FALSE(same_view("SELECT 'a b' FROM t", "SELECT 'a  b' FROM t"));
    CHECK_FALSE(same_view("SELECT a FROM t WHERE (a OR b) AND c", "SELECT a FROM t WHERE a OR b AND c"));
    CHECK_FALSE(same_view("SELECT (SELECT max(a) FROM u) FROM t", "SELECT (SELECT max(b) FROM u) FROM t"));
    CHECK_FALSE(same_view("SELECT DISTINCT a FROM t", "SELECT a FROM t"));
    CHECK_FALSE(same_view("SELECT a FROM t UNION SELECT 1", "SELECT a FROM t UNION ALL SELECT 1"));
    CHECK_FALSE(same_view("SELECT a x FROM t", "SELECT a y FROM t"));
    CHECK_FALSE(same_view("", "SELECT 1"));
}

TEST_CASE("triggers that do the same", "[sql][statement]") {
    const std::string_view plain = "AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.id); END";
    CHECK(same_trigger(plain, "after insert on \"t\" for each row begin insert into log values(NEW.id);end"));
    CHECK(same_trigger(plain, "AFTER INSERT ON main.t BEGIN INSERT INTO log VALUES ((new.id)); END;"));
    CHECK(same_trigger("BEFORE DELETE ON t BEGIN SELECT 1; END", "DELETE ON t BEGIN SELECT 1; END"));
    CHECK(
        same_trigger("UPDATE OF a, b ON t BEGIN SELECT 1; END", "BEFORE UPDATE OF b, \"a\" ON t BEGIN SELECT 1; END"));
    CHECK(same_trigger("INSERT ON t WHEN new.a > 0 BEGIN SELECT 1; END",
                       "INSERT ON t WHEN (new.a>0) BEGIN SELECT 1; END"));
    CHECK(same_trigger("INSERT ON t WHEN CASE WHEN new.a THEN 1 END BEGIN SELECT 1; END",
                       "INSERT ON t FOR EACH ROW WHEN (CASE WHEN new.a THEN 1 END) BEGIN SELECT 1; END"));
    CHECK(same_trigger("INSERT ON t BEGIN SELECT RAISE(ABORT, 'No') WHERE new.a <> 1; END",
                       "INSERT ON t BEGIN SELECT raise(abort,'No') WHERE (new.a!=1); END"));
}

TEST_CASE("triggers that do something else", "[sql][statement]") {
    const std::string_view plain = "AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END";
    CHECK_FALSE(same_trigger(plain, "BEFORE INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END"));
    CHECK_FALSE(same_trigger(plain, "INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END"));
    CHECK_FALSE(same_trigger(plain, "AFTER DELETE ON t BEGIN INSERT INTO log VALUES (new.a); END"));
    CHECK_FALSE(same_trigger(plain, "AFTER INSERT ON u BEGIN INSERT INTO log VALUES (new.a); END"));
    CHECK_FALSE(same_trigger(plain, "AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.b); END"));
    CHECK_FALSE(same_trigger(plain, "AFTER INSERT ON t WHEN new.a BEGIN INSERT INTO log VALUES (new.a); END"));
    CHECK_FALSE(same_trigger("INSERT ON t WHEN new.a > 0 BEGIN SELECT 1; END",
                             "INSERT ON t WHEN new.a >= 0 BEGIN SELECT 1; END"));
    CHECK_FALSE(same_trigger("UPDATE OF a ON t BEGIN SELECT 1; END", "UPDATE ON t BEGIN SELECT 1; END"));
    CHECK_FALSE(same_trigger("UPDATE OF a ON t BEGIN SELECT 1; END", "UPDATE OF a, b ON t BEGIN SELECT 1; END"));
    CHECK_FALSE(same_trigger("INSERT ON t BEGIN SELECT 1; END", "INSERT ON t BEGIN SELECT 1; SELECT 1; END"));
    CHECK_FALSE(same_trigger("INSERT ON t BEGIN SELECT 1; END", "INSERT ON t"));
    CHECK(same_trigger("nonsense ( x", "NONSENSE(\"x\""));
}

TEST_CASE("deep subselects do no harm", "[sql][statement]") {
    std::string deep;
    for (int i = 0; i < 20000; ++i) deep += "(SELECT ";
    CHECK(same_view("SELECT " + deep + "1", "select " + deep + "1"));
    CHECK_FALSE(same_view("SELECT " + deep + "1", "select " + deep + "2"));
    CHECK_FALSE(
        same_view("SELECT " + deep + "1" + std::string(20000, ')'), "select " + deep + "2" + std::string(20000, ')')));
}
