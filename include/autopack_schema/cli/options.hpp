// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/session.hpp>

#include <CLI/CLI.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::cli {

/// Adds a command with its options and what it does.
/// shape: `add(command, options)` declares the options, `run(session, options)` gives the exit code
template <class Options, class Add>
CLI::App& add_command(CLI::App& app, session& s, const std::string& name, const std::string& what, Add add,
                      int (*run)(session&, const Options&)) {
    CLI::App* const command = app.add_subcommand(name, what);
    command->set_help_flag("-h,--help", "this help");
    const auto options = std::make_shared<Options>();
    add(*command, *options);
    command->add_flag("-q,--quiet", s.quiet, "errors only: no progress, no notes, no text report");
    command->add_option("--color", s.color, "auto (on a terminal, and not with NO_COLOR), always or never")
        ->check(CLI::IsMember({"auto", "always", "never"}))
        ->type_name("WHEN");
    command->callback([&s, options, run] { s.action = [options, run](session& now) { return run(now, *options); }; });
    return *command;
}

/// --schema
inline void add_schema(CLI::App& command, session& s) {
    std::vector<std::string> names;
    for (const schema_pack& p : s.packs) names.push_back(p.name);
    command.add_option("-s,--schema", s.schema, "the schema: " + enumerated(names))->type_name("NAME");
}

/// --database
inline void add_database(CLI::App& command, session& s,
                         const std::string& what = "the database; DATABASE_URL where it is left out") {
    command.add_option("-d,--database", s.database, what)->type_name("URL");
}

/// --config
inline void add_config(CLI::App& command, session& s) {
    command
        .add_option("--config", s.config_file,
                    "configuration; .autopack-schema.json of the current directory where it is left out")
        ->type_name("FILE");
}

/// --output
inline void add_output(CLI::App& command, std::string& path) {
    command.add_option("-o,--output", path, "write to a file instead of standard output")->type_name("FILE");
}

/// What commands that print a schema can be given: one of --schema with --version, --database, --from.
struct one_schema {
    std::string version{};
    std::string from{};
};

/// --schema, --version, --database and --from
inline void add_one_schema(CLI::App& command, session& s, one_schema& which) {
    add_schema(command, s);
    command.add_option("--version", which.version, "a version of the schema; the current one where it is left out")
        ->type_name("VERSION");
    add_database(command, s, "a live database instead of --schema");
    command.add_option("--from", which.from, "a .sql file, a lock file, a URL or SCHEMA@VERSION instead of --schema")
        ->type_name("SOURCE");
}

/// Reads the schema that was asked for.
/// errors: S450 more than one; those of reading
inline schema_source read_one_schema(const session& s, const one_schema& which) {
    const bool several = (!s.database.empty() && !which.from.empty()) ||
                         (!which.version.empty() && !(s.database.empty() && which.from.empty()));
    if (several) {
        throw error({.code = "S450",
                     .what_happened = "more than one schema is named",
                     .advice = "say one of --schema, --database and --from"});
    }
    if (!which.from.empty()) return s.source(which.from);
    if (!s.database.empty()) return detail::source_from_database(s.database);
    return detail::source_from_pack(require_version(s.pack(), which.version));
}

} // namespace autopack_schema::cli
