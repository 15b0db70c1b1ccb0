// SPDX-License-Identifier: MIT
#include <autopack_schema/sql/sqlite/expression.hpp>

#include <autopack_schema_test/catch.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sql = autopack_schema::sql;
using pair = std::pair<std::string_view, std::string_view>;

namespace {

constexpr std::array<std::string_view, 3> columns{"a", "b", "c"};
constexpr sql::name_scope scope{.table = "t", .columns = columns};

bool same(std::string_view a, std::string_view b) {
    const bool result = sql::same_expression(a, scope, b, scope, sql::sqlite::expressions);
    CHECK(sql::same_expression(b, scope, a, scope, sql::sqlite::expressions) == result);
    return result;
}

bool understood(std::string_view text) {
    return sql::parse_expression(text, sql::sqlite::expressions, scope).understood();
}

} // namespace

TEST_CASE("other spellings of the same expression", "[sql][expression]") {
    const std::vector<pair> pairs{
        {"a > 0", "(A>0)"},
        {"a > 0", "((\"a\") > (0))"},
        {"a > 0", "[a] > 0 -- positive"},
        {"a > 0", "t.a > /* none */ 0"},
        {"a > 0", "main.t.a > 0"},
        {"a <> b", "a != b"},
        {"a <> b", "NOT (a = b)"},
        {"NOT a <> b", "a == b"},
        {"a = b AND b = c AND c = a", "a = b AND (b = c AND c = a)"},
        {"a OR b OR c", "(a OR b) OR c"},
        {"a AND b OR c", "(a AND b) OR c"},
        {"NOT a = b", "NOT (a = b)"},
        {"a IS NULL", "a ISNULL"},
        {"a IS NOT NULL", "a NOTNULL"},
        {"a IS NOT NULL", "a NOT NULL"},
        {"a IS NOT NULL", "NOT a IS NULL"},
        {"a IS NULL", "NOT a IS NOT NULL"},
        {"a NOT IN (1, 2)", "NOT a IN (1,2)"},
        {"a NOT IN (1, 2)", "not (a in (2, 1))"},
        {"a NOT LIKE 'x%'", "NOT (a LIKE 'x%')"},
        {"a NOT BETWEEN 1 AND 2", "NOT a BETWEEN 1 AND 2"},
        {"a BETWEEN 1 AND 2 AND b", "(a BETWEEN 1 AND 2) AND b"},
        {"a BETWEEN 1 AND 2 = c", "(a BETWEEN 1 AND 2) = c"},
        {"a IS NOT DISTINCT FROM b", "a IS b"},
        {"a IS DISTINCT FROM b", "a IS NOT b"},
        {"a + b * c", "a + (b * c)"},
        {"a - b - c", "(a - b) - c"},
        {"a || b || c", "(a || b) || c"},
        {"-a COLLATE NOCASE", "(-a) COLLATE nocase"},
        {"a || b COLLATE NOCASE", "a || (b COLLATE \"NoCase\")"},
        {"a & b = c", "(a & b) = c"},
        {"a = b < c", "a = (b < c)"},
        {"a << 1 + 2", "a << (1 + 2)"},
        {"a -> '$.x' ->> 'y'", "(a->'$.x')->>'y'"},
        {"a = 16", "a = 0x10"},
        {"a = 16", "a = 0X10"},
        {"a = 1000.0", "a = 1e3"},
        {"a = 0.5", "a = .50"},
        {"a = -1", "a = (-(1))"},
        {"a = -1", "a=-0x1"},
        {"a = 1", "a = +1"},
        {"a = -9223372036854775808", "a = -(9223372036854775808)"},
        {"a = x'ab01'", "a = X'AB01'"},
        {"a = TRUE", "a = 1"},
        {"a = false", "a = 0"},
        {"a IS NOT TRUE", "NOT (a IS TRUE)"},
        {"a = \"nothing\"", "a = 'nothing'"},
        {"a = \"it's\"", "a = 'it''s'"},
        {"LENGTH(a) > 1", "length( \"a\" ) > 1"},
        {"count(*) > 1", "COUNT( * ) > 1"},
        {"group_concat(DISTINCT a)", "GROUP_CONCAT(distinct a)"},
        {"CAST(a AS INT)", "cast(a as INTEGER)"},
        {"CAST(a AS VARCHAR(10))", "CAST(a AS TEXT)"},
        {"CASE WHEN a THEN b ELSE c END", "case when (a) then (b) else (c) end"},
        {"CASE a WHEN 1 THEN 2 END", "CASE (a) WHEN 0x1 THEN 2 END"},
        {"EXISTS (SELECT 1 FROM u WHERE x = 'A')", "exists(select 1 from \"u\" where x='A')"},
        {"NOT EXISTS (SELECT 1)", "NOT (EXISTS (select 1))"},
        {"(a, b) = (1, 2)", "((a),b) == (1,2)"},
        {"a LIKE 'x!%' ESCAPE '!'", "(a) LIKE ('x!%') ESCAPE ('!')"},
        {"RAISE(ABORT, 'No')", "raise( abort , 'No' )"},
        {"CURRENT_TIMESTAMP", "(current_timestamp)"},
        {"_rowid_ > 1", "OID > 1"},
        {"a IN (SELECT b FROM t)", "a in (select B from T)"},
        {"a IN u", "a IN \"u\""},
        {"a IN u", "a IN main.[U]"},
        {"a IN json_each(b)", "a IN JSON_EACH( b )"},
        {"t.a BETWEEN - 1 AND + 5", "a BETWEEN -1 AND 5"},
        {"a COLLATE BINARY", "a COLLATE binary"},
        {"sum(a) FILTER (WHERE b) OVER (ORDER BY c)", "SUM(a) filter (where B) over (order by c)"},
    };
    for (const auto& [left, right] : pairs) {
        INFO(left << "   against   " << right);
        CHECK(understood(left));
        CHECK(understood(right));
        CHECK(same(left, right));
    }
}

