// SPDX-License-Identifier: MIT
// Checks a database by the BUILD-142 runbook, step 3: DATABASE_URL=sqlite:///autopack.db verify_build_142
//
// Exit code 0: the column is there and every row has a value; 2: not so; 1: could not be checked. Nothing is changed.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/ops/build_142.hpp>

namespace aps = autopack_schema;

int main(int argc, char** argv) {
    CLI::App app("Verifies the BUILD-142 migration: column, population, sample values, criteria.");
    return aps::cli::run_program(argc, argv, app, [] {
        auto database =
            aps::sqlite::connection::open(aps::db::url_from_environment(), {.mode = aps::sqlite::open_mode::read_only});
        const auto found = aps::ops::build_142::verify(database);
        aps::cli::print(to_text(found));
        return found.met() ? 0 : 2;
    });
}
