// SPDX-License-Identifier: MIT
#include <autopack_schema/version.hpp>

#include <autopack_schema_test/catch.hpp>

#include <string>

TEST_CASE("the version text is made of the three numbers") {
    const std::string expected = std::to_string(AUTOPACK_SCHEMA_VERSION_MAJOR) + "." + std::to_string(AUTOPACK_SCHEMA_VERSION_MINOR) +
                                 "." + std::to_string(AUTOPACK_SCHEMA_VERSION_PATCH);
    CHECK(autopack_schema::version == expected);
}

TEST_CASE("the version number orders releases") {
    STATIC_REQUIRE(AUTOPACK_SCHEMA_VERSION ==
                   AUTOPACK_SCHEMA_VERSION_MAJOR * 10000 + AUTOPACK_SCHEMA_VERSION_MINOR * 100 + AUTOPACK_SCHEMA_VERSION_PATCH);
}
