// SPDX-License-Identifier: MIT
// Creates the run that collects telemetry: DATABASE_URL=sqlite:///autopack_telemetry_seed.db create_telemetry_run
//
// Exit code 0, or 1 where the run is there already or the tables are missing; then nothing is changed.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/ops/telemetry_seeding.hpp>

namespace aps = autopack_schema;

int main(int argc, char** argv) {
    CLI::App app("Creates the run telemetry-collection-v4 with ten simple, achievable phases.");
    return aps::cli::run_program(argc, argv, app, [] {
        auto database = aps::sqlite::connection::open(aps::db::url_from_environment());
        aps::ops::seeding::create_run(database, aps::timestamp::now());
        aps::cli::print(aps::ops::seeding::created_text());
        return 0;
    });
}
