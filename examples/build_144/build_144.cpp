// SPDX-License-Identifier: MIT
// The main job as a program of one's own: drift, migration, verification, and nothing left to do. It works in memory; on a
// file the migration would make a backup first.

#include <autopack_schema/drift/check_database.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/sqlite/run.hpp>
#include <autopack_schema/ops/build_144.hpp>
#include <autopack_schema/schemas/autopack.hpp>

#include <cstdio>

namespace aps = autopack_schema;
namespace autopack = aps::schemas::autopack;

namespace {

void print_drift(aps::sqlite::connection& database) {
    const aps::drift::report report = aps::drift::check(autopack::current, database);
    for (const aps::drift::finding& f : report.findings) {
        if (f.table == "llm_usage_events") std::printf("  %-16s %s\n", f.kind.c_str(), f.object.c_str());
    }
    std::printf("  %zu differences in all, exit code %d\n", report.findings.size(), report.exit_code());
}

} // namespace

int main() try {
    auto database = aps::sqlite::connection::memory();
    aps::ops::build_144::fill_demo(database);

    std::puts("drift:");
    print_drift(database);

    aps::migrate::run_options options;
    options.backup = aps::migrate::backup_policy::none;
    const auto first = aps::migrate::sqlite::run(database, autopack::current, autopack::migrations, options);
    std::printf("\nmigrated: %zu steps, %lld rows\n", first.plan.steps.size(), static_cast<long long>(first.rows));

    std::puts("\ndrift:");
    print_drift(database);

    std::puts("");
    std::fputs(aps::ops::build_144::to_text(aps::ops::build_144::verify(database)).c_str(), stdout);

    const auto second = aps::migrate::sqlite::run(database, autopack::current, autopack::migrations, options);
    std::puts(second.applied ? "\na second run changed something" : "\na second run changes nothing");
} catch (const aps::error& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
}
