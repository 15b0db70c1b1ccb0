// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/diagram.hpp>
#include <autopack_schema/cli/options.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/cli/tidy.hpp>
#include <autopack_schema/drift/check.hpp>

#include <CLI/CLI.hpp>

#include <string>

namespace autopack_schema::cli::commands {

/// What `diagram` can be told.
struct diagram_options {
    one_schema which{};
    std::string format = "mermaid";
    std::string output{};
};

namespace detail {

/// A schema alone, or the expected one coloured by what the database has instead.
inline diagram::picture draw_asked(const session& s, const diagram_options& o) {
    const bool expected_named = !s.schema.empty() || !o.which.from.empty() || !o.which.version.empty();
    if (s.database.empty() || !expected_named)
        return diagram::draw(without_bookkeeping(read_one_schema(s, o.which).schema.view()).view());
    const schema_source live = cli::detail::source_from_database(s.database);
    const schema_source expected = o.which.from.empty()
                                       ? cli::detail::source_from_pack(require_version(s.pack(), o.which.version))
                                       : s.source(o.which.from);
    diagram::picture p = diagram::draw(expected.schema.view());
    diagram::add_drift(p, drift::check(expected.schema.view(), live.schema.view()), live.schema.view());
    return p;
}

inline int run_diagram(session& s, const diagram_options& o) {
    const diagram::picture p = draw_asked(s, o);
    if (o.format == "svg") {
        s.deliver(o.output, diagram::to_svg(p));
    } else {
        s.deliver(o.output, o.format == "dot" ? diagram::to_dot(p) : diagram::to_mermaid(p));
    }
    return 0;
}

} // namespace detail

/// Adds `diagram`.
inline void add_diagram(CLI::App& app, session& s) {
    const auto add = [&s](CLI::App& c, diagram_options& o) {
        add_one_schema(c, s, o.which);
        c.add_option("--format", o.format, "mermaid (default), dot or svg")
            ->check(CLI::IsMember({"mermaid", "dot", "svg"}))
            ->type_name("NAME");
        add_output(c, o.output);
        c.footer(
            R"(Draws tables, keys and relations. With a schema and a database: the schema, with the drift of the database coloured.

Examples:
  %program% diagram --schema %schema% --format svg --output schema.svg
  %program% diagram --database sqlite:///app.db > app.mmd
  %program% diagram --schema %schema% --database sqlite:///app.db --format svg -o drift.svg)");
    };
    add_command<diagram_options>(app, s, "diagram", "draw a schema: Mermaid, Graphviz or SVG", add, detail::run_diagram)
        .group("Write");
}

} // namespace autopack_schema::cli::commands
