// SPDX-License-Identifier: MIT
// Drains FAILED phases of many runs, with a sample of each run first: DATABASE_URL=… batch_drain --executor 'COMMAND'
//
// Exit code 0: nothing failed; 1: something failed, or an error; 130: interrupted, --resume goes on.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/ops/db_identity.hpp>
#include <autopack_schema/ops/drain.hpp>

#include <cstdint>
#include <cstdio>
#include <string>

namespace aps = autopack_schema;
namespace ops = aps::ops;

namespace {

struct options {
    ops::batch_options batch{};
    std::int64_t timeout = 900;
    bool allow_empty_db = false;
};

void add_limits(CLI::App& app, options& o) {
    const auto counted = CLI::Range(std::int64_t{0}, std::int64_t{1'000'000'000});
    app.add_option("--batch-size", o.batch.limits.batch_size, "phases to drain (default 10)")->check(counted);
    app.add_option("--phase-timeout-seconds", o.timeout, "for one phase (default 900)")
        ->check(CLI::Range(1, 10'000'000));
    app.add_option("--max-total-minutes", o.batch.limits.max_total_minutes, "for the batch; 0 is no limit")
        ->check(counted);
    app.add_option("--max-timeouts-per-run", o.batch.triage.max_timeouts_per_run, "then the run is left (default 2)")
        ->check(counted);
    app.add_option("--max-attempts-per-phase", o.batch.triage.max_attempts_per_phase,
                   "in all sessions together (default 2)")
        ->check(counted);
    app.add_option("--max-fingerprint-repeats", o.batch.limits.max_fingerprint_repeats,
                   "of one failure, then its run is left (default 3)")
        ->check(counted);
    app.add_option("--max-consecutive-zero-yield", o.batch.limits.max_consecutive_zero_yield,
                   "phases in a row without telemetry, then the batch stops; 0 is no limit")
        ->check(counted);
}

void add_options(CLI::App& app, options& o) {
    app.add_option("--executor", o.batch.executor,
                   "the command that works on one phase (RUN_ID, PHASE_ID, DATABASE_URL in its environment)");
    app.add_option("--run-id", o.batch.run_id, "only phases of this run");
    app.add_flag("--dry-run", o.batch.dry_run, "say what would be drained; the database is not changed");
    app.add_flag("--resume", o.batch.resume, "go on with the newest session that has not ended");
    app.add_flag("--skip-runs-with-queued,!--no-skip-runs-with-queued", o.batch.skip_runs_with_queued,
                 "accepted; a FAILED phase is not QUEUED");
    app.add_option("--skip-run-prefix", o.batch.triage.skip_run_prefixes, "leave runs whose id begins so (repeatable)")
        ->expected(1);
    app.add_option("--api-url", o.batch.api_url, "AUTOPACK_API_URL for the executor");
    app.add_flag("--allow-empty-db", o.allow_empty_db, "an empty database is no mistake");
    add_limits(app, o);
}

int run(options& o) {
    const auto where = aps::db::url_from_environment();
    const auto mode = o.batch.dry_run ? aps::sqlite::open_mode::read_only : aps::sqlite::open_mode::read_write;
    auto database = aps::sqlite::connection::open(where, {.mode = mode, .busy_timeout_ms = 30'000});
    const auto identity = ops::read_identity(database, where);
    aps::cli::print(to_text(identity) + ops::guard_against_empty(identity, "batch_drain", o.allow_empty_db));
    o.batch.phase_timeout = std::chrono::seconds(o.timeout);
    const ops::interrupt_watch watch;
    const auto say = [](std::string_view text) {
        aps::cli::print(std::string(text));
        std::fflush(stdout);
    };
    ops::batch_drain drain(database, where, o.batch, say);
    const ops::batch_end end = drain.run();
    aps::cli::print(drain.summary(end));
    if (end == ops::batch_end::interrupted) return 130;
    return drain.session().total_failed > 0 ? 1 : 0;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Drains FAILED phases of many runs: a sample of each run first, then more of the promising ones, with "
                 "strict stop rules.");
    options o;
    add_options(app, o);
    return aps::cli::run_program(argc, argv, app, [&o] { return run(o); });
}
