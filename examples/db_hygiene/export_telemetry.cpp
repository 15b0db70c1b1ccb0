// SPDX-License-Identifier: MIT
// Writes all estimation events: DATABASE_URL=sqlite:///autopack.db export_telemetry > telemetry.ndjson   (or --format csv)
//
// Newest first, on standard output; three lines about it on standard error. Nothing is changed.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/ops/export_telemetry.hpp>

#include <cstdio>
#include <string>

namespace aps = autopack_schema;
namespace ops = aps::ops;

int main(int argc, char** argv) {
    CLI::App app("Exports the estimation events of a database as NDJSON or CSV.");
    std::string format = "ndjson";
    app.add_option("--format", format, "ndjson (the default) or csv")->check(CLI::IsMember({"ndjson", "csv"}));
    return aps::cli::run_program(argc, argv, app, [&format] {
        auto database =
            aps::sqlite::connection::open(aps::db::url_from_environment(), {.mode = aps::sqlite::open_mode::read_only});
        const auto events = ops::read_events(database, ops::event_order::newest_first);
        std::fprintf(stderr, "# TokenEstimationV2 Telemetry Export\n# Total events: %zu\n\n", events.size());
        if (format == "csv") aps::cli::print(ops::csv_head());
        for (const auto& e : events) aps::cli::print(format == "csv" ? ops::to_csv(e) : ops::to_ndjson(e));
        return 0;
    });
}
