// SPDX-License-Identifier: MIT
// Drains the queue of one run: DATABASE_URL=… TELEMETRY_DB_ENABLED=1 drain_queued --run-id RUN --executor 'COMMAND'
//
// Exit code 0, whatever fails; 1: an error; 130: interrupted.
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
    ops::queue_options queue{};
    double poll_seconds = 2;
    std::int64_t timeout = 900;
    bool no_dual_auditor = false;
    bool allow_empty_db = false;
};

void add_options(CLI::App& app, options& o) {
    app.add_option("--run-id", o.queue.run_id, "the run")->required();
    app.add_option("--executor", o.queue.executor,
                   "the command that works on one phase (RUN_ID, PHASE_ID, DATABASE_URL in its environment)");
    app.add_option("--batch-size", o.queue.batch_size, "phases in a batch (default 25)")
        ->check(CLI::Range(1, 1'000'000));
    app.add_option("--poll-seconds", o.poll_seconds, "pause between batches (default 2)")
        ->check(CLI::Range(0.0, 86'400.0));
    app.add_option("--max-batches", o.queue.max_batches, "then stop")->check(CLI::Range(0, 1'000'000));
    app.add_flag("--stop-on-first-failure", o.queue.stop_on_first_failure,
                 "end the batch in which a phase fails; the next batch goes on");
    app.add_option("--run-type", o.queue.run_type, "AUTOPACK_RUN_TYPE for the executor (default project_build)")
        ->check(CLI::IsMember({"project_build", "autopack_maintenance", "autopack_upgrade", "self_repair"}))
        ->envname("AUTOPACK_RUN_TYPE");
    app.add_flag("--no-dual-auditor", o.no_dual_auditor, "AUTOPACK_DUAL_AUDITOR=0 for the executor");
    app.add_option("--phase-timeout-seconds", o.timeout, "for one phase (default 900)")
        ->check(CLI::Range(1, 10'000'000));
    app.add_flag("--allow-empty-db", o.allow_empty_db, "an empty database is no mistake");
}

int run(options& o) {
    const auto where = aps::db::url_from_environment();
    auto database = aps::sqlite::connection::open(where, {.busy_timeout_ms = 30'000});
    aps::cli::print(ops::guard_against_empty(ops::read_identity(database, where), "drain_queued", o.allow_empty_db));
    if (!ops::is_telemetry_enabled())
        std::fputs("WARNING: TELEMETRY_DB_ENABLED is not set to 1: no telemetry will be collected\n", stderr);
    o.queue.poll = std::chrono::milliseconds(static_cast<std::int64_t>(o.poll_seconds * 1000));
    o.queue.phase_timeout = std::chrono::seconds(o.timeout);
    o.queue.dual_auditor = !o.no_dual_auditor;
    const ops::interrupt_watch watch;
    ops::queue_drain drain(database, where, o.queue, [](std::string_view text) {
        aps::cli::print(std::string(text));
        std::fflush(stdout);
    });
    return drain.run() ? 0 : 130;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Drains the QUEUED phases of one run, batch by batch, until none is left.");
    options o;
    add_options(app, o);
    return aps::cli::run_program(argc, argv, app, [&o] { return run(o); });
}
