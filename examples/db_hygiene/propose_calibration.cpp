// SPDX-License-Identifier: MIT
// Proposes coefficients for the estimator: DATABASE_URL=sqlite:///autopack.db propose_calibration --min-samples 20
//
// Writes a report with two plots and a JSON proposal; neither the database nor the estimator is changed. Exit code 0; 1 where there
// are too few samples.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/ops/db_identity.hpp>
#include <autopack_schema/ops/propose_calibration.hpp>
#include <autopack_schema/ops/report_files.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace aps = autopack_schema;
namespace ops = aps::ops;

namespace {

struct options {
    ops::proposal_options how;
    std::string output_dir = ".";
    std::vector<std::string> runs;
    bool allow_empty_db = false;
};

void write_files(const ops::calibration_proposal& p, const std::string& folder, const std::string& database) {
    const auto now = aps::timestamp::now();
    const std::string stem = "estimator_calibration_proposal_" + ops::file_stamp(now);
    const std::string accuracy = stem + "_accuracy.svg";
    const std::string ratio = stem + "_ratio.svg";
    ops::write_report(folder, accuracy, accuracy_plot(p));
    ops::write_report(folder, ratio, ratio_plot(p));
    const auto json = ops::write_report(folder, stem + ".json", proposal_json(p, now.to_iso_string(), database));
    const auto report =
        ops::write_report(folder, stem + ".md", proposal_markdown(p, now.to_iso_string(), database, accuracy, ratio));
    aps::cli::print("\nReport: " + report.string() + "\nJSON:   " + json.string() + "\nPlots:  " + accuracy + ", " +
                    ratio + "\n");
}

int run(const options& o) {
    const auto where = aps::db::url_from_environment();
    auto database = aps::sqlite::connection::open(where, {.mode = aps::sqlite::open_mode::read_only});
    const auto identity = ops::read_identity(database, where);
    aps::cli::print(to_text(identity) + guard_against_empty(identity, "propose_calibration", o.allow_empty_db));
    const auto p = ops::propose(ops::read_calibration_samples(database, o.runs), o.how);
    aps::cli::print("Samples (success, not truncated): " + std::to_string(p.samples.size()) +
                    ", needed: " + std::to_string(o.how.min_samples) + "\n");
    if (!p.has_enough_samples()) {
        aps::cli::print("\n❌ Not enough samples for a proposal: collect more telemetry\n");
        return 1;
    }
    for (const auto& c : p.changes) {
        const std::string change =
            c.is_change() ? " " + ops::detail::overhead_text(c) + " -> " + ops::detail::proposed_text(c) : "";
        aps::cli::print("  " + c.category + "/" + c.complexity + ": " + c.action + change + " (" + c.reason + ")\n");
    }
    write_files(p, o.output_dir, database.name());
    aps::cli::print("\nThis is a proposal: no estimator code was changed.\n");
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app(
        "Proposes coefficients for the token estimator by the telemetry of a database. The estimator is not changed.");
    options o;
    app.add_option("--min-samples", o.how.min_samples, "samples needed in all (default 20)")
        ->check(CLI::PositiveNumber);
    app.add_option("--min-group-samples", o.how.min_group_samples,
                   "samples that a category and complexity needs (default 3)")
        ->check(CLI::PositiveNumber);
    app.add_option("--output-dir", o.output_dir, "where the files go (default: here)");
    app.add_option("--include-run-id", o.runs, "only this run; can be repeated")->expected(1)->take_all();
    app.add_flag("--allow-empty-db", o.allow_empty_db, "an empty database is no mistake");
    return aps::cli::run_program(argc, argv, app, [&o] { return run(o); });
}
