// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/generate.hpp>
#include <autopack_schema/cli/options.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/cli/tidy.hpp>

#include <CLI/CLI.hpp>

#include <filesystem>
#include <string>

namespace autopack_schema::cli::commands {

/// What `generate` can be told.
struct generate_options {
    std::string from{};
    std::string name{};
    std::string name_space{};
    std::string output{};
};

namespace detail {

/// The name of a schema that has none: its file without folder and ending.
inline std::string schema_name_of(const std::string& label) {
    const std::string stem = std::filesystem::path(label).stem().string();
    return stem.empty() || stem == ":memory:" ? "database" : stem;
}

inline int run_generate(session& s, const generate_options& o) {
    if (!o.from.empty() && !s.database.empty()) {
        throw error(
            {.code = "S450", .what_happened = "more than one schema is named", .advice = "say --database or --from"});
    }
    schema_source source =
        o.from.empty() ? cli::detail::source_from_connection(open_to_read(s.url())) : s.source(o.from);
    const std::string name = o.name.empty() ? schema_name_of(source.label) : o.name;
    s.deliver(o.output, generate::header(without_bookkeeping(source.schema.view()).view(),
                                         {.name = name, .name_space = o.name_space, .origin = source.label}));
    return 0;
}

} // namespace detail

/// Adds `generate`.
inline void add_generate(CLI::App& app, session& s) {
    const auto add = [&s](CLI::App& c, generate_options& o) {
        add_database(c, s);
        c.add_option("--from", o.from, "a .sql file, a lock file or a URL instead of --database")->type_name("SOURCE");
        c.add_option("--name", o.name, "name of the schema; the file's where it is left out")->type_name("NAME");
        c.add_option("--namespace", o.name_space, "of the definitions; the schema's name where it is left out")
            ->type_name("NAME");
        add_output(c, o.output);
        c.footer(
            R"(Writes row structs, tables, constraints, indexes, views and triggers. Compiled and checked against the same database
they show no drift. Names that C++ does not have are changed and the database's given beside them.

Examples:
  %program% generate --database sqlite:///shop.db --output shop.hpp
  %program% generate --from schema.sql --namespace shop)");
    };
    add_command<generate_options>(app, s, "generate", "write C++ definitions for an existing database", add,
                                  detail::run_generate)
        .group("Write");
}

} // namespace autopack_schema::cli::commands
