// SPDX-License-Identifier: MIT
// Whether the estimator must be tuned: DATABASE_URL=sqlite:///autopack.db analyze_telemetry --success-only
//
// Reads the database, or log files where --log-dir is given. Exit code 0; 1 where nothing was found. Nothing is changed.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/ops/analyze_telemetry.hpp>
#include <autopack_schema/ops/db_identity.hpp>
#include <autopack_schema/ops/report_files.hpp>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace aps = autopack_schema;
namespace ops = aps::ops;

namespace {

struct options {
    std::string log_dir;
    std::string pattern = "*.log";
    std::string output;
    bool allow_empty_db = false;
    ops::analysis_input input;
};

/// The records and where they are looked for, which is said first.
std::vector<ops::telemetry_record> read_records(const options& o) {
    if (!o.log_dir.empty()) {
        aps::cli::print("Scanning " + o.log_dir + " for " + o.pattern + " files...\n");
        return ops::read_log_folder(o.log_dir, o.pattern);
    }
    const auto where = aps::db::url_from_environment();
    auto database = aps::sqlite::connection::open(where, {.mode = aps::sqlite::open_mode::read_only});
    aps::cli::print(guard_against_empty(ops::read_identity(database, where), "analyze_telemetry", o.allow_empty_db));
    aps::cli::print("Reading " + database.name() + "...\n");
    std::vector<ops::telemetry_record> records;
    ops::for_each_event(database, ops::event_order::stored,
                        [&](const auto& e) { records.push_back(record_of(e, database.name())); });
    return records;
}

int run(options& o) {
    o.input.records = read_records(o);
    if (o.input.success_only) aps::cli::print("Filter: SUCCESS ONLY (for tuning decisions)\n");
    aps::cli::print("\nTotal records found: " + std::to_string(o.input.records.size()) + "\n\n");
    if (o.input.records.empty()) {
        aps::cli::print("⚠️  No telemetry found.\n");
        return 1;
    }
    const std::string report = analysis_markdown(o.input, aps::timestamp::now().to_iso_string());
    if (o.output.empty()) {
        aps::cli::print(report);
        return 0;
    }
    const std::filesystem::path path = o.output;
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    aps::cli::print("Report: " + ops::write_report(folder, path.filename().string(), report).string() + "\n");
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Analyses estimation telemetry: risks that decide about tuning, costs, diagnostics.");
    options o;
    app.add_option("--log-dir", o.log_dir, "read log files below this folder instead of the database");
    app.add_option("--pattern", o.pattern, "names of the log files (default *.log)");
    app.add_option("--output", o.output, "a new file for the report; standard output where nothing is said");
    app.add_flag("--success-only", o.input.success_only, "only phases that succeeded: for tuning decisions");
    app.add_flag("--stratify", o.input.stratify, "also by category, complexity and number of deliverables");
    app.add_option("--under-multiplier", o.input.under_multiplier,
                   "underestimated is more than predicted times this (default 1.0)");
    app.add_flag("--allow-empty-db", o.allow_empty_db, "an empty database is no mistake");
    return aps::cli::run_program(argc, argv, app, [&o] { return run(o); });
}
