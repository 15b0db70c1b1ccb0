// SPDX-License-Identifier: MIT
// Makes a database from before BUILD-144 to try the migration on: quickstart_data [--database] sqlite:///NEW_FILE
//
// 1,543 usage events as the original program stored them: 1,320 with splits, 223 from a source that gave totals only,
// which the table of that time could not hold. A file that exists is left alone.

#include <autopack_schema/db/url.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/build_144.hpp>

#include <cstdio>
#include <string_view>

namespace aps = autopack_schema;

int main(int argc, char** argv) try {
    const bool named = argc == 3 && std::string_view(argv[1]) == "--database";
    if (!named && argc > 2) {
        std::fputs("usage: quickstart_data [--database] sqlite:///NEW_FILE   (or DATABASE_URL)\n", stderr);
        return 1;
    }
    const auto where = argc > 1 ? aps::db::url::parse(argv[argc - 1]) : aps::db::url_from_environment();
    auto database = aps::ops::build_144::make_demo(where);
    std::printf(
        "made %s with %lld usage events, %lld of them without splits\n", database.name().c_str(),
        static_cast<long long>(database.query_int("SELECT COUNT(*) FROM llm_usage_events")),
        static_cast<long long>(database.query_int("SELECT COUNT(*) FROM llm_usage_events WHERE prompt_tokens = 0")));
} catch (const aps::error& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
}
