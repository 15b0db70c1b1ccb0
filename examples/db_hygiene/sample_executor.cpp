// SPDX-License-Identifier: MIT
// An executor without a model, to rehearse with: completes the phase RUN_ID / PHASE_ID of DATABASE_URL and records telemetry where
// TELEMETRY_DB_ENABLED says so. What it records depends on the phase alone.
//
//   drain_queued --run-id telemetry-collection-v4 --executor sample_executor
//   batch_drain --executor 'sample_executor --state FAILED --reason PATCH_FAILED --exit-code 1'
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/define/enum_name.hpp>
#include <autopack_schema/ops/sample_executor.hpp>
#include <autopack_schema/schemas/autopack/states.hpp>

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace aps = autopack_schema;

namespace {

struct options {
    aps::ops::sample_work work{};
    std::string state = "COMPLETE";
    std::string reason{};
    std::string out{};
    std::string err{};
    int exit_code = 0;
    double sleep_before = 0;
    double sleep_after = 0;
    bool do_nothing = false;
};

std::string from_environment(const char* name) {
    const char* const value = std::getenv(name);
    if (value != nullptr && *value != '\0') return value;
    throw aps::error({.code = "S428",
                      .what_happened = std::string(name) + " is not set",
                      .advice = "executors are started by a drain"});
}

void add_options(CLI::App& app, options& o) {
    app.add_option("--events", o.work.events, "calls of a model to record (default 3)")->check(CLI::Range(0, 10'000));
    app.add_option("--state", o.state, "what to leave the phase as (default COMPLETE)")
        ->check(CLI::IsMember({"COMPLETE", "FAILED", "QUEUED", "EXECUTING", "GATE", "CI_RUNNING", "SKIPPED"}));
    app.add_option("--reason", o.reason, "why it failed");
    app.add_option("--stdout", o.out, "write this to standard output");
    app.add_option("--stderr", o.err, "write this to standard error");
    app.add_option("--exit-code", o.exit_code, "end with this")->check(CLI::Range(0, 255));
    app.add_option("--sleep", o.sleep_before, "wait so many seconds before the work");
    app.add_option("--sleep-after", o.sleep_after, "wait so many seconds behind it");
    app.add_flag("--do-nothing", o.do_nothing, "leave the database alone");
}

void sleep_for(double seconds) {
    if (seconds > 0) ::usleep(static_cast<useconds_t>(seconds * 1e6));
}

int run(options& o) {
    std::fputs(o.out.c_str(), stdout);
    std::fflush(stdout);
    std::fputs(o.err.c_str(), stderr);
    o.work.run_id = from_environment("RUN_ID");
    o.work.phase_id = from_environment("PHASE_ID");
    o.work.state = aps::enum_value<aps::schemas::autopack::phase_state>(o.state).value();
    if (!o.reason.empty()) o.work.reason = o.reason;
    sleep_for(o.sleep_before);
    if (!o.do_nothing) {
        auto database = aps::sqlite::connection::open(aps::db::url_from_environment());
        aps::ops::run_sample(database, o.work);
    }
    sleep_for(o.sleep_after);
    return o.exit_code;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Completes the phase RUN_ID / PHASE_ID of DATABASE_URL without a model, and records telemetry "
                 "deterministically.");
    options o;
    add_options(app, o);
    return aps::cli::run_program(argc, argv, app, [&o] { return run(o); });
}
