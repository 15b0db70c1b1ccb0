// SPDX-License-Identifier: MIT
// Drains one phase: DATABASE_URL=… drain_one --run-id RUN --phase-id PHASE --executor 'COMMAND'
//
// Exit code 0: COMPLETE; 1: not, or an error; 2: refused, nothing was changed; 130: interrupted, the phase is as before.
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
    std::string phase_id{};
    std::int64_t timeout = 900;
    bool no_dual_auditor = false;
    bool force = false;
    bool allow_empty_db = false;
};

void add_options(CLI::App& app, options& o) {
    app.add_option("--run-id", o.queue.run_id, "the run")->required();
    app.add_option("--phase-id", o.phase_id, "the phase")->required();
    app.add_option("--executor", o.queue.executor,
                   "the command that works on it (RUN_ID, PHASE_ID, DATABASE_URL in its environment)");
    app.add_option("--run-type", o.queue.run_type, "AUTOPACK_RUN_TYPE for the executor (default project_build)")
        ->check(CLI::IsMember({"project_build", "autopack_maintenance", "autopack_upgrade", "self_repair"}))
        ->envname("AUTOPACK_RUN_TYPE");
    app.add_flag("--no-dual-auditor", o.no_dual_auditor, "AUTOPACK_DUAL_AUDITOR=0 for the executor");
    app.add_flag("--force", o.force, "although other phases of the run are queued");
    app.add_option("--phase-timeout-seconds", o.timeout, "for the phase (default 900)")
        ->check(CLI::Range(1, 10'000'000));
    app.add_flag("--allow-empty-db", o.allow_empty_db, "an empty database is no mistake");
}

int run(options& o) {
    const auto where = aps::db::url_from_environment();
    auto database = aps::sqlite::connection::open(where, {.busy_timeout_ms = 30'000});
    const auto identity = ops::read_identity(database, where);
    aps::cli::print(to_text(identity) + ops::guard_against_empty(identity, "drain_one", o.allow_empty_db));
    const ops::drain_workspace workspace;
    ops::recover_and_say(database, workspace, [](std::string_view text) { aps::cli::print(std::string(text)); });
    const auto phase = ops::find_phase(database, o.queue.run_id, o.phase_id);
    if (const std::string why = ops::reason_to_refuse(database, phase, o.force); !why.empty()) {
        std::fflush(stdout);
        std::fputs(why.c_str(), stderr);
        return 2;
    }
    o.queue.phase_timeout = std::chrono::seconds(o.timeout);
    o.queue.dual_auditor = !o.no_dual_auditor;
    const ops::interrupt_watch watch;
    ops::phase_drainer drainer(database, workspace, ops::queue_settings(database, where, o.queue, workspace));
    const auto result = drainer.drain(phase);
    drainer.settle();
    if (ops::interrupt_watch::requested()) return 130;
    if (!result)
        throw aps::error(
            {.code = "S426", .what_happened = "another drain has taken the phase", .advice = "let it finish"});
    aps::cli::print(ops::one_text(*result));
    return result->success ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Drains one phase. A FAILED phase is taken up again.");
    options o;
    add_options(app, o);
    return aps::cli::run_program(argc, argv, app, [&o] { return run(o); });
}
