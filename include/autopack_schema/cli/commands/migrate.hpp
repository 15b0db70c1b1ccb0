// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/files.hpp>
#include <autopack_schema/cli/migrating.hpp>
#include <autopack_schema/cli/options.hpp>
#include <autopack_schema/cli/report_error.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/cli/working.hpp>
#include <autopack_schema/migrate/plan_json.hpp>
#include <autopack_schema/migrate/plan_text.hpp>
#include <autopack_schema/migrate/run_options.hpp>
#include <autopack_schema/migrate/sqlite/history.hpp>
#include <autopack_schema/migrate/sqlite/run.hpp>

#include <CLI/CLI.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace autopack_schema::cli::commands {

/// What `migrate` can be told.
struct migrate_options {
    target_choice target{};
    backup_choice backup{};
    std::string plan_out{};
    std::string plan_in{};
    bool dry_run = false;
    bool create = false;
    bool compare_content = false;
    std::int64_t batch_rows = 0;
};

namespace detail {

/// Taking back is said in so many words.
/// errors: S464
inline void refuse_downgrade(sqlite::connection& database, const destination& d) {
    if (!is_newer(database, d)) return;
    const std::string version(d.pack->versions[d.version].version);
    throw error({.code = "S464",
                 .what_happened = "the database is newer than " + version,
                 .database = database.name(),
                 .advice = "take it back with `downgrade --to " + version + "`, or restore the backup"});
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

inline migrate::run_options options_for(const migrate_options& o, sqlite::connection& database) {
    migrate::run_options options = run_options_for(o.target);
    options.dry_run = o.dry_run || !o.plan_out.empty();
    options.backup = o.backup.none ? migrate::backup_policy::none : migrate::backup_policy::make;
    options.backup_path = backup_path(o.backup, database.name());
    options.compare_content = o.compare_content;
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

/// Runs a migration with its progress and its messages. `run(options)` does it.
template <class Run>
int carry_out(session& s, const migrate_options& o, migrate::run_options options, const std::string& target,
              Run&& run) {
    const stop_on_signal stopper;
    options.stop = stopper.flag();
    progress bar(s.out);
    options.on_progress = show(bar);
    try {
        const migrate::run_result done = run(options);
        bar.clear();
        print_result(s, done, target, options.dry_run);
        if (!o.plan_out.empty()) s.deliver(o.plan_out, migrate::to_json(done.plan) + "\n");
        return options.dry_run && !done.blockers.empty() ? 2 : 0;
    } catch (const migrate::refused& e) {
        bar.clear();
        return report_refusal(s, e);
    }
}

inline int run_migrate(session& s, const migrate_options& given) {
    const db::url where = s.url();
    migrate_options o = given;
    const std::optional<migrate::plan> plan = read_plan(o.plan_in, o.target);
    const destination d = find_destination(s, o.target);
    const new_file made(where);
    const auto mode =
        o.create && !o.dry_run && o.plan_out.empty() ? sqlite::open_mode::create : sqlite::open_mode::read_write;
    sqlite::connection database = sqlite::connection::open(where, {.mode = mode});
    refuse_downgrade(database, d);
    migrate::run_options options = options_for(o, database);
    options.only = plan ? &*plan : nullptr;
    options.batch_rows = o.batch_rows;
    return carry_out(s, o, options, d.source.label, [&](const migrate::run_options& now) {
        return migrate::sqlite::run(database, d.source.schema.view(), d.chain, now);
    });
}

} // namespace detail

/// --dry-run, --plan-out, --plan, --backup, --no-backup and --compare-content
inline void add_running(CLI::App& c, migrate_options& o) {
    c.add_flag("--dry-run", o.dry_run, "print the plan with its SQL, ask the rows, change nothing");
    c.add_option("--plan-out", o.plan_out, "a dry run that also writes the plan as JSON")->type_name("FILE");
    c.add_option("--plan", o.plan_in,
                 "carry out this plan, or refuse when the schema or the definitions have changed since")
        ->type_name("FILE");
    add_backup(c, o.backup, "before the first change");
    c.add_flag("--compare-content", o.compare_content, "compare every copied value, not only the number of rows");
}

/// Adds `migrate`.
inline void add_migrate(CLI::App& app, session& s) {
    const auto add = [&s](CLI::App& c, migrate_options& o) {
        add_target(c, s, o.target);
        add_running(c, o);
        c.add_flag("--create", o.create, "make the database if it is missing");
        c.add_option("--batch-rows", o.batch_rows,
                     "fill columns in transactions of so many rows: others can write in between, a kill loses one")
            ->check(CLI::PositiveNumber)
            ->type_name("N");
        c.footer(
            R"(Plan, check of the rows, backup, all changes in one transaction, verification, history: after an error, a kill or
Ctrl-C the database is as before. Tables, columns, indexes, views and triggers that the schema does not know stay. A
second run has nothing to do and writes nothing.

Exit codes: 0 done or nothing to do, 2 dry run: rows stand in the way, 1 error (nothing was changed)

Examples:
  %program% migrate --schema %schema% --database sqlite:///app.db --dry-run
  %program% migrate -s %schema% -d sqlite:///app.db --backup /var/backups/
  %program% migrate -s %schema% -d sqlite:///app.db --to %older%
  %program% migrate -s %schema% -d sqlite:///app.db --plan-out plan.json
  %program% migrate -s %schema% -d sqlite:///app.db --plan plan.json
  %program% migrate -s %schema% -d sqlite:///app.db --batch-rows 10000
  %program% migrate -d sqlite:///app.db --against schema.sql --allow 'drop column users.fax')");
    };
    add_command<migrate_options>(app, s, "migrate", "bring a database to a version of its schema", add,
                                 detail::run_migrate)
        .group("Change");
}

} // namespace autopack_schema::cli::commands
