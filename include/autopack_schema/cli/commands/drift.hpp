// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/checking.hpp>
#include <autopack_schema/cli/options.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/detail/printable.hpp>
#include <autopack_schema/drift/check_database.hpp>
#include <autopack_schema/drift/second_opinion.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema/model/snapshot.hpp>

#include <CLI/CLI.hpp>

#include <string>

namespace autopack_schema::cli::commands {

/// What `drift` can be told.
struct drift_options {
    checking how{};
    std::string against{};
    std::string output{};
    bool debug = false;
};

namespace detail {

/// Asks SQLite for a second opinion; what only one of the two sees is a mistake of ours.
inline void print_second_opinion(session& s, const model::schema& expected, sqlite::connection& live,
                                 const drift::options& options) {
    const model::snapshot seen = inspect(live);
    const auto found = drift::second_opinion(expected, seen.view(), options);
    for (const drift::disagreement& d : found) {
        s.out.error("debug: only " + d.seen_by + " sees a difference in " + autopack_schema::detail::quoted(d.object) +
                    ": " + autopack_schema::detail::printable(d.detail) + '\n');
    }
    if (found.empty()) s.out.error("debug: SQLite's programs and the comparison agree on every table and view\n");
}

inline int run_drift(session& s, const drift_options& o) {
    const drift::options options = check_options(s, o.how);
    const std::string format = format_of(s, o.how);
    const std::string& named = o.against.empty() ? s.config.against : o.against;
    const db::url where = s.url();
    const schema_source expected = named.empty() ? cli::detail::source_from_pack(s.pack().current()) : s.source(named);
    sqlite::connection live = open_to_read(where);
    const drift::report found = drift::check(expected.schema.view(), live, options);
    if (o.debug) print_second_opinion(s, expected.schema.view(), live, options);
    const bool to_file = !o.output.empty();
    if (s.quiet && format == "text" && !to_file) return found.exit_code();
    s.deliver(o.output, write_report(found, format, report_style(s, to_file)));
    return found.exit_code();
}

} // namespace detail

/// Adds `drift`.
inline void add_drift(CLI::App& app, session& s) {
    const auto add = [&s](CLI::App& c, drift_options& o) {
        add_schema(c, s);
        add_database(c, s);
        c.add_option("--against", o.against,
                     "what to expect instead of the current version: FILE.sql, LOCK.json, URL or VERSION")
            ->type_name("SOURCE");
        add_checking(c, o.how, {"text", "json", "junit", "sarif", "github", "markdown"});
        c.add_option("--fail-on", o.how.fail_on,
                     "the least severity that is drift: breaking, semantic (default), performance, extra or cosmetic")
            ->type_name("LEVEL");
        c.add_flag(
            "--debug", o.debug,
            "also compare the programs that SQLite makes of both schemas, and tell who is alone with a difference");
        add_output(c, o.output);
        add_config(c, s);
        c.footer(R"(Reads the database and changes not a byte of it.

Exit codes: 0 nothing at --fail-on or worse, 2 drift, 3 something could not be compared, 1 error

Examples:
  %program% drift --schema %schema% --database sqlite:///app.db
  %program% drift -s %schema% -d sqlite:////srv/run.db --fail-on breaking --format json
  %program% drift -d sqlite:///app.db --against schema.sql --ignore 'table:tmp_*'
  %program% drift -d sqlite:///app.db --against schema.lock.json --policy column-order=off)");
    };
    add_command<drift_options>(app, s, "drift", "compare a live database with what the code expects", add,
                               detail::run_drift)
        .group("Compare");
}

} // namespace autopack_schema::cli::commands
