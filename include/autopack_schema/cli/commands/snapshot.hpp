// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/lock_file.hpp>
#include <autopack_schema/cli/options.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/cli/stored_sql.hpp>

#include <CLI/CLI.hpp>

#include <string>

namespace autopack_schema::cli::commands {

/// What `snapshot` can be told.
struct snapshot_options {
    one_schema which{};
    std::string output{};
};

namespace detail {

inline int run_snapshot(session& s, const snapshot_options& o) {
    schema_source source = read_one_schema(s, o.which);
    drop_stored_sql(source.schema);
    s.deliver(o.output, lock_file::write(source.schema.view()));
    return 0;
}

} // namespace detail

/// Adds `snapshot`.
inline void add_snapshot(CLI::App& app, session& s) {
    const auto add = [&s](CLI::App& c, snapshot_options& o) {
        add_one_schema(c, s, o.which);
        add_output(c, o.output);
        c.footer(
            R"(Writes a schema as JSON with one line per column, key and index, to be kept beside the code: `drift --against` and
`diff` read it without a C++ compiler.

Examples:
  %program% snapshot --schema autopack --output autopack.lock.json
  %program% snapshot --database sqlite:///app.db > app.lock.json)");
    };
    add_command<snapshot_options>(app, s, "snapshot", "write a schema as a lock file", add, detail::run_snapshot)
        .group("Write");
}

} // namespace autopack_schema::cli::commands
