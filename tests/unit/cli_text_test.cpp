// SPDX-License-Identifier: MIT
#include <autopack_schema/cli/generate/identifier.hpp>
#include <autopack_schema/cli/generate/literal.hpp>
#include <autopack_schema/cli/progress.hpp>
#include <autopack_schema/cli/suggest.hpp>
#include <autopack_schema/cli/table_text.hpp>

#include <autopack_schema_test/catch.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace cli = autopack_schema::cli;
using cli::detail::grouped;
using cli::detail::progress_bar;
using cli::detail::progress_numbers;

TEST_CASE("numbers have their thousands apart", "[cli][text]") {
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(-1000) == "-1,000");
    CHECK(grouped(1234567) == "1,234,567");
    CHECK(grouped(-123) == "-123");
    CHECK(grouped(std::numeric_limits<std::int64_t>::min()) == "-9,223,372,036,854,775,808");
}

TEST_CASE("progress says how much, how fast and how long", "[cli][text]") {
    CHECK(progress_numbers({"copy", "rows", 500, 1000, 2.0}) == "50%  500 rows, 250/s, 0:02 left");
    CHECK(progress_numbers({"copy", "rows", 500, 0, 2.0}) == "500 rows, 250/s");
    CHECK(progress_numbers({"copy", "rows", 0, 1000, 2.0}) == "0%  0 rows");
    CHECK(progress_numbers({"copy", "rows", 1000, 1000, 4000.0}) == "100%  1,000 rows, finishing, 1:06:40 so far");
    CHECK(progress_numbers({"copy", "rows", 1200, 1000, 1.0}) == "100%  1,200 rows, finishing, 0:01 so far");
    CHECK(cli::detail::clock_text(7.4) == "0:07");
    CHECK(cli::detail::clock_text(3723) == "1:02:03");
    CHECK(progress_bar({"copy", "rows", 500, 1000, 0.1}, 80) == "copy [##########----------] 50%  500 rows");
    CHECK(progress_bar({"copy", "rows", 500, 1000, 0.1}, 20).size() < 20);
    CHECK(progress_bar({"copy", "rows", 500, 1000, 0.1}, 0).empty());
}

TEST_CASE("the nearest word is found, and none where all are far", "[cli][text]") {
    CHECK(cli::nearest("drfit", {"diff", "drift", "ddl"}) == "drift");
    CHECK(cli::nearest("Drift", {"diff", "drift"}) == "drift");
    CHECK(cli::nearest("xyzzy", {"diff", "drift"}).empty());
    CHECK(cli::nearest("", {"diff"}).empty());
    CHECK(cli::nearest(std::string(100000, 'a'), {"a"}).empty());
    CHECK(cli::enumerated({"a", "b", "c"}) == "a, b or c");
    CHECK(cli::enumerated({"a"}) == "a");
    CHECK(cli::enumerated({}).empty());
}

TEST_CASE("columns of a table stand below each other", "[cli][text]") {
    CHECK(cli::aligned({{"a", "b"}, {"\xC3\xBC\xC3\xBC\xC3\xBC", "x"}, {"1\n2", "y"}}) ==
          "a     b\n\xC3\xBC\xC3\xBC\xC3\xBC   x\n1\\n2  y\n");
}

TEST_CASE("any name becomes an identifier", "[cli][generate]") {
    using cli::generate::identifier;
    CHECK(identifier("run_id", "x") == "run_id");
    CHECK(identifier("e-mail", "x") == "e_mail");
    CHECK(identifier("a  b", "x") == "a_b");
    CHECK(identifier("__a__b__", "x") == "a_b");
    CHECK(identifier("1st", "x") == "n1st");
    CHECK(identifier("class", "x") == "class_");
    CHECK(identifier("gr\xC3\xB6\xC3\x9F"
                     "e",
                     "x") == "gr_e");
    CHECK(identifier("\xE6\x97\xA5\xE6\x9C\xAC", "column") == "column");
    CHECK(identifier("", "column") == "column");
    CHECK(identifier(std::string_view("a\0b\"\n", 5), "x") == "a_b");
    cli::generate::name_pool names;
    names.reserve("a_row");
    CHECK(names.take("a b") == "a_b");
    CHECK(names.take("a-b") == "a_b_2");
    CHECK(names.take("a_b_2") == "a_b_2_2");
    CHECK(names.take("a_row") == "a_row_2");
    CHECK(names.take("int") == "int_");
    CHECK(names.take("int") == "int_2");
}

TEST_CASE("any text becomes a literal", "[cli][generate]") {
    using cli::generate::literal;
    CHECK(literal(std::string_view("a'b")) == "\"a'b\"");
    CHECK(literal(std::string_view("tab\t")) == "\"tab\\t\"");
    CHECK(literal(std::string_view("a\"b")) == "R\"sql(a\"b)sql\"");
    CHECK(literal(std::string_view("a\nb")) == "R\"sql(a\nb)sql\"");
    CHECK(literal(std::string_view("a\r\n")) == "\"a\\r\\n\"");
    CHECK(literal(std::string_view(")sql\"")) == "\")sql\\\"\"");
    CHECK(literal(std::string_view("\x01"
                                   "1")) == "\"\\0011\"");
    CHECK(literal(std::string_view("\xff"
                                   "f")) == "\"\\377f\"");
    CHECK(literal(std::string_view("a\0b", 3)) == "std::string_view(\"a\\000b\", 3)");
    CHECK(literal(std::string_view("\xC3\xBC")) == "\"\xC3\xBC\"");
    CHECK(literal(std::int64_t{5}) == "5");
    CHECK(literal(std::numeric_limits<std::int64_t>::min()) == "std::int64_t{-9223372036854775807 - 1}");
    CHECK(literal(1.0) == "1.0");
    CHECK(literal(0.1) == "0.1");
    CHECK(literal(1e300) == "1e+300");
    CHECK(literal(std::numeric_limits<double>::infinity()).empty());
}
