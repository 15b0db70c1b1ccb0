// SPDX-License-Identifier: MIT
// Prints the verification summary of BUILD-129: DATABASE_URL=sqlite:///autopack.db verify_p0_fixes
//
// Exit code 0: everything holds; 2: not everything; 1: could not be checked. Nothing is changed.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/ops/build_129.hpp>

#include <algorithm>

namespace aps = autopack_schema;

int main(int argc, char** argv) {
    CLI::App app("Verifies what BUILD-129 fixed: foreign key, metrics, replay, complexity, regressions, export.");
    return aps::cli::run_program(argc, argv, app, [] {
        auto database =
            aps::sqlite::connection::open(aps::db::url_from_environment(), {.mode = aps::sqlite::open_mode::read_only});
        const auto found = aps::ops::build_129::verify_p0_fixes(database);
        aps::cli::print(aps::ops::build_129::to_text(found));
        return std::all_of(found.begin(), found.end(), [](const auto& c) { return c.holds; }) ? 0 : 2;
    });
}
