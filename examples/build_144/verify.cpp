// SPDX-License-Identifier: MIT
// Checks a database by the BUILD-144 runbook, step 3: verify_build_144 [--database] URL
//
// Exit code 0: every criterion is met; 2: not every one; 1: could not be checked. Nothing is changed.

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/build_144.hpp>

#include <cstdio>
#include <string_view>

namespace aps = autopack_schema;

int main(int argc, char** argv) try {
    const bool named = argc == 3 && std::string_view(argv[1]) == "--database";
    if (!named && argc > 2) {
        std::fputs("usage: verify_build_144 [--database] URL   (or DATABASE_URL)\n", stderr);
        return 1;
    }
    const auto where = argc > 1 ? aps::db::url::parse(argv[argc - 1]) : aps::db::url_from_environment();
    auto database = aps::sqlite::connection::open(where, {.mode = aps::sqlite::open_mode::read_only});
    const auto found = aps::ops::build_144::verify(database);
    std::fputs(aps::ops::build_144::to_text(found).c_str(), stdout);
    return found.met() ? 0 : 2;
} catch (const aps::error& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
}
