// SPDX-License-Identifier: MIT
#include <autopack_schema/error.hpp>

#include <autopack_schema_test/catch.hpp>

#include <string>

namespace aps = autopack_schema;

TEST_CASE("the text of an error has all parts in one order") {
    const aps::error failure({.code = "S216",
                              .what_happened = "UNIQUE constraint failed",
                              .table = "users",
                              .column = "e-mail",
                              .sql = "INSERT INTO users VALUES (1)",
                              .database = "/srv/app.db",
                              .advice = "remove the duplicate",
                              .native_code = 2067,
                              .native_name = "SQLITE_CONSTRAINT_UNIQUE"});
    CHECK(std::string(failure.what()) ==
          "[S216] table \"users\": column \"e-mail\": UNIQUE constraint failed; remove the duplicate "
          "(SQLITE_CONSTRAINT_UNIQUE, 2067)\n  database: /srv/app.db\n  SQL: INSERT INTO users VALUES (1)");
    CHECK(failure.code() == "S216");
    CHECK(failure.info().native_code == 2067);
}

TEST_CASE("what is not known leaves no trace in the text") {
    CHECK(std::string(aps::error({.what_happened = "it broke"}).what()) == "it broke");
    CHECK(std::string(aps::error({.code = "S299", .what_happened = "it broke", .native_code = 7}).what()) ==
          "[S299] it broke (native code 7)");
}

TEST_CASE("an error is copied, assigned and caught as std::exception with everything in it") {
    aps::error first({.code = "S201", .what_happened = "one"});
    const aps::error second({.code = "S202", .what_happened = "two"});
    first = second;
    CHECK(first.code() == "S202");
    try {
        throw aps::error(second);
    } catch (const std::exception& failure) {
        CHECK(std::string(failure.what()) == "[S202] two");
    }
}

TEST_CASE("names and values cannot forge lines or drive the terminal") {
    const aps::error failure({.code = "S215",
                              .what_happened = "no such table: \x1b[2J\nOK",
                              .table = "a\"b\r\n\t\x7f",
                              .database = "/tmp/\xc2\x9b"
                                          "31m.db"});
    const std::string text = failure.what();
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find("\xc2\x9b") == std::string::npos);
    CHECK(text ==
          "[S215] table \"a\"\"b\\x0d\\n\\t\\x7f\": no such table: \\x1b[2J\\nOK\n  database: /tmp/\\x9b31m.db");
    CHECK(failure.info().table == "a\"b\r\n\t\x7f"); // the parts are as they were
}

TEST_CASE("long SQL is cut in the text, at a character, and whole in the parts") {
    const std::string sql = std::string(599, 'x') + "\u00e9" + std::string(5000, 'y');
    const aps::error failure({.code = "S215", .what_happened = "bad", .sql = sql});
    CHECK(failure.info().sql == sql);
    CHECK(std::string(failure.what()) == "[S215] bad\n  SQL: " + std::string(599, 'x') + " \u2026 (5002 more bytes)");
}

TEST_CASE("SQL of several lines stays readable") {
    const aps::error failure({.code = "S215", .what_happened = "bad", .sql = "SELECT 1\r\n  FROM x\x01"});
    CHECK(std::string(failure.what()) == "[S215] bad\n  SQL: SELECT 1\n         FROM x\\x01");
}

TEST_CASE("Unicode is printed as it is") {
    CHECK(aps::detail::printable("caf\u00e9 \u65e5\u672c \U0001f600") == "caf\u00e9 \u65e5\u672c \U0001f600");
    CHECK(aps::detail::utf8_prefix("\u65e5\u672c", 4) == "\u65e5");
    CHECK(aps::detail::utf8_prefix("\u65e5", 2).empty());
    CHECK(aps::detail::printable(std::string_view("a\0b", 3)) == "a\\x00b");
}
