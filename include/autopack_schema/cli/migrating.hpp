// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/options.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/migrate/allowance.hpp>
#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/migrate/run_options.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace autopack_schema::cli {

/// Where a migration leads, as it is said on the command line.
struct target_choice {
    std::string to{};
    std::string against{};
    std::vector<std::string> allow{};
    bool exact = false;
};

/// --schema, --database, --to, --against, --allow and --exact
inline void add_target(CLI::App& command, session& s, target_choice& choice) {
    add_schema(command, s);
    add_database(command, s);
    command.add_option("--to", choice.to, "a version of the schema; the current one where it is left out")
        ->type_name("VERSION");
    command.add_option("--against", choice.against, "any schema instead of a version: FILE.sql, LOCK.json or a URL")
        ->type_name("SOURCE");
    command
        .add_option("--allow", choice.allow,
                    "what may be lost, by name: 'drop table T', 'drop column T.C', 'drop index I', 'drop view V', "
                    "'drop trigger G', 'lossy T.C', 'keep column T.C', 'orphans T.C'; can be repeated")
        ->type_name("WHAT")
        ->expected(1)
        ->take_all();
    command.add_flag("--exact", choice.exact,
                     "also change what means the same: order of columns, spelling of types, names of constraints");
}

/// Where a migration leads, and by which migrations.
struct destination {
    schema_source source{};
    std::span<const migrate::migration_view> chain{};
    const schema_pack* pack = nullptr; ///< nullptr: any schema
    std::size_t version = 0;           ///< position in the pack
};

/// Reads where a migration leads.
/// errors: S450 two targets, S461 no such version, those of reading a schema
inline destination find_destination(const session& s, const target_choice& choice) {
    destination d;
    if (!choice.against.empty()) {
        if (!choice.to.empty())
            throw error(
                {.code = "S450", .what_happened = "two targets are named", .advice = "say one of --to and --against"});
        d.source = s.source(choice.against);
        return d;
    }
    d.pack = &s.pack();
    const model::schema& wanted = require_version(*d.pack, choice.to);
    d.version = static_cast<std::size_t>(&wanted - d.pack->versions.data());
    d.source = detail::source_from_pack(wanted);
    d.chain = d.pack->migrations.first(std::min(d.version, d.pack->migrations.size()));
    return d;
}

/// The options of a run that the target says; the allowances refer to the texts of the choice.
/// errors: S397 an allowance is not understood
inline migrate::run_options run_options_for(const target_choice& choice) {
    migrate::run_options options;
    for (const std::string& text : choice.allow) options.rules.push_back(migrate::parse_allowance(text));
    options.target.exact = choice.exact;
    return options;
}

} // namespace autopack_schema::cli
