// SPDX-License-Identifier: MIT
// Checks a database by the BUILD-144 runbook, step 3: DATABASE_URL=sqlite:///autopack.db verify_build_144
//
// Exit code 0: every criterion is met; 2: not every one; 1: could not be checked. Nothing is changed.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/ops/build_144.hpp>

#include <string>

namespace aps = autopack_schema;

int main(int argc, char** argv) {
    CLI::App app("Verifies the BUILD-144 migration: columns, population, sample values, criteria.");
    std::string url;
    app.add_option("url,--database", url, "the database; what DATABASE_URL names where nothing is said");
    return aps::cli::run_program(argc, argv, app, [&url] {
        const auto where = url.empty() ? aps::db::url_from_environment() : aps::db::url::parse(url);
        auto database = aps::sqlite::connection::open(where, {.mode = aps::sqlite::open_mode::read_only});
        const auto found = aps::ops::build_144::verify(database);
        aps::cli::print(aps::ops::build_144::to_text(found));
        return found.met() ? 0 : 2;
    });
}
