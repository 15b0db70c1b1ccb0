// SPDX-License-Identifier: MIT
// How far the estimator is off, and what would correct it: DATABASE_URL=sqlite:///autopack.db calibrate
//
// Writes a Markdown and a JSON report; neither the database nor the estimator is changed. Exit code 0; 1 where there are no
// samples, no group is large enough, or the database is empty.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/ops/calibration.hpp>
#include <autopack_schema/ops/db_identity.hpp>
#include <autopack_schema/ops/report_files.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace aps = autopack_schema;
namespace ops = aps::ops;

namespace {

struct options {
    std::size_t min_samples = 5;
    double threshold = 0.7;
    std::string output_dir = ".";
    std::vector<std::string> runs;
    bool allow_empty_db = false;
};

int fail(const std::string& why) {
    aps::cli::print("\n❌ " + why + "\n");
    return 1;
}

int run(const options& o) {
    const auto where = aps::db::url_from_environment();
    auto database = aps::sqlite::connection::open(where, {.mode = aps::sqlite::open_mode::read_only});
    const auto identity = ops::read_identity(database, where);
    aps::cli::print(to_text(identity) + guard_against_empty(identity, "calibrate", o.allow_empty_db));
    const auto samples = ops::read_calibration_samples(database, o.runs);
    aps::cli::print("Samples (success, not truncated): " + std::to_string(samples.size()) + "\n");
    if (samples.empty()) return fail("No samples: collect telemetry first (TELEMETRY_DB_ENABLED=1)");
    const auto made = ops::calibrate(samples, o.min_samples);
    if (made.groups.empty()) aps::cli::print("\n" + ops::waste_note() + "\n" + ops::coverage_text(made.coverage));
    aps::cli::print("\n" + ops::calibration_console(made, o.threshold, o.min_samples));
    if (made.groups.empty()) return fail("No group has enough samples");
    const auto now = aps::timestamp::now();
    const std::string stem = "token_estimator_calibration_" + ops::file_stamp(now);
    const auto report = ops::write_report(o.output_dir, stem + ".md",
                                          ops::calibration_markdown(made, o.threshold, now.to_iso_string()));
    const auto json =
        ops::write_report(o.output_dir, stem + ".json", ops::calibration_json(made, o.threshold, now.to_iso_string()));
    aps::cli::print("\nReport: " + report.string() + "\nJSON:   " + json.string() + "\n");
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Calibrates the token estimator by the telemetry of a database. The estimator is not changed.");
    options o;
    app.add_option("--min-samples", o.min_samples, "samples that a group needs (default 5)")
        ->check(CLI::PositiveNumber);
    app.add_option("--confidence-threshold", o.threshold, "confidence that a recommendation needs (default 0.7)")
        ->check(CLI::Range(0.0, 1.0));
    app.add_option("--output-dir", o.output_dir, "where the reports go (default: here)");
    app.add_option("--include-run-id", o.runs, "only this run; can be repeated")->expected(1)->take_all();
    app.add_flag("--allow-empty-db", o.allow_empty_db, "an empty database is no mistake");
    return aps::cli::run_program(argc, argv, app, [&o] { return run(o); });
}
