// SPDX-License-Identifier: MIT
#include <autopack_schema/model.hpp>
#include <autopack_schema/sql/sqlite/quote.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>
#include <autopack_schema/sql/sqlite/types.hpp>

#include <string_view>

namespace model = autopack_schema::model;
namespace sqlite = autopack_schema::sql::sqlite;

namespace {

constexpr model::column column(std::string_view type, model::default_value value = {}) {
    return {.name = "v", .type = sqlite::data_type_of(type), .default_to = value};
}

constexpr model::default_value integer(std::int64_t value) {
    return {.kind = model::default_kind::integer, .integer = value};
}
constexpr model::default_value text(std::string_view value) {
    return {.kind = model::default_kind::text, .text = value};
}
constexpr model::default_value real(double value) { return {.kind = model::default_kind::real, .real = value}; }
constexpr model::default_value expression(std::string_view value) {
    return {.kind = model::default_kind::expression, .text = value};
}

template <class Question>
constexpr bool ask(const model::column& a, const model::column& b, Question question) {
    model::builder left;
    left.add_table({.name = "t"});
    left.add_column(a);
    model::builder right;
    right.add_table({.name = "t"});
    right.add_column(b);
    const model::schema left_schema = left.view_of();
    const model::schema right_schema = right.view_of();
    return question(a, {left_schema, left_schema.tables[0]}, b, {right_schema, right_schema.tables[0]});
}

constexpr bool same_type(std::string_view a, std::string_view b) {
    return ask(column(a), column(b), sqlite::rules.same_type);
}
constexpr bool same_default(std::string_view type, model::default_value a, model::default_value b) {
    return ask(column(type, a), column(type, b), sqlite::rules.same_default);
}

static_assert(same_type("VARCHAR(10)", "TEXT"));
static_assert(same_type("BOOLEAN", "INTEGER"));
static_assert(!same_type("STRING", "TEXT"));
static_assert(!same_type("FLOATING POINT", "REAL"));
static_assert(sqlite::rules.same_type_spelling(column("DECIMAL(10,2)"), column("decimal ( 10, 2 )")));
static_assert(sqlite::data_type_of("DATETIME").kind == model::type_kind::timestamp);
static_assert(sqlite::data_type_of("FLOATING POINT").kind == model::type_kind::unspecified);

static_assert(same_default("BOOLEAN", integer(0), text("0")));
static_assert(same_default("REAL", integer(1), real(1.0)));
static_assert(same_default("TEXT", text("1.5"), real(1.5)));
static_assert(same_default("TEXT", text("it's"), expression("('it''s')")));
static_assert(same_default("TEXT", expression("CURRENT_TIMESTAMP"), expression("(current_timestamp)")));
static_assert(!same_default("TEXT", expression("CURRENT_TIMESTAMP"), text("CURRENT_TIMESTAMP")));
static_assert(!same_default("BLOB", integer(0), text("0")));

static_assert(sqlite::same_view("SELECT a FROM t WHERE (a > 0)", "select \"a\" from t where a>0"));
static_assert(!sqlite::same_view("SELECT a FROM t", "SELECT b FROM t"));
static_assert(sqlite::same_trigger("BEFORE INSERT ON t FOR EACH ROW BEGIN SELECT 1; END",
                                   "insert on t begin select 1; end"));

static_assert(sqlite::is_plain_name("users_2"));
static_assert(!sqlite::is_plain_name("order") && !sqlite::is_plain_name("2nd") && !sqlite::is_plain_name(""));

} // namespace
