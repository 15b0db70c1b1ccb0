// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema_test/catch.hpp>

#include <cstdio>

namespace autopack_schema_test {

/// How many times this program skipped something; main() turns it into exit code 77.
inline int skipped = 0;

/// Counts one skip and says why on standard output.
inline void note_skip(const char* why) {
    ++skipped;
    std::printf("SKIPPED: %s\n", why);
}

} // namespace autopack_schema_test

/// Leaves the test case (Catch2 v2 has no SKIP): the reason is printed and ctest shows the file as skipped, unless
/// another test case of the file fails. Usable only in the body of a TEST_CASE.
#define APS_SKIP(why)                                                                                                  \
    do {                                                                                                               \
        ::autopack_schema_test::note_skip(why);                                                                        \
        SUCCEED("skipped");                                                                                            \
        return;                                                                                                        \
    } while (false)
