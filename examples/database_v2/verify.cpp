// SPDX-License-Identifier: MIT
// Checks the migration to version 2 by its runbook: DATABASE_URL=sqlite:///metadata/runs.db verify_database_v2
//
// Exit code 0: all is as documented; 2: not all; 1: could not be checked. Nothing is changed.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/ops/metadata_store.hpp>

namespace aps = autopack_schema;

int main(int argc, char** argv) {
    CLI::App app(
        "Checks the metadata of runs: 27 columns, the runs of version 2, and those of version 1 in the archive.");
    return aps::cli::run_program(argc, argv, app, [] {
        const auto found = aps::ops::verify_v2(aps::db::url_from_environment().path);
        aps::cli::print(to_text(found));
        return found.met() ? 0 : 2;
    });
}
