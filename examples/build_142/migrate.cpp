// SPDX-License-Identifier: MIT
// Keeps what the provider was asked for beside what the estimator wanted: DATABASE_URL=sqlite:///autopack.db migrate_build_142
//
// Exit code 0: done, also where there was nothing to do; 1: an error, and nothing was changed. A backup is made before the first change.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/ops/build_142.hpp>

#include <string>

namespace aps = autopack_schema;

int main(int argc, char** argv) {
    CLI::App app("Adds actual_max_tokens to token_estimation_v2_events and fills it from selected_budget (BUILD-142).");
    bool create = false;
    bool no_backup = false;
    aps::migrate::run_options options;
    app.add_flag("--create", create, "make the database if the file is missing");
    auto* none = app.add_flag("--no-backup", no_backup, "make no backup");
    app.add_option("--backup", options.backup_path, "where the backup goes; beside the database where nothing is said")
        ->excludes(none);
    return aps::cli::run_program(argc, argv, app, [&] {
        const auto mode = create ? aps::sqlite::open_mode::create : aps::sqlite::open_mode::read_write;
        auto database = aps::sqlite::connection::open(aps::db::url_from_environment(), {.mode = mode});
        if (no_backup) options.backup = aps::migrate::backup_policy::none;
        aps::cli::print(to_text(aps::ops::build_142::migrate(database, options)));
        return 0;
    });
}
