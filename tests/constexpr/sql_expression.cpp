// SPDX-License-Identifier: MIT
#include <autopack_schema/sql/sqlite/expression.hpp>

namespace sql = autopack_schema::sql;

namespace {

constexpr bool same(std::string_view a, std::string_view b) {
    return sql::same_expression(a, b, sql::sqlite::expressions);
}

static_assert(sql::tokenize("SELECT 'it''s', \"a\" -- x").size() == 4);
static_assert(sql::tokenize("'open").front().kind == sql::token_kind::invalid);
static_assert(sql::same_text("'it''s'", "\"it's\""));
static_assert(sql::detail::number_value("0.1").real == 0.1);
static_assert(sql::detail::number_value("1.7976931348623157e308").real == 1.7976931348623157e308);
static_assert(sql::detail::number_value("5e-324").real == 5e-324);

static_assert(same("(a AND b) AND c", "a AND (b AND (\"c\"))"));
static_assert(same("x NOT IN ('a', 'b')", "NOT x IN('b','a')"));
static_assert(same("CASE WHEN a > 0x10 THEN 1e3 END", "case when A>16 then 1000.0 end"));
static_assert(!same("a + b * c", "(a + b) * c"));
static_assert(!same("a = 'x'", "a = 'X'"));
static_assert(same("a b ]", "A /* */ \"b\" ]"));

} // namespace
