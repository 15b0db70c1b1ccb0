// SPDX-License-Identifier: MIT
#include <autopack_schema/model.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>

#include <autopack_schema_test/catch.hpp>

#include <array>
#include <string_view>
#include <tuple>
#include <vector>

namespace model = autopack_schema::model;
namespace sqlite = autopack_schema::sql::sqlite;
using autopack_schema::table_scope;
using sqlite::affinity;
using sqlite::rules;

namespace {

struct table_of_one {
    model::builder content;
    model::schema schema;

    explicit table_of_one(const model::column& c, const model::table& t = {.name = "t"}, model::primary_key key = {},
                          bool in_key = false) {
        content.add_table(t);
        content.add_column(c);
        const std::array<model::key_part, 1> parts{{{.text = c.name}}};
        if (in_key) content.set_primary_key(key, parts);
        schema = content.view_of();
    }
    const model::column& column() const { return schema.columns[0]; }
    table_scope scope() const { return {schema, schema.tables[0]}; }
};

model::column column_of(std::string_view type, model::default_value value = {}) {
    return {.name = "v", .type = {.declared = type}, .default_to = value};
}

model::default_value integer(std::int64_t value) { return {.kind = model::default_kind::integer, .integer = value}; }
model::default_value real(double value) { return {.kind = model::default_kind::real, .real = value}; }
model::default_value text(std::string_view value) { return {.kind = model::default_kind::text, .text = value}; }
model::default_value blob(std::string_view value) { return {.kind = model::default_kind::blob, .text = value}; }
model::default_value null() { return {.kind = model::default_kind::null}; }
model::default_value expression(std::string_view value) {
    return {.kind = model::default_kind::expression, .text = value};
}

bool same_default(std::string_view a_type, model::default_value a, std::string_view b_type, model::default_value b) {
    const table_of_one left(column_of(a_type, a));
    const table_of_one right(column_of(b_type, b));
    const bool result = rules.same_default(left.column(), left.scope(), right.column(), right.scope());
    CHECK(rules.same_default(right.column(), right.scope(), left.column(), left.scope()) == result);
    return result;
}
bool same_default(std::string_view type, model::default_value a, model::default_value b) {
    return same_default(type, a, type, b);
}

bool same_type(std::string_view a, std::string_view b, bool strict = false) {
    const table_of_one left(column_of(a), {.name = "t", .strict = strict});
    const table_of_one right(column_of(b), {.name = "t", .strict = strict});
    return rules.same_type(left.column(), left.scope(), right.column(), right.scope());
}

} // namespace

TEST_CASE("the five rules of affinity, in their order", "[sql][affinity]") {
    const std::vector<std::tuple<std::string_view, affinity>> cases{{"INT", affinity::integer},
                                                                    {"BIGINT", affinity::integer},
                                                                    {"CHARINT", affinity::integer},
                                                                    {"FLOATING POINT", affinity::integer},
                                                                    {"POINT", affinity::integer},
                                                                    {"VARCHAR(10)", affinity::text},
                                                                    {"nText", affinity::text},
                                                                    {"CLOB", affinity::text},
                                                                    {"", affinity::blob},
                                                                    {"BLOB", affinity::blob},
                                                                    {"TEXTBLOB", affinity::text},
                                                                    {"REAL", affinity::real},
                                                                    {"DOUBLE PRECISION", affinity::real},
                                                                    {"FLOAT", affinity::real},
                                                                    {"STRING", affinity::numeric},
                                                                    {"DATETIME", affinity::numeric},
                                                                    {"JSON", affinity::numeric},
                                                                    {"BOOLEAN", affinity::numeric},
                                                                    {"DECIMAL(10,2)", affinity::numeric},
                                                                    {"ANY", affinity::numeric},
                                                                    {"\"VARCHAR\" (10)", affinity::text},
                                                                    {"\"x\" INT", affinity::numeric},
                                                                    {"[x] double precision", affinity::real},
                                                                    {"'x'", affinity::numeric},
                                                                    {"[my int]", affinity::integer}};
    for (const auto& [declared, expected] : cases) {
        INFO(declared);
        CHECK(sqlite::affinity_of(declared) == expected);
    }
}

