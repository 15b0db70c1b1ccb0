// SPDX-License-Identifier: MIT
// Makes a database from before BUILD-144 to try the migration on: quickstart_data sqlite:///NEW_FILE
//
// 1,543 usage events as the original program stored them: 1,320 with splits, 223 from a source that gave totals only,
// which the table of that time could not hold. A file that exists is left alone.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/ops/build_144.hpp>

#include <string>

namespace aps = autopack_schema;

int main(int argc, char** argv) {
    CLI::App app("Makes a database from before BUILD-144 with 1,543 usage events, 223 of them without splits.");
    std::string url;
    app.add_option("url,--database", url, "the new file; what DATABASE_URL names where nothing is said");
    return aps::cli::run_program(argc, argv, app, [&url] {
        const auto where = url.empty() ? aps::db::url_from_environment() : aps::db::url::parse(url);
        auto database = aps::ops::build_144::make_demo(where);
        const auto count = [&](const char* sql) { return std::to_string(database.query_int(sql)); };
        aps::cli::print("made " + database.name() + " with " + count("SELECT COUNT(*) FROM llm_usage_events") +
                        " usage events, " + count("SELECT COUNT(*) FROM llm_usage_events WHERE prompt_tokens = 0") +
                        " of them without splits\n");
        return 0;
    });
}
