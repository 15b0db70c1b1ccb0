// SPDX-License-Identifier: MIT
#include <autopack_schema/version.hpp>

#include <autopack_schema_test/catch.hpp>

#include <string>

TEST_CASE("the version text is made of the three numbers") {
    const std::string expected = std::to_string(AUTOPACK_SCHEMA_VERSION_MAJOR) + "." +
                                 std::to_string(AUTOPACK_SCHEMA_VERSION_MINOR) + "." +
                                 std::to_string(AUTOPACK_SCHEMA_VERSION_PATCH);
    CHECK(expected == AUTOPACK_SCHEMA_VERSION);
}

TEST_CASE("the version value holds the three numbers and orders releases") {
    using autopack_schema::version_number;
    STATIC_REQUIRE(autopack_schema::version == version_number{AUTOPACK_SCHEMA_VERSION_MAJOR,
                                                              AUTOPACK_SCHEMA_VERSION_MINOR,
                                                              AUTOPACK_SCHEMA_VERSION_PATCH});
    STATIC_REQUIRE(version_number{0, 9, 9} < version_number{0, 10, 0});
    STATIC_REQUIRE(version_number{0, 10, 1} < version_number{1, 0, 0});
}