TEST_CASE("expressions that mean something else", "[sql][expression]") {
    const std::vector<pair> pairs{
        {"a > 0", "a >= 0"},
        {"a > 0", "b > 0"},
        {"a > 0", "u.a > 0"},
        {"a = 'x'", "a = 'X'"},
        {"a = ', '", "a = ','"},
        {"a = 'a'", "a = a"},
        {"a = \"b\"", "a = 'b'"},
        {"(a + b) * c", "a + b * c"},
        {"a - (b - c)", "a - b - c"},
        {"a AND (b OR c)", "a AND b OR c"},
        {"(a OR b) AND c", "a OR b AND c"},
        {"NOT (a AND b)", "NOT a AND b"},
        {"(NOT a) = b", "NOT a = b"},
        {"-(a COLLATE NOCASE) < b", "-a < b"},
        {"a || (b COLLATE NOCASE) = c", "(a || b) COLLATE NOCASE = c"},
        {"(a = b) < c", "a = b < c"},
        {"a = 1", "a = 1.0"},
        {"a = 1", "a = '1'"},
        {"a = 9223372036854775807", "a = 9223372036854775808"},
        {"a = x'ab'", "a = 'ab'"},
        {"a = NULL", "a IS NULL"},
        {"a = 'NULL'", "a = NULL"},
        {"a IS TRUE", "a IS 1"},
        {"a IS NOT NULL", "a IS NULL"},
        {"a IN (1, 2)", "a IN (1, 2, 3)"},
        {"a IN ('a', 'b')", "a IN ('a', 'B')"},
        {"a IN (b, c)", "a IN (c, b)"},
        {"a IN (1)", "a NOT IN (1)"},
        {"a LIKE 'x'", "a GLOB 'x'"},
        {"a LIKE 'x' ESCAPE '!'", "a LIKE 'x' ESCAPE '#'"},
        {"a LIKE 'x' ESCAPE '!'", "a LIKE 'x'"},
        {"+a = 1", "a = 1"},
        {"-a = 1", "a = 1"},
        {"NOT NOT a", "a"},
        {"NOT -1", "NOT 1"},
        {"CAST(a AS INT)", "CAST(a AS NUMERIC)"},
        {"length(a)", "length(b)"},
        {"length(a)", "lower(a)"},
        {"count(a)", "count(DISTINCT a)"},
        {"count(*)", "count()"},
        {"max(a, b)", "max(a)"},
        {"a -> '$.Key'", "a -> '$.key'"},
        {"a ->> 'x'", "a -> 'x'"},
        {"a COLLATE NOCASE = b", "a = b"},
        {"a COLLATE NOCASE", "a COLLATE RTRIM"},
        {"CASE a WHEN 1 THEN 2 END", "CASE WHEN a THEN 1 ELSE 2 END"},
        {"CASE WHEN a THEN b END", "CASE WHEN a THEN b ELSE c END"},
        {"CASE a WHEN b THEN c END", "CASE WHEN a THEN b ELSE c END"},
        {"EXISTS (SELECT 1 FROM u)", "EXISTS (SELECT 1 FROM v)"},
        {"(a, b) = (1, 2)", "(b, a) = (1, 2)"},
        {"CURRENT_TIMESTAMP", "CURRENT_DATE"},
        {"CURRENT_TIMESTAMP", "'CURRENT_TIMESTAMP'"},
        {"RAISE(ABORT, 'no')", "RAISE(FAIL, 'no')"},
        {"a AND b", "b AND a"}, // conservative: the order of operands is compared
        {"a = b", "a = c"},
        {"a", "a AND b"},
        {"\xC3\xA4 > 0", "\xC3\x84 > 0"},
    };
    for (const auto& [left, right] : pairs) {
        INFO(left << "   against   " << right);
        CHECK(understood(left));
        CHECK(understood(right));
        CHECK_FALSE(same(left, right));
    }
}

