// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/checking.hpp>
#include <autopack_schema/cli/options.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/db/sqlite/integrity.hpp>
#include <autopack_schema/detail/printable.hpp>
#include <autopack_schema/drift/check_database.hpp>
#include <autopack_schema/drift/detail/summary.hpp>

#include <CLI/CLI.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::cli::commands {

/// What `verify` can be told.
struct verify_options {
    std::string against{};
    std::string fail_on{};
    std::vector<std::string> ignore{};
    std::vector<std::string> policies{};
};

namespace detail {

/// One question and its answer.
struct verdict {
    std::string what{};
    bool met = false;
    std::vector<std::string> lines{};
};

inline verdict verify_file(sqlite::connection& database) {
    const sqlite::integrity_report found = sqlite::check_integrity(database);
    verdict v{"the file is sound (integrity_check)", found.is_sound(), found.damage};
    v.lines.insert(v.lines.end(), found.violations.begin(), found.violations.end());
    v.met = v.lines.empty();
    return v;
}

inline verdict verify_references(sqlite::connection& database) {
    std::map<std::pair<std::string, std::string>, std::int64_t> orphans;
    sqlite::statement rows = database.prepare("PRAGMA foreign_key_check");
    while (rows.step()) ++orphans[{std::string(rows.column_text(0)), std::string(rows.column_text(2))}];
    verdict v{"every foreign key finds its row (foreign_key_check)", orphans.empty(), {}};
    for (const auto& [tables, count] : orphans) {
        v.lines.push_back(autopack_schema::detail::quoted(tables.first) + ": " + std::to_string(count) +
                          (count == 1 ? " row refers" : " rows refer") + " to nothing in " +
                          autopack_schema::detail::quoted(tables.second));
    }
    return v;
}

inline verdict verify_drift(sqlite::connection& database, const model::schema& expected,
                            const drift::options& options) {
    const drift::report found = drift::check(expected, database, options);
    verdict v{
        "no drift at '" + std::string(drift::name_of(options.fail_on)) + "' or worse", found.exit_code() == 0, {}};
    if (!found.findings.empty())
        v.lines.push_back(drift::detail::severity_summary(found) + (v.met ? "" : "; see `drift`"));
    for (const drift::not_compared& n : found.not_compared)
        v.lines.push_back("not compared: " + n.kind + " " + autopack_schema::detail::quoted(n.object));
    return v;
}

inline std::string text_of(const verdict& v) {
    std::string text = (v.met ? "✅ met      " : "❌ not met  ") + v.what + "\n";
    for (const std::string& line : v.lines) text += "             " + autopack_schema::detail::printable(line) + "\n";
    return text;
}

inline int run_verify(session& s, const verify_options& o) {
    checking how;
    how.fail_on = o.fail_on;
    how.ignore = o.ignore;
    how.policies = o.policies;
    const drift::options options = check_options(s, how);
    sqlite::connection database = open_to_read(s.url());
    const schema_pack* const pack = o.against.empty() ? &s.pack() : nullptr;
    const schema_source expected =
        pack == nullptr ? s.source(o.against) : cli::detail::source_from_pack(pack->current());
    std::string text =
        "database  " + autopack_schema::detail::printable(database.name()) + "\nschema    " + expected.label + "\n\n";
    bool met = true;
    for (const verdict& v : {verify_file(database), verify_references(database),
                             verify_drift(database, expected.schema.view(), options)}) {
        text += text_of(v);
        met = met && v.met;
    }
    if (pack != nullptr && pack->verify != nullptr) {
        text += "\n";
        met = pack->verify(database, text) && met;
    }
    if (!s.quiet) s.out.print(text);
    return met ? 0 : 2;
}

} // namespace detail

/// Adds `verify`.
inline void add_verify(CLI::App& app, session& s) {
    const auto add = [&s](CLI::App& c, verify_options& o) {
        add_schema(c, s);
        add_database(c, s);
        c.add_option("--against", o.against,
                     "what to expect instead of the current version: FILE.sql, LOCK.json, URL or VERSION")
            ->type_name("SOURCE");
        c.add_option("--fail-on", o.fail_on, "the least severity of drift that counts")->type_name("LEVEL");
        c.add_option("--ignore", o.ignore, "leave out objects of the drift check; can be repeated")
            ->type_name("PATTERN")
            ->expected(1)
            ->take_all();
        c.add_option("--policy", o.policies, "as in `drift`; can be repeated")
            ->type_name("NAME=WORD")
            ->expected(1)
            ->take_all();
        add_config(c, s);
        c.footer(
            R"(Asks the whole database: is the file sound, does every foreign key find its row, is the schema as expected. What
a schema wants to be verified beside that follows: for `autopack` the criteria of the BUILD-144 runbook. Reads only.

Exit codes: 0 all met, 2 something is not met, 1 error

Example:
  %program% verify --schema %schema% --database sqlite:///app.db)");
    };
    add_command<verify_options>(app, s, "verify", "check a database as a whole: file, references, schema, criteria",
                                add, detail::run_verify)
        .group("Compare");
}

} // namespace autopack_schema::cli::commands
