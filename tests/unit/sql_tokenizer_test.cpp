// SPDX-License-Identifier: MIT
#include <autopack_schema/sql/tokenizer.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <autopack_schema_test/catch.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sql = autopack_schema::sql;
using sql::token_kind;

namespace {

std::vector<std::string> texts(std::string_view text, sql::lexical_rules rules = sql::sqlite_lexical_rules) {
    std::vector<std::string> result;
    for (const sql::token& t : sql::tokenize(text, rules)) result.emplace_back(t.text);
    return result;
}

token_kind only_kind(std::string_view text, sql::lexical_rules rules = sql::sqlite_lexical_rules) {
    const auto tokens = sql::tokenize(text, rules);
    REQUIRE(tokens.size() == 1);
    CHECK(tokens.front().text == text);
    return tokens.front().kind;
}

void check_covers(std::string_view text, sql::lexical_rules rules) {
    sql::tokenizer source(text, rules);
    std::size_t offset = 0;
    for (sql::token t = source.next(); t.kind != token_kind::end; t = source.next()) {
        REQUIRE(t.offset == offset);
        REQUIRE(!t.text.empty());
        REQUIRE(t.text.data() == text.data() + offset);
        offset += t.text.size();
    }
    REQUIRE(offset == text.size());
}

} // namespace

TEST_CASE("every kind of token is recognised", "[sql][tokenizer]") {
    CHECK(only_kind("abc_1$") == token_kind::identifier);
    CHECK(only_kind("gr\xC3\xB6\xC3\x9F"
                    "e") == token_kind::identifier);
    CHECK(only_kind("\"a\"\"b\"") == token_kind::quoted_identifier);
    CHECK(only_kind("`a``b`") == token_kind::quoted_identifier);
    CHECK(only_kind("[a b]") == token_kind::quoted_identifier);
    CHECK(only_kind("'it''s'") == token_kind::string);
    CHECK(only_kind("x'aB01'") == token_kind::blob);
    CHECK(only_kind("X''") == token_kind::blob);
    CHECK(only_kind("x'abc'") == token_kind::invalid);
    CHECK(only_kind("x'zz'") == token_kind::invalid);
    CHECK(only_kind("0x1F") == token_kind::integer);
    CHECK(only_kind("12") == token_kind::integer);
    CHECK(only_kind("1_000") == token_kind::integer);
    for (const auto* text : {"1.5", ".5", "1.", "1e3", "1E+3", "1.5e-10"}) CHECK(only_kind(text) == token_kind::real);
    for (const auto* text : {"12abc", "1e", "0x", "1__0"}) CHECK(only_kind(text) == token_kind::invalid);
    for (const auto* text : {"?", "?12", ":a", "@a", "$a", "$a::b(c)"}) CHECK(only_kind(text) == token_kind::parameter);
    for (const auto* text : {"||", "->", "->>", "<<", ">>", "<=", ">=", "<>", "!=", "==", "=", "<", "(", ";", "~"}) {
        CHECK(only_kind(text) == token_kind::punctuation);
    }
    for (const auto* text : {"'open", "\"open", "`open", "[open", "!", "^"}) {
        const auto tokens = sql::tokenize(text);
        REQUIRE(tokens.size() == 1);
        CHECK((tokens[0].kind == token_kind::invalid || tokens[0].kind == token_kind::punctuation));
    }
}

TEST_CASE("neighbours are kept apart", "[sql][tokenizer]") {
    using list = std::vector<std::string>;
    CHECK(texts("a->>'$.x'->b") == list{"a", "->>", "'$.x'", "->", "b"});
    CHECK(texts("1-1--x\n+2") == list{"1", "-", "1", "+", "2"});
    CHECK(texts("a/*c*/b /* open") == list{"a", "b"});
    CHECK(texts("a/*") == list{"a", "/", "*"});
    CHECK(texts("t.a.5") == list{"t", ".", "a", ".5"});
    CHECK(texts("'a''b''''c'd") == list{"'a''b''''c'", "d"});
    CHECK(texts("\xEF\xBB\xBFSELECT") == list{"SELECT"});
    CHECK(texts(std::string_view("a\0b", 3)) == list{"a", std::string("\0", 1), "b"});
    CHECK(texts("") == list{});
}

TEST_CASE("a comment with quotes is no string and a string with marks is no comment", "[sql][tokenizer]") {
    using list = std::vector<std::string>;
    CHECK(texts("-- it's\nx") == list{"x"});
    CHECK(texts("/* \" */x") == list{"x"});
    CHECK(texts("'-- /*'x") == list{"'-- /*'", "x"});
}

TEST_CASE("PostgreSQL's own forms", "[sql][tokenizer]") {
    const auto pg = sql::postgresql_lexical_rules;
    using list = std::vector<std::string>;
    CHECK(only_kind("$$it's$$", pg) == token_kind::string);
    CHECK(only_kind("$f$ $$ $f$", pg) == token_kind::string);
    CHECK(only_kind("$1", pg) == token_kind::parameter);
    CHECK(only_kind("E'it\\'s'", pg) == token_kind::string);
    CHECK(texts("a::text || b @> c", pg) == list{"a", "::", "text", "||", "b", "@>", "c"});
    CHECK(texts("/* a /* b */ c */ x", pg) == list{"x"});
    CHECK(texts("a[1]", pg) == list{"a", "[", "1", "]"});
    CHECK(texts("/* a /* b */ c */ x") == list{"c", "*", "/", "x"});
}

TEST_CASE("any bytes are cut into tokens that cover them", "[sql][tokenizer]") {
    std::uint32_t seed = 12345;
    const std::string_view marks = "'\"`[]()x01e.-/*$:@?#ab \n;|<>=!~\\\xEF\xBB\xBF\xFF";
    for (int round = 0; round < 4000; ++round) {
        std::string text;
        for (int i = 0; i < round % 40; ++i) {
            seed = seed * 1664525U + 1013904223U;
            text += (seed >> 28U) == 0 ? static_cast<char>(seed >> 16U) : marks[(seed >> 16U) % marks.size()];
        }
        if (round % 7 == 0) text += '\0';
        check_covers(text, sql::sqlite_lexical_rules);
        check_covers(text, sql::postgresql_lexical_rules);
    }
}

TEST_CASE("positions count lines and columns from one", "[sql][tokenizer]") {
    CHECK(sql::position_of("ab\ncd", 0) == sql::text_position{1, 1});
    CHECK(sql::position_of("ab\ncd", 4) == sql::text_position{2, 2});
    CHECK(sql::position_of("ab", 99) == sql::text_position{1, 3});
}

TEST_CASE("names and strings are compared without their quotes", "[sql][unquoted]") {
    CHECK(sql::unquote("'it''s'") == "it's");
    CHECK(sql::unquote("\"a\"\"b\"") == "a\"b");
    CHECK(sql::unquote("[a\"\"b]") == "a\"\"b");
    CHECK(sql::unquote("plain") == "plain");
    CHECK(sql::unquote("''") == "");
    CHECK(sql::unquote("'") == "'");
    CHECK(sql::same_text("'it''s'", "\"it's\""));
    CHECK_FALSE(sql::same_text("'a'", "'A'"));
    CHECK_FALSE(sql::same_text("'a'", "'ab'"));
    CHECK(sql::same_identifier("[Ab]", "aB"));
    CHECK_FALSE(sql::same_identifier("\"\xC3\x84\"", "\"\xC3\xA4\""));
}
