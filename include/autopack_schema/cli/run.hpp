// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/commands/backup.hpp>
#include <autopack_schema/cli/commands/ddl.hpp>
#include <autopack_schema/cli/commands/diagram.hpp>
#include <autopack_schema/cli/commands/diff.hpp>
#include <autopack_schema/cli/commands/downgrade.hpp>
#include <autopack_schema/cli/commands/drift.hpp>
#include <autopack_schema/cli/commands/generate.hpp>
#include <autopack_schema/cli/commands/history.hpp>
#include <autopack_schema/cli/commands/lint.hpp>
#include <autopack_schema/cli/commands/migrate.hpp>
#include <autopack_schema/cli/commands/snapshot.hpp>
#include <autopack_schema/cli/commands/verify.hpp>
#include <autopack_schema/cli/pack.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/cli/usage.hpp>
#include <autopack_schema/version.hpp>

#include <CLI/CLI.hpp>

#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace autopack_schema::cli {

namespace detail {

inline void add_commands(CLI::App& app, session& s) {
    commands::add_drift(app, s);
    commands::add_diff(app, s);
    commands::add_verify(app, s);
    commands::add_history(app, s);
    commands::add_lint(app, s);
    commands::add_migrate(app, s);
    commands::add_downgrade(app, s);
    commands::add_baseline(app, s);
    commands::add_backup_command(app, s);
    commands::add_restore(app, s);
    commands::add_ddl(app, s);
    commands::add_snapshot(app, s);
    commands::add_generate(app, s);
    commands::add_diagram(app, s);
}

inline int run_session(session& s, int argc, const char* const* argv) {
    CLI::App app("Compares databases with the schema in the code, and migrates them.", s.program);
    app.set_version_flag("--version", s.program + " " + AUTOPACK_SCHEMA_VERSION, "print the version");
    app.require_subcommand(1);
    app.footer("`" + s.program +
               " COMMAND --help` shows the options of a command with examples.\n"
               "The database is named by --database or DATABASE_URL; there is no default.\n"
               "Exit code 1 is an error, also of usage; 0, 2 and 3 are answers, see the commands.");
    add_commands(app, s);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return report_parse_error(s, app, e);
    }
    s.out.set_quiet(s.quiet);
    s.out.set_color(s.color == "always"  ? color_when::always
                    : s.color == "never" ? color_when::never
                                         : color_when::automatic);
    s.config = read_config(s.config_file);
    return s.action(s);
}

} // namespace detail

/// Runs the command line over some schemas, as `main` does.
/// shape:  gives the exit code; nothing is thrown, errors are printed to standard error
inline int run(int argc, const char* const* argv, std::vector<schema_pack> packs) {
    session s;
    s.packs = std::move(packs);
    if (argc > 0) s.program = program_name(argv[0]);
    int code = 1;
    try {
        code = detail::run_session(s, argc, argv);
    } catch (const std::exception& e) {
        report_error(s, e.what());
        return 1;
    }
    if (s.out.flush()) return code;
    report_error(s, write_failure(s.out.failure()));
    return 1;
}

/// Runs the command line over one schema: `int main(int argc, char** argv) { return aps::cli::run(argc, argv, shop); }`
inline int run(int argc, const char* const* argv, const model::schema& schema) {
    return run(argc, argv, {pack(std::string(schema.name), schema)});
}

/// Runs the command line over one schema with its versions.
inline int run(int argc, const char* const* argv, schema_pack one) {
    std::vector<schema_pack> packs;
    packs.push_back(std::move(one));
    return run(argc, argv, std::move(packs));
}

} // namespace autopack_schema::cli
