// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/generate.hpp>
#include <autopack_schema/cli/lock_file.hpp>
#include <autopack_schema/cli/options.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/cli/tidy.hpp>

#include <CLI/CLI.hpp>

#include <string>

namespace autopack_schema::cli::commands {

/// What `snapshot` can be told.
struct snapshot_options {
    one_schema which{};
    std::string output{};
    bool header = false;
    std::string name_space{};
};

namespace detail {

inline int run_snapshot(session& s, const snapshot_options& o) {
    const schema_source source = read_one_schema(s, o.which);
    model::snapshot tidy = without_bookkeeping(source.schema.view());
    drop_stored_sql(tidy);
    if (!o.header && !o.name_space.empty()) {
        throw error({.code = "S450",
                     .what_happened = "--namespace is for --header",
                     .advice = "leave it out, or say --header"});
    }
    const model::schema frozen = tidy.view();
    s.deliver(o.output, o.header ? generate::frozen_header(frozen, o.name_space) : lock_file::write(frozen));
    return 0;
}

} // namespace detail

/// Adds `snapshot`.
inline void add_snapshot(CLI::App& app, session& s) {
    const auto add = [&s](CLI::App& c, snapshot_options& o) {
        add_one_schema(c, s, o.which);
        c.add_flag("--header", o.header,
                   "a C++ header of plain values instead of JSON: the version that a migration begins at");
        c.add_option("--namespace", o.name_space, "of --header; SCHEMA::VERSION where it is left out")
            ->type_name("NAME");
        add_output(c, o.output);
        c.footer(
            R"(Writes a schema as JSON with one line per column, key and index, to be kept beside the code: `drift --against` and
`diff` read it without a C++ compiler.

Examples:
  %program% snapshot --schema %schema% --output schema.lock.json
  %program% snapshot --schema %schema% --header --output frozen.hpp
  %program% snapshot --database sqlite:///app.db > app.lock.json)");
    };
    add_command<snapshot_options>(app, s, "snapshot", "write a schema as a lock file", add, detail::run_snapshot)
        .group("Write");
}

} // namespace autopack_schema::cli::commands
