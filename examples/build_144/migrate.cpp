// SPDX-License-Identifier: MIT
// Keeps total tokens, and splits only where they are known: DATABASE_URL=sqlite:///autopack.db migrate_build_144 upgrade
//
// Exit code 0: done, also where there was nothing to do; 1: an error, and nothing was changed. A backup is made before the first change.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/ops/build_144.hpp>

#include <string>
#include <vector>

namespace aps = autopack_schema;
namespace build_144 = aps::ops::build_144;

namespace {

struct options {
    std::string command;
    bool allow_loss = false;
    bool no_backup = false;
    aps::migrate::run_options run;
};

int run(options& o) {
    const auto where = aps::db::url_from_environment();
    if (o.command != "upgrade" && o.command != "downgrade") {
        aps::cli::print("Usage: migrate_build_144 [upgrade|downgrade]\n");
        return 1;
    }
    auto database = aps::sqlite::connection::open(where);
    if (o.no_backup) o.run.backup = aps::migrate::backup_policy::none;
    aps::cli::print(build_144::heading(where.masked(), o.command));
    if (o.command == "downgrade") {
        aps::cli::print(to_text(build_144::downgrade(database, o.allow_loss, o.run)));
        return 0;
    }
    const auto outcome = build_144::upgrade(database, o.run);
    aps::cli::print(
        to_text(outcome, outcome.table_exists ? build_144::verify(database).counts : build_144::row_counts{}));
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Adds total_tokens to llm_usage_events and lets the splits be NULL (BUILD-144), or takes the column "
                 "away again.");
    options o;
    std::vector<std::string> ignored;
    app.add_option("command", o.command, "upgrade or downgrade");
    app.add_option("more", ignored, "is not read")->group("");
    app.add_flag("--allow-loss", o.allow_loss, "downgrade: totals that no splits give back may go");
    auto* none = app.add_flag("--no-backup", o.no_backup, "make no backup");
    app.add_option("--backup", o.run.backup_path, "where the backup goes; beside the database where nothing is said")
        ->excludes(none);
    return aps::cli::run_program(argc, argv, app, [&o] { return run(o); });
}
