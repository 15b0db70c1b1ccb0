// SPDX-License-Identifier: MIT
// Goes back to version 1 by the runbook: DATABASE_URL=sqlite:///metadata/runs.db rollback_database_v2
//
// Exit code 0; 1: an error, and the database is as before.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/ops/metadata_store.hpp>

#include <filesystem>
#include <string>

namespace aps = autopack_schema;

int main(int argc, char** argv) {
    CLI::App app("Keeps the version 2 database as a backup and puts the archived version 1 in its place.");
    return aps::cli::run_program(argc, argv, app, [] {
        const auto done = aps::ops::rollback_to_v1(std::filesystem::absolute(aps::db::url_from_environment().path));
        aps::cli::print("1. The v2 database is kept: " + done.backup.string() + "\n");
        aps::cli::print("2. The v1 database is restored: " + std::to_string(done.v1_runs) + " runs\n");
        aps::cli::print("WARNING: " + std::to_string(done.v2_runs) + " v2 runs are in the backup only.\n");
        return 0;
    });
}
