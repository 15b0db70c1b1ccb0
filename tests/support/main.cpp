// SPDX-License-Identifier: MIT
// The Catch2 runner, compiled once. Exit code 77 (ctest: "Skipped") when something was skipped and nothing failed; a run of no
// test case fails.
#if !__has_include(<catch2/catch_test_macros.hpp>)
#define CATCH_CONFIG_RUNNER
#endif
#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/skip.hpp>

#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_session.hpp>
#include <catch2/reporters/catch_reporter_event_listener.hpp>
#include <catch2/reporters/catch_reporter_registrars.hpp>
using listener_base = Catch::EventListenerBase;
#else
using listener_base = Catch::TestEventListenerBase;
#endif

#include <cstdio>

namespace {

std::size_t test_cases = 0;

struct counter : listener_base {
    using listener_base::listener_base;
    void testRunEnded(const Catch::TestRunStats& stats) override { test_cases = stats.totals.testCases.total(); }
};
CATCH_REGISTER_LISTENER(counter)

} // namespace

int main(int argc, char** argv) {
    Catch::Session session;
    if (const int wrong = session.applyCommandLine(argc, argv); wrong != 0) return wrong;
    const int result = session.run();
    if (result != 0) return result;
    const auto& config = session.configData();
    if (config.showHelp || config.listTests || config.listTags || config.listReporters) return 0;
    if (test_cases == 0) {
        std::puts("no test case ran");
        return 2;
    }
    return autopack_schema_test::skipped > 0 ? 77 : 0;
}