TEST_CASE("what is not understood is compared as tokens", "[sql][expression]") {
    for (const auto* text :
         {"a b", "a +", "(a", "a)", "", "CASE END", "a NOT b", "f(a", "1..2", "'open", "a BETWEEN 1", "SELECT",
          "a = = b", "group_concat(a ORDER BY b)", "\x01", "WHERE", "CAST(a)", "a COLLATE"}) {
        INFO(text);
        CHECK_FALSE(understood(text));
        CHECK(same(text, text));
    }
    CHECK(same("group_concat(a ORDER BY b)", "GROUP_CONCAT( \"a\" order by B )"));
    CHECK_FALSE(same("group_concat(a ORDER BY b)", "group_concat(b ORDER BY a)"));
    CHECK_FALSE(same("a b", "a \"zz\""));
    CHECK(same("a 'zz'", "a \"zz\""));
}

TEST_CASE("the scope decides what a name is", "[sql][expression]") {
    static constexpr std::array<std::string_view, 2> with_x{"a", "x"};
    constexpr sql::name_scope other{.table = "u", .columns = with_x};
    const auto& rules = sql::sqlite::expressions;
    CHECK(sql::same_expression("t.a > 0", scope, "u.a > 0", other, rules));
    CHECK_FALSE(sql::same_expression("a <> \"x\"", scope, "a <> \"x\"", other, rules));
    CHECK(sql::same_expression("a <> \"x\"", "a <> x", rules));

    static constexpr std::array<sql::renamed_column, 1> renamed{{{"x", "b"}}};
    constexpr sql::name_scope later{.table = "u", .columns = with_x, .renamed = renamed};
    CHECK(sql::same_expression("a > t.b", scope, "a > x", later, rules));
    CHECK(sql::same_expression("a > t.b", scope, "a > u.X", later, rules));
    CHECK_FALSE(sql::same_expression("a > c", scope, "a > x", later, rules));

    static constexpr std::array<std::string_view, 1> odd{"true"};
    constexpr sql::name_scope with_true{.columns = odd};
    CHECK_FALSE(sql::same_expression("true", with_true, "1", with_true, rules));
}

TEST_CASE("depth and length do no harm", "[sql][expression]") {
    const auto nested = [](std::size_t depth) { return std::string(depth, '(') + "a" + std::string(depth, ')'); };
    CHECK(understood(nested(100)));
    CHECK_FALSE(understood(nested(100000)));
    CHECK(same(nested(100000), nested(100000)));
    CHECK_FALSE(same(nested(100000), nested(99999)));
    std::string chain = "a";
    for (int i = 0; i < 50000; ++i) chain += " + a";
    CHECK(understood(chain));
    CHECK(same(chain, chain));
    CHECK_FALSE(same(chain, chain + " + b"));
    std::string nots;
    for (int i = 0; i < 50000; ++i) nots += "NOT ";
    CHECK(same(nots + "a", nots + "a"));
}

TEST_CASE("any tokens are compared without harm and equal themselves", "[sql][expression]") {
    constexpr std::array<std::string_view, 44> words{
        "a",     "b",       "(",       ")",      ",",      "NOT",      "AND",  "OR",   "IS",     "NULL",   "IN",
        "LIKE",  "CASE",    "WHEN",    "THEN",   "END",    "ELSE",     "+",    "-",    "1",      "0x1",    "'s'",
        "\"x\"", "BETWEEN", "COLLATE", "NOCASE", "CAST",   "AS",       "INT",  "f(",   "EXISTS", "SELECT", ".",
        "t.",    "*",       "||",      "ESCAPE", "RAISE(", "DISTINCT", "FROM", "TRUE", "->",     "~",      "OVER"};
    std::uint32_t seed = 7;
    for (int round = 0; round < 60000; ++round) {
        std::string text;
        for (int i = 0; i < 1 + round % 14; ++i) {
            seed = seed * 1664525U + 1013904223U;
            text += std::string(words[(seed >> 12U) % words.size()]) + " ";
        }
        REQUIRE(sql::same_expression(text, scope, text, scope, sql::sqlite::expressions));
        REQUIRE(sql::same_expression(text, scope, "  " + text + "-- x", scope, sql::sqlite::expressions));
    }
}
