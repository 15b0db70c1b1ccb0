// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/options.hpp>
#include <autopack_schema/cli/report_error.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/cli/working.hpp>
#include <autopack_schema/migrate/allowance.hpp>
#include <autopack_schema/migrate/plan_text.hpp>
#include <autopack_schema/migrate/run_options.hpp>
#include <autopack_schema/migrate/sqlite/history.hpp>
#include <autopack_schema/migrate/sqlite/run.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace autopack_schema::cli::commands {

/// What `migrate` can be told.
struct migrate_options {
    std::string to{};
    std::string against{};
    std::vector<std::string> allow{};
    backup_choice backup{};
    bool dry_run = false;
    bool create = false;
    bool compare_content = false;
    bool exact = false;
};

namespace detail {

/// Where a migration leads, and by which migrations.
struct destination {
    schema_source source{};
    std::span<const migrate::migration_view> chain{};
    const schema_pack* pack = nullptr; ///< nullptr: any schema
    std::size_t version = 0;           ///< position in the pack
};

inline destination find_destination(const session& s, const migrate_options& o) {
    destination d;
    if (!o.against.empty()) {
        if (!o.to.empty())
            throw error(
                {.code = "S450", .what_happened = "two targets are named", .advice = "say one of --to and --against"});
        d.source = s.source(o.against);
        return d;
    }
    d.pack = &s.pack();
    const model::schema& wanted = require_version(*d.pack, o.to);
    d.version = static_cast<std::size_t>(&wanted - d.pack->versions.data());
    d.source = cli::detail::source_from_pack(wanted);
    d.chain = d.pack->migrations.first(std::min(d.version, d.pack->migrations.size()));
    return d;
}

/// A database that is further than the target is not taken back: what only the newer version has would stay.
/// errors: S464
inline void refuse_downgrade(sqlite::connection& database, const destination& d) {
    const auto history = migrate::sqlite::read_history(database);
    if (history.empty() || d.pack == nullptr) return;
    for (std::size_t i = d.version + 1; i < d.pack->versions.size(); ++i) {
        if (!model::same_name(d.pack->versions[i].version, history.back().version)) continue;
        throw error({.code = "S464",
                     .what_happened = "the database is at " + history.back().version + ", which is newer than " +
                                      std::string(d.pack->versions[d.version].version),
                     .database = database.name(),
                     .advice = "restore the backup that was made before that migration: `restore`"});
    }
}

/// A file that is made only for the migration goes again when nothing came of it.
class new_file {
public:
    explicit new_file(const db::url& where) : path_(where.is_memory() ? "" : where.path) {
        std::error_code ignored;
        if (std::filesystem::exists(path_, ignored)) path_.clear();
    }
    new_file(const new_file&) = delete;
    new_file& operator=(const new_file&) = delete;
    ~new_file() {
        std::error_code ignored;
        if (!path_.empty() && std::filesystem::file_size(path_, ignored) == 0) std::filesystem::remove(path_, ignored);
    }

private:
    std::string path_;
};

inline migrate::run_options options_for(const session& s, const migrate_options& o, sqlite::connection& database) {
    migrate::run_options options;
    options.dry_run = o.dry_run;
    options.backup = o.backup.none ? migrate::backup_policy::none : migrate::backup_policy::make;
    options.backup_path = backup_path(o.backup, database.name());
    for (const std::string& text : o.allow) options.rules.push_back(migrate::parse_allowance(text));
    options.compare_content = o.compare_content;
    options.target.exact = o.exact;
    static_cast<void>(s);
    return options;
}

/// What was done, or would be.
inline void print_result(session& s, const migrate::run_result& done, const std::string& target, bool dry_run) {
    for (const std::string& m : done.messages) s.out.note("note: " + m + "\n");
    if (s.quiet && !dry_run) return;
    s.out.print(migrate::to_text(done.plan, dry_run));
    for (const migrate::blocker& b : done.blockers) s.out.print("in the way: " + migrate::to_text(b) + "\n");
    if (dry_run) {
        s.out.print("dry run: nothing was changed\n");
    } else if (!done.applied) {
        s.out.print("the database is at " + target + "\n");
    } else {
        const auto steps = static_cast<std::int64_t>(done.plan.steps.size());
        s.out.print("migrated to " + target + ": " + counted(steps, "step") + ", " + counted(done.rows, "row") +
                    " written\n");
        s.out.print(done.backup.empty() ? "no backup was made\n" : "backup: " + done.backup + "\n");
    }
}

/// Every blocker with its query, where the message of the error names them only.
inline int report_refusal(session& s, const migrate::refused& e) {
    std::string text =
        e.blockers().size() == 1 ? "" : std::to_string(e.blockers().size()) + " things stand in the way:\n";
    for (const migrate::blocker& b : e.blockers()) text += migrate::to_text(b) + "\n";
    text += "  database: " + e.info().database + "\nnothing was changed";
    report_error(s, text);
    return 1;
}

inline int run_migrate(session& s, const migrate_options& o) {
    const db::url where = s.url();
    const destination d = find_destination(s, o);
    const new_file made(where);
    const auto mode = o.create && !o.dry_run ? sqlite::open_mode::create : sqlite::open_mode::read_write;
    sqlite::connection database = sqlite::connection::open(where, {.mode = mode});
    refuse_downgrade(database, d);
    migrate::run_options options = options_for(s, o, database);
    const stop_on_signal stopper;
    options.stop = stopper.flag();
    progress bar(s.out);
    options.on_progress = show(bar);
    try {
        const migrate::run_result done = migrate::sqlite::run(database, d.source.schema.view(), d.chain, options);
        bar.clear();
        print_result(s, done, d.source.label, o.dry_run);
        return o.dry_run && !done.blockers.empty() ? 2 : 0;
    } catch (const migrate::refused& e) {
        bar.clear();
        return report_refusal(s, e);
    }
}

} // namespace detail

