// SPDX-License-Identifier: MIT
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema_test/catch.hpp>

#include <chrono>
#include <limits>
#include <string>

using autopack_schema::timestamp;
using namespace std::chrono_literals;

static_assert(timestamp::parse("1970-01-01 00:00:00.000001")->time().time_since_epoch() == 1us);
static_assert(timestamp::parse("1969-12-31 23:59:59.999999")->time().time_since_epoch() == -1us);
static_assert(timestamp::parse("2025-12-24T10:11:12Z") == timestamp::parse("2025-12-24 10:11:12.000000"));
static_assert(timestamp::parse("2025-12-24") < timestamp::parse("2025-12-24 00:00:00.000001"));
static_assert(timestamp{} == timestamp::parse("1970-01-01 00:00"));

TEST_CASE("a time is written with six digits of its fraction and read again") {
    for (const char* text : {"2025-12-24 10:11:12.123456", "0000-01-01 00:00:00.000000", "9999-12-31 23:59:59.999999",
                             "2024-02-29 12:00:00.000000", "1900-03-01 00:00:00.500000", "1582-10-10 01:02:03.000004"}) {
        const auto time = timestamp::parse(text);
        REQUIRE(time);
        CHECK(time->to_string() == text);
    }
}

TEST_CASE("the three forms of real files are read") {
    const auto full = timestamp::parse("2025-12-24 10:11:12.500000");
    CHECK(timestamp::parse("2025-12-24T10:11:12.500000") == full);
    CHECK(timestamp::parse("2025-12-24 10:11:12.5") == full);
    CHECK(timestamp::parse("2025-12-24 10:11:12.500000999") == full);
    CHECK(timestamp::parse("2025-12-24 10:11:12")->to_string() == "2025-12-24 10:11:12.000000");
}

TEST_CASE("an offset is taken off") {
    CHECK(timestamp::parse("2025-12-24T10:11:12+01:30") == timestamp::parse("2025-12-24 08:41:12"));
    CHECK(timestamp::parse("2025-12-24T23:11:12-0200") == timestamp::parse("2025-12-25 01:11:12"));
    CHECK(timestamp::parse("2025-12-24 10:11:12+00:00") == timestamp::parse("2025-12-24 10:11:12"));
}

TEST_CASE("ISO text has no fraction where there is none") {
    CHECK(timestamp::parse("2025-12-24 10:11:12")->to_iso_string() == "2025-12-24T10:11:12");
    CHECK(timestamp::parse("2025-12-24 10:11:12.000100")->to_iso_string() == "2025-12-24T10:11:12.000100");
}

TEST_CASE("what is no time is refused") {
    for (const char* text :
         {"", "2025", "2025-13-01", "2025-00-01", "2025-02-29 00:00:00", "1900-02-29", "2025-01-32", "2025-01-01 24:00:00",
          "2025-01-01 23:60:00", "2025-01-01 23:59:60", "2025-01-01 23:59:59.", "2025-01-01 23:59:59x", "2025-1-1 00:00:00",
          " 2025-01-01", "2025-01-01 ", "2025-01-01 12", "2025-01-01T12:00:00+24:00", "now", "-001-01-01", "2025-01-01 1:00:00"}) {
        CAPTURE(text);
        CHECK_FALSE(timestamp::parse(text));
    }
}

TEST_CASE("text sorts in the order of time") {
    const timestamp early = std::chrono::sys_days{std::chrono::year{2025} / 9 / 30} + 23h;
    const timestamp late = std::chrono::sys_days{std::chrono::year{2025} / 10 / 1};
    CHECK(early < late);
    CHECK(early.to_string() < late.to_string());
}

TEST_CASE("every 64-bit number of microseconds can be written") {
    CHECK(timestamp(timestamp::time_point(timestamp::duration(std::numeric_limits<std::int64_t>::max()))).to_string() ==
          "+294247-01-10 04:00:54.775807");
    CHECK(timestamp(timestamp::time_point(timestamp::duration(std::numeric_limits<std::int64_t>::min()))).to_string() ==
          "-290308-12-21 19:59:05.224192");
}

TEST_CASE("each day of four centuries agrees with std::chrono") {
    std::chrono::sys_days day = std::chrono::year{1800} / 1 / 1;
    int days = 0;
    for (; day < std::chrono::sys_days{std::chrono::year{2201} / 1 / 1}; day += std::chrono::days{1}) {
        const std::string text = timestamp(day).to_string();
        const std::chrono::year_month_day date{day};
        const auto read = timestamp::parse(text);
        if (!read || read->time() != day || std::stoi(text.substr(0, 4)) != static_cast<int>(date.year()) ||
            std::stoi(text.substr(5, 2)) != static_cast<int>(static_cast<unsigned>(date.month())) ||
            std::stoi(text.substr(8, 2)) != static_cast<int>(static_cast<unsigned>(date.day()))) {
            FAIL(text);
        }
        ++days;
    }
    CHECK(days == 146462);
}
