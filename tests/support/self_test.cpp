// SPDX-License-Identifier: MIT
// What the harness must tell apart; tests/CMakeLists.txt runs each tag and looks at the exit code.
#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/temp.hpp>

#include <filesystem>
#include <limits>
#include <vector>

TEST_CASE("passes", "[passes]") {
    std::filesystem::path where;
    {
        const autopack_schema_test::temp_dir directory;
        where = autopack_schema_test::write_file(directory / "a file", "text");
        CHECK(autopack_schema_test::read_file(where) == "text");
        CHECK(autopack_schema_test::sqlite_url("/a/b.sqlite") == "sqlite:////a/b.sqlite");
    }
    CHECK_FALSE(std::filesystem::exists(where));
}
TEST_CASE("a copy of a shared file can be written", "[.shared]") {
    APS_NEEDS_SHARED();
    const autopack_schema_test::temp_dir directory;
    const auto copy = autopack_schema_test::copy_shared(directory, "db/autopack_pre144.sqlite");
    autopack_schema_test::write_file(copy, "other");
    CHECK(autopack_schema_test::read_file(*autopack_schema_test::shared_dir() / "db/autopack_pre144.sqlite").size() > 5);
}
TEST_CASE("fails", "[.fails]") { CHECK(1 == 2); }
TEST_CASE("skips", "[.skips]") { APS_SKIP("for a reason"); }
TEST_CASE("asserts nothing", "[.nothing]") {}

// Planted for the sanitizers; run only in a build that has them.
TEST_CASE("reads behind the end", "[.overflow]") {
    const std::vector<int> one(1);
    const volatile int* end = one.data() + 1;
    CHECK(*end == *end);
}
TEST_CASE("adds too much", "[.undefined]") {
    volatile int large = std::numeric_limits<int>::max();
    CHECK(large + 1 != 0);
}
TEST_CASE("forgets memory", "[.leak]") {
    std::vector<int>* forgotten = new std::vector<int>(100);
    CHECK(forgotten->size() == 100);
    forgotten = nullptr;
}