/// Adds `migrate`.
inline void add_migrate(CLI::App& app, session& s) {
    const auto add = [&s](CLI::App& c, migrate_options& o) {
        add_schema(c, s);
        add_database(c, s);
        c.add_flag("--dry-run", o.dry_run, "print the plan with its SQL, ask the rows, change nothing");
        add_backup(c, o.backup, "before the first change");
        c.add_option("--to", o.to, "a version of the schema; the current one where it is left out")
            ->type_name("VERSION");
        c.add_option("--against", o.against, "any schema instead of a version: FILE.sql, LOCK.json or a URL")
            ->type_name("SOURCE");
        c.add_option("--allow", o.allow,
                     "what may be lost, by name: 'drop table T', 'drop column T.C', 'drop index I', 'drop view V', "
                     "'drop trigger G', 'lossy T.C', 'keep column T.C', 'orphans T.C'; can be repeated")
            ->type_name("WHAT")
            ->expected(1)
            ->take_all();
        c.add_flag("--create", o.create, "make the database if it is missing");
        c.add_flag("--compare-content", o.compare_content, "compare every copied value, not only the number of rows");
        c.add_flag("--exact", o.exact,
                   "also change what means the same: order of columns, spelling of types, names of constraints");
        c.footer(
            R"(Plan, check of the rows, backup, all changes in one transaction, verification, history: after an error, a kill or
Ctrl-C the database is as before. Tables, columns, indexes, views and triggers that the schema does not know stay. A
second run has nothing to do and writes nothing.

Exit codes: 0 done or nothing to do, 2 dry run: rows stand in the way, 1 error (nothing was changed)

Examples:
  %program% migrate --schema %schema% --database sqlite:///app.db --dry-run
  %program% migrate -s %schema% -d sqlite:///app.db --backup /var/backups/
  %program% migrate -s %schema% -d sqlite:///app.db --to %older%
  %program% migrate -d sqlite:///app.db --against schema.sql --allow 'drop column users.fax')");
    };
    add_command<migrate_options>(app, s, "migrate", "bring a database to a version of its schema", add,
                                 detail::run_migrate)
        .group("Change");
}

} // namespace autopack_schema::cli::commands
