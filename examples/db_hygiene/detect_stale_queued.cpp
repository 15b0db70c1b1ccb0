// SPDX-License-Identifier: MIT
// Finds phases that wait in the queue while nothing happens: DATABASE_URL=sqlite:///autopack.db detect_stale_queued
//
// Exit code 0: none; 2: some were found (also when they were marked); 1: an error, of usage too.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/ops/db_identity.hpp>
#include <autopack_schema/ops/stale_queued.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace aps = autopack_schema;

namespace {

struct options {
    int max_age_minutes = 30;
    int stale_hours = 0;
    bool mark_failed = false;
    bool report_only = false;
    bool allow_empty_db = false;

    int minutes() const { return stale_hours > 0 ? stale_hours * 60 : max_age_minutes; }
    bool marks() const { return mark_failed && !report_only; }
};

void add_options(CLI::App& app, options& o) {
    const auto at_least_one = CLI::Range(1, 1'000'000);
    auto* minutes = app.add_option("--max-age-minutes", o.max_age_minutes, "older than this is stale (default 30)")
                        ->check(at_least_one);
    app.add_option("--stale-hours", o.stale_hours, "the same in hours")->check(at_least_one)->excludes(minutes);
    app.add_flag("--mark-failed", o.mark_failed, "mark them as FAILED");
    app.add_flag("--report-only", o.report_only, "only report; wins over --mark-failed");
    app.add_flag("--allow-empty-db", o.allow_empty_db, "an empty database is no mistake");
}

void mark(aps::sqlite::connection& database, const std::vector<aps::ops::stale_phase>& stale) {
    aps::cli::print("\nMarking " + std::to_string(stale.size()) + " stale phases as FAILED...\n");
    std::size_t marked = 0;
    for (const auto& phase : stale) {
        const bool done = aps::ops::mark_stale_failed(database, phase, aps::timestamp::now());
        marked += done ? 1U : 0U;
        aps::cli::print((done ? "  [MARKED] " : "  [TAKEN UP MEANWHILE] ") + phase.run_id + " / " + phase.phase_id +
                        "\n");
    }
    aps::cli::print("\nMarked " + std::to_string(marked) + " phases as FAILED.\n");
}

int run(const options& o) {
    const auto where = aps::db::url_from_environment();
    const auto mode = o.marks() ? aps::sqlite::open_mode::read_write : aps::sqlite::open_mode::read_only;
    auto database = aps::sqlite::connection::open(where, {.mode = mode});
    const auto identity = aps::ops::read_identity(database, where);
    aps::cli::print(aps::ops::guard_against_empty(identity, "detect_stale_queued", o.allow_empty_db));
    aps::cli::print("[stale-detect] Scanning for QUEUED phases older than " + std::to_string(o.minutes()) +
                    " minutes...\n\n");
    const auto stale = aps::ops::find_stale_queued(database, aps::timestamp::now(), std::chrono::minutes(o.minutes()));
    aps::cli::print(aps::ops::stale_report(stale));
    if (o.marks() && !stale.empty()) mark(database, stale);
    return stale.empty() ? 0 : 2;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app(
        "Finds QUEUED phases that nothing has happened to for too long. Exit code 0: none, 2: some, 1: an error.");
    options o;
    add_options(app, o);
    return aps::cli::run_program(argc, argv, app, [&o] { return run(o); });
}
