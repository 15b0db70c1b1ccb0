// SPDX-License-Identifier: MIT
// What the estimator of today says to the phases of then: DATABASE_URL=sqlite:///autopack.db replay_telemetry
//
// Files that exist below --workspace count as changes, others as new. Without events the lines of a log are replayed. Nothing is changed.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/ops/replay.hpp>
#include <autopack_schema/ops/telemetry/log_files.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace aps = autopack_schema;
namespace ops = aps::ops;

int main(int argc, char** argv) {
    CLI::App app("Estimates the phases of a database again and compares with what was predicted and with what came.");
    std::string workspace = ".";
    std::string log = "build132_telemetry_samples.txt";
    app.add_option("--workspace", workspace, "where the deliverables are looked for (default: here)");
    app.add_option("--log", log,
                   "what is replayed where the database has no events (default build132_telemetry_samples.txt)");
    return aps::cli::run_program(argc, argv, app, [&] {
        auto database =
            aps::sqlite::connection::open(aps::db::url_from_environment(), {.mode = aps::sqlite::open_mode::read_only});
        std::vector<ops::replay_sample> samples;
        ops::for_each_event(database, ops::event_order::newest_first,
                            [&](const auto& e) { samples.push_back(ops::sample_of(e)); });
        if (samples.empty()) {
            for (const auto& record : ops::read_log_file(log)) samples.push_back(ops::sample_of(record));
        }
        if (samples.empty()) {
            const char* const why = std::filesystem::exists(log) ? " has none either" : " is missing";
            aps::cli::print("Error: No DB samples found and " + log + why + "\n");
            return 0;
        }
        if (std::any_of(samples.begin(), samples.end(), [](const auto& s) { return s.synthetic; })) {
            std::fputs("WARNING: Using synthetic deliverables (no deliverables available)\n", stderr);
        }
        aps::cli::print(ops::replay_text(ops::replay(ops::token_estimator(workspace), std::move(samples))));
        return 0;
    });
}
