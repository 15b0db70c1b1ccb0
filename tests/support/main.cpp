// SPDX-License-Identifier: MIT
// The Catch2 runner, compiled once. Exit code 77 (ctest: "Skipped") when something was skipped and nothing failed.
#if !__has_include(<catch2/catch_all.hpp>)
#define CATCH_CONFIG_RUNNER
#endif
#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/skip.hpp>

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_session.hpp>
#endif

int main(int argc, char** argv) {
    const int result = Catch::Session().run(argc, argv);
    if (result == 0 && autopack_schema_test::skipped > 0) return 77;
    return result;
}
