// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/files.hpp>
#include <autopack_schema/cli/options.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema/migrate/allowance.hpp>
#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/migrate/plan_json.hpp>
#include <autopack_schema/migrate/run_options.hpp>
#include <autopack_schema/migrate/sqlite/detail/way_back.hpp>
#include <autopack_schema/migrate/sqlite/history.hpp>
#include <autopack_schema/model/items.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
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

/// --allow
inline void add_allow(CLI::App& command, target_choice& choice) {
    command
        .add_option("--allow", choice.allow,
                    "what may be lost, by name: 'drop table T', 'drop column T.C', 'drop index I', 'drop view V', "
                    "'drop trigger G', 'lossy T.C', 'keep column T.C', 'orphans T.C'; can be repeated")
        ->type_name("WHAT")
        ->expected(1)
        ->take_all();
}

/// --schema, --database, --to, --against, --allow and --exact
inline void add_target(CLI::App& command, session& s, target_choice& choice) {
    add_schema(command, s);
    add_database(command, s);
    command.add_option("--to", choice.to, "a version of the schema; the current one where it is left out")
        ->type_name("VERSION");
    command.add_option("--against", choice.against, "any schema instead of a version: FILE.sql, LOCK.json or a URL")
        ->type_name("SOURCE");
    add_allow(command, choice);
    command.add_flag("--exact", choice.exact,
                     "also change what means the same: order of columns, spelling of types, names of constraints");
}

/// Where a migration leads, and by which migrations.
struct destination {
    schema_source source{};
    model::items<migrate::migration_view> chain{};
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

/// Reads the plan of --plan; where nothing else is said it leads to the plan's own version, with the plan's allowances.
/// errors: S453 no such file, S389 no plan
inline std::optional<migrate::plan> read_plan(const std::string& path, target_choice& target) {
    if (path.empty()) return std::nullopt;
    migrate::plan plan = migrate::plan_from_json(read_file(path));
    if (target.to.empty() && target.against.empty()) target.to = plan.version;
    target.allow.insert(target.allow.end(), plan.allowances.begin(), plan.allowances.end());
    return plan;
}

/// Tells whether a database is at a newer version than the one it is to be brought to.
inline bool is_newer(sqlite::connection& database, const destination& d) {
    if (d.pack == nullptr || d.pack->migrations.empty()) return false;
    const model::snapshot live = inspect(database);
    return migrate::sqlite::detail::count_applied(live.view(), d.pack->migrations,
                                                  migrate::sqlite::read_history(database)) > d.version;
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
