// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/commands/migrate.hpp>
#include <autopack_schema/cli/migrating.hpp>
#include <autopack_schema/cli/options.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/migrate/sqlite/downgrade.hpp>

#include <CLI/CLI.hpp>

#include <optional>

namespace autopack_schema::cli::commands {

namespace detail {

inline int run_downgrade(session& s, const migrate_options& given) {
    const db::url where = s.url();
    migrate_options o = given;
    const std::optional<migrate::plan> plan = read_plan(o.plan_in, o.target);
    if (o.target.to.empty()) {
        throw error({.code = "S450",
                     .what_happened = "no version is named",
                     .advice = "say --to VERSION: " + list_of_versions(s.pack())});
    }
    const destination d = find_destination(s, o.target);
    sqlite::connection database = sqlite::connection::open(where, {.mode = sqlite::open_mode::read_write});
    migrate::run_options options = options_for(o, database);
    options.only = plan ? &*plan : nullptr;
    return carry_out(s, o, options, d.source.label, [&](const migrate::run_options& now) {
        return migrate::sqlite::downgrade(database, d.pack->migrations, d.source.schema.view(), now);
    });
}

} // namespace detail

/// Adds `downgrade`.
inline void add_downgrade(CLI::App& app, session& s) {
    const auto add = [&s](CLI::App& c, migrate_options& o) {
        add_schema(c, s);
        add_database(c, s);
        c.add_option("--to", o.target.to, "an older version of the schema")->type_name("VERSION");
        add_allow(c, o.target);
        add_running(c, o);
        c.footer(
            R"(Undoes the migrations behind the version, the last one first, in one transaction, each with a line in the history; with
the checks, the backup and the verification of `migrate`. Refused are migrations with a step that has no undo (S400) and
values that migrating up again would not give back (S401), unless --allow names them.

Exit codes: 0 done or nothing to do, 2 dry run: something stands in the way, 1 error (nothing was changed)

Examples:
  %program% downgrade --schema %schema% --database sqlite:///app.db --to %older% --dry-run
  %program% downgrade -s %schema% -d sqlite:///app.db --to %older% --backup /var/backups/)");
    };
    add_command<migrate_options>(app, s, "downgrade", "take a database back to an older version of its schema", add,
                                 detail::run_downgrade)
        .group("Change");
}

} // namespace autopack_schema::cli::commands