TEST_CASE("types are the same by what they store", "[sql][rules]") {
    CHECK(same_type("INTEGER", "INT"));
    CHECK(same_type("VARCHAR(32)", "VARCHAR(255)"));
    CHECK(same_type("REAL", "DOUBLE PRECISION"));
    CHECK(same_type("BOOLEAN", "INTEGER"));
    CHECK(same_type("", "BLOB"));
    CHECK_FALSE(same_type("TEXT", "STRING"));
    CHECK_FALSE(same_type("TEXT", "DATETIME"));
    CHECK_FALSE(same_type("REAL", "FLOATING POINT"));
    CHECK_FALSE(same_type("REAL", "NUMERIC"));
    CHECK_FALSE(same_type("BLOB", "TEXT"));
    CHECK_FALSE(same_type("TEXT", "ANY", true));
    CHECK_FALSE(same_type("BLOB", "ANY", true));
    CHECK(same_type("INT", "INTEGER", true));
    CHECK(same_type("ANY", "NUMERIC"));
}

TEST_CASE("a kind without a spelling is written as SQLite writes it", "[sql][rules]") {
    const model::column defined{.name = "v", .type = {.kind = model::type_kind::text}};
    const table_of_one left(defined);
    const table_of_one right(column_of("VARCHAR(10)"));
    CHECK(rules.same_type(left.column(), left.scope(), right.column(), right.scope()));
    CHECK(rules.same_type_spelling(left.column(), right.column()));
    const auto same_spelling = [](std::string_view a, std::string_view b) {
        return rules.same_type_spelling(column_of(a), column_of(b));
    };
    CHECK(same_spelling("DECIMAL(10,2)", "decimal ( 10 , 2 )"));
    CHECK(same_spelling("DOUBLE PRECISION", "double  precision"));
    CHECK(same_spelling("VARCHAR(10)", "\"VARCHAR\" (10)"));
    CHECK_FALSE(same_spelling("VARCHAR(10)", "VARCHAR(20)"));
    CHECK_FALSE(same_spelling("INT", "INTEGER"));
    CHECK_FALSE(same_spelling("", "BLOB"));
}

TEST_CASE("defaults that store the same", "[sql][rules]") {
    CHECK(same_default("BOOLEAN", integer(0), text("0")));
    CHECK(same_default("TEXT", text("0"), integer(0)));
    CHECK(same_default("TEXT", text("-7"), integer(-7)));
    CHECK(same_default("TEXT", text("1.5"), real(1.5)));
    CHECK(same_default("INTEGER", integer(1), real(1.0)));
    CHECK(same_default("REAL", integer(1), real(1.0)));
    CHECK(same_default("REAL", integer(1), text(" 1e0 ")));
    CHECK(same_default("INTEGER", integer(16), expression("(0x10)")));
    CHECK(same_default("INTEGER", integer(-1), expression("-1")));
    CHECK(same_default("BOOLEAN", integer(1), expression("true")));
    CHECK(same_default("TEXT", text("it's"), expression("('it''s')")));
    CHECK(same_default("BLOB", blob("ab01"), blob("AB01")));
    CHECK(same_default("BLOB", blob("ab01"), expression("x'AB01'")));
    CHECK(same_default("TEXT", {}, null()));
    CHECK(same_default("TEXT", {}, expression("(NULL)")));
    CHECK(same_default("TEXT", expression("CURRENT_TIMESTAMP"), expression("(current_timestamp)")));
    CHECK(same_default("TEXT", expression("date('now')"), expression("DATE( 'now' )")));
    CHECK(same_default("TEXT", text("1"), "INTEGER", integer(1)));
    CHECK(same_default("VARCHAR", text("'a'"), expression("'''a'''")));
}

