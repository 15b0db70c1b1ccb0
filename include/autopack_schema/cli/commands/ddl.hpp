// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/options.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <CLI/CLI.hpp>

#include <string>

namespace autopack_schema::cli::commands {

/// What `ddl` can be told.
struct ddl_options {
    one_schema which{};
    bool if_not_exists = false;
    bool one_line = false;
    std::string output{};
};

namespace detail {

inline int run_ddl(session& s, const ddl_options& o) {
    const schema_source source = read_one_schema(s, o.which);
    s.deliver(o.output,
              sql::sqlite::ddl(source.schema.view(), {.one_line = o.one_line, .if_not_exists = o.if_not_exists}));
    return 0;
}

} // namespace detail

/// Adds `ddl`.
inline void add_ddl(CLI::App& app, session& s) {
    const auto add = [&s](CLI::App& c, ddl_options& o) {
        add_one_schema(c, s, o.which);
        c.add_flag("--if-not-exists", o.if_not_exists, "leave alone what is there");
        c.add_flag("--one-line", o.one_line, "a table in one line");
        add_output(c, o.output);
        c.footer(R"(Parents come before the tables that refer to them.

Examples:
  %program% ddl --schema %schema%
  %program% ddl --schema %schema% --version %older% | sqlite3 old.db
  %program% ddl --from schema.lock.json)");
    };
    add_command<ddl_options>(app, s, "ddl", "print a schema as SQL statements", add, detail::run_ddl).group("Write");
}

} // namespace autopack_schema::cli::commands
