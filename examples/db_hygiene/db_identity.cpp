// SPDX-License-Identifier: MIT
// Which database is this, and what is in it: DATABASE_URL=sqlite:///autopack.db db_identity
//
// Nothing is changed. Exit code 0, or 1 where the database has no runs and phases tables or cannot be read.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/ops/db_identity.hpp>

namespace aps = autopack_schema;

int main(int argc, char** argv) {
    CLI::App app("Says which database DATABASE_URL names, and counts what is in it.");
    return aps::cli::run_program(argc, argv, app, [] {
        const auto where = aps::db::url_from_environment();
        auto database = aps::sqlite::connection::open(where, {.mode = aps::sqlite::open_mode::read_only});
        aps::cli::print(to_text(aps::ops::read_identity(database, where)));
        aps::cli::print(to_text(aps::ops::read_phase_states(database)) + "\n");
        try {
            aps::cli::print(to_text(aps::ops::read_telemetry_statistics(database)));
        } catch (const aps::error& problem) { // files from before the telemetry are databases too
            aps::cli::print("Telemetry Statistics: not there: " + problem.info().what_happened + ": " +
                            problem.info().table + "\n");
        }
        return 0;
    });
}
