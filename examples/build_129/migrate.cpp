// SPDX-License-Identifier: MIT
// The SQL migrations 003 and 004 of BUILD-129: DATABASE_URL=sqlite:///autopack.db migrate_build_129
//
// Exit code 0: done, also where there was nothing to do; 1: an error, and nothing was changed. Rows with complexity 'critical' are an
// error unless --map-critical says what they become.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/ops/build_129.hpp>

#include <optional>
#include <string>

namespace aps = autopack_schema;

int main(int argc, char** argv) {
    CLI::App app("Applies the SQL migrations 003 (composite foreign key) and 004 (complexity 'maintenance') without "
                 "losing indexes or rows.");
    std::optional<std::string> critical;
    bool no_backup = false;
    aps::migrate::run_options options;
    app.add_option("--map-critical", critical, "what rows with complexity 'critical' become")
        ->check(CLI::IsMember({"low", "medium", "high", "maintenance"}));
    auto* none = app.add_flag("--no-backup", no_backup, "make no backup");
    app.add_option("--backup", options.backup_path, "where the backup goes; beside the database where nothing is said")
        ->excludes(none);
    return aps::cli::run_program(argc, argv, app, [&] {
        auto database = aps::sqlite::connection::open(aps::db::url_from_environment());
        if (no_backup) options.backup = aps::migrate::backup_policy::none;
        aps::cli::print(to_text(aps::ops::build_129::migrate(database, critical, options)));
        return 0;
    });
}
