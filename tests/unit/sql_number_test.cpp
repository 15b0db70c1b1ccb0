// SPDX-License-Identifier: MIT
#include <autopack_schema/sql/detail/number.hpp>

#include <autopack_schema_test/catch.hpp>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

using autopack_schema::sql::detail::negated;
using autopack_schema::sql::detail::number_value;

TEST_CASE("integers, and those that are too large to be one", "[sql][number]") {
    CHECK(number_value("0").integer == 0);
    CHECK(number_value("0x10").integer == 16);
    CHECK(number_value("0xFFFFFFFFFFFFFFFF").integer == -1);
    CHECK(number_value("1_000").integer == 1000);
    CHECK(number_value("9223372036854775807").integer == INT64_MAX);
    CHECK(number_value("9223372036854775808").is_real);
    CHECK(negated(number_value("9223372036854775808")).integer == INT64_MIN);
    CHECK_FALSE(negated(number_value("9223372036854775808")).is_real);
    CHECK(negated(number_value("9223372036854775808.0")).is_real);
    CHECK(negated(number_value("9223372036854775809")).is_real);
    CHECK(number_value("1e3").is_real);
    CHECK(number_value("1.").is_real);
}

TEST_CASE("decimals are rounded as strtod rounds them", "[sql][number]") {
    for (const char* text : {"0.1",
                             "1e308",
                             "1.7976931348623157e308",
                             "1.7976931348623159e308",
                             "5e-324",
                             "2e-324",
                             "3e-324",
                             "2.2250738585072014e-308",
                             "2.2250738585072011e-308",
                             "1e23",
                             "9007199254740993.0",
                             "123456789012345678901234567890",
                             "0.000000000000000000000000000000000000001",
                             "1e-400",
                             "1e99999999999",
                             "0e99999999999",
                             "1e-99999999999",
                             "8.5e22",
                             "1.e5",
                             ".5"}) {
        INFO(text);
        CHECK(number_value(text).as_real() == std::strtod(text, nullptr));
    }
    std::mt19937_64 random(20);
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (std::size_t i = 1 + random() % 25; i > 0; --i) text += static_cast<char>('0' + random() % 10);
        text += "." + std::to_string(random() % 1000) + "e" + std::to_string(static_cast<int>(random() % 680) - 340);
        INFO(text);
        REQUIRE(number_value(text).real == std::strtod(text.c_str(), nullptr));
    }
}