TEST_CASE("defaults that store something else", "[sql][rules]") {
    CHECK_FALSE(same_default("BLOB", integer(0), text("0")));
    CHECK_FALSE(same_default("", integer(1), real(1.0)));
    CHECK_FALSE(same_default("TEXT", text("01"), integer(1)));
    CHECK_FALSE(same_default("TEXT", text("1.50"), real(1.5)));
    CHECK_FALSE(same_default("TEXT", text("1"), real(1.0)));
    CHECK_FALSE(same_default("TEXT", text("-0"), integer(0)));
    CHECK_FALSE(same_default("INTEGER", text("0x10"), integer(16)));
    CHECK_FALSE(same_default("INTEGER", integer(3), integer(5)));
    CHECK_FALSE(same_default("INTEGER", integer(1), real(1.5)));
    CHECK_FALSE(same_default("INTEGER", integer(0), {}));
    CHECK_FALSE(same_default("TEXT", text(""), {}));
    CHECK_FALSE(same_default("TEXT", text("NULL"), null()));
    CHECK_FALSE(same_default("TEXT", text(", "), text(",")));
    CHECK_FALSE(same_default("TEXT", text("a"), text("A")));
    CHECK_FALSE(same_default("TEXT", text("it''s"), expression("'it''s'")));
    CHECK_FALSE(same_default("TEXT", text("CURRENT_TIMESTAMP"), expression("CURRENT_TIMESTAMP")));
    CHECK_FALSE(same_default("TEXT", expression("CURRENT_DATE"), expression("CURRENT_TIMESTAMP")));
    CHECK_FALSE(same_default("TEXT", expression("date('x')"), text("date('x')")));
    CHECK_FALSE(same_default("BLOB", blob("ab"), text("ab")));
    CHECK_FALSE(same_default("TEXT", text("1"), "INTEGER", integer(2)));
}

TEST_CASE("which keys are the row number", "[sql][rules]") {
    const auto alias = [](std::string_view type, model::table t = {.name = "t"}, model::primary_key key = {}) {
        const table_of_one one(column_of(type), t, key, true);
        return rules.rowid_alias(one.scope(), one.column());
    };
    CHECK(alias("INTEGER"));
    CHECK(alias("integer"));
    CHECK(alias("\"INTEGER\""));
    CHECK_FALSE(alias("INT"));
    CHECK_FALSE(alias("BIGINT"));
    CHECK_FALSE(alias("INTEGER(8)"));
    CHECK_FALSE(alias("INTEGER", {.name = "t", .without_rowid = true}));
    CHECK_FALSE(alias("INTEGER", {.name = "t"}, {.inline_descending = true}));
    const table_of_one no_key(column_of("INTEGER"));
    CHECK_FALSE(rules.rowid_alias(no_key.scope(), no_key.column()));
}

TEST_CASE("which columns refuse NULL", "[sql][rules]") {
    const auto refuses = [](model::column c, model::table t, bool in_key) {
        const table_of_one one(c, t, {}, in_key);
        return rules.not_null(one.scope(), one.column());
    };
    model::column text_column = column_of("TEXT");
    CHECK_FALSE(refuses(text_column, {.name = "t"}, false));
    CHECK_FALSE(refuses(text_column, {.name = "t"}, true)); // the kept bug
    CHECK(refuses(text_column, {.name = "t", .without_rowid = true}, true));
    CHECK(refuses(text_column, {.name = "t", .strict = true}, true));
    CHECK_FALSE(refuses(text_column, {.name = "t", .strict = true}, false));
    CHECK(refuses(column_of("INTEGER"), {.name = "t"}, true));
    text_column.nullable = false;
    CHECK(refuses(text_column, {.name = "t"}, false));
}

TEST_CASE("expressions see the columns of their own table", "[sql][rules]") {
    const table_of_one with_v(column_of("TEXT"));
    const table_of_one with_w({.name = "w", .type = {.declared = "TEXT"}}, {.name = "u"});
    CHECK(rules.same_expression("t.v > 0", with_v.scope(), "(v>0)", with_v.scope()));
    CHECK_FALSE(rules.same_expression("1 <> \"v\"", with_v.scope(), "1 <> \"v\"", with_w.scope()));
    CHECK(rules.same_expression("1 <> \"x\"", with_v.scope(), "1 <> 'x'", with_w.scope()));
    const table_of_one renamed({.name = "w", .type = {.declared = "TEXT"}, .renamed_from = "v"}, {.name = "u"});
    CHECK(rules.same_expression("v > 0", with_v.scope(), "u.w > 0", renamed.scope()));
}

TEST_CASE("when foreign keys are checked", "[sql][rules]") {
    using enum model::deferral;
    CHECK(rules.same_deferral(not_deferrable, immediate));
    CHECK_FALSE(rules.same_deferral(deferred, immediate));
    CHECK(rules.default_collation == "BINARY");
}
