// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/options.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/cli/working.hpp>
#include <autopack_schema/db/sqlite/backup_file.hpp>
#include <autopack_schema/migrate/sqlite/backup.hpp>
#include <autopack_schema/migrate/sqlite/restore.hpp>

#include <CLI/CLI.hpp>

#include <filesystem>
#include <string>

namespace autopack_schema::cli::commands {

/// What `backup` can be told.
struct backup_options {
    std::string to{};
};

/// What `restore` can be told.
struct restore_options {
    std::string from{};
    bool no_backup = false;
};

namespace detail {

inline std::string copied(const sqlite::copy_report& r) {
    return counted(r.tables, "table") + ", " + counted(r.rows, "row") + ", " + counted(r.bytes, "byte") +
           ", integrity checked";
}

inline int run_backup(session& s, const backup_options& o) {
    sqlite::connection database = open_to_read(s.url());
    progress bar(s.out);
    const backup_choice choice{{o.to}};
    const sqlite::copy_report made =
        migrate::sqlite::backup(database, o.to.empty() ? "" : backup_path(choice, database.name()), show(bar));
    bar.clear();
    for (const std::string& line : made.violations) s.out.note("note: as in the original: " + line + "\n");
    if (!s.quiet) s.out.print("backup: " + made.path + "\n  " + copied(made) + "\n");
    return 0;
}

/// Over what is there, without keeping it.
inline sqlite::copy_report restore_over(const std::string& from, const db::url& where,
                                        const migrate::progress_callback& report) {
    { const sqlite::connection source = sqlite::connection::open_file(from, {.mode = sqlite::open_mode::read_only}); }
    sqlite::connection database = sqlite::connection::open(where, {.mode = sqlite::open_mode::create});
    const auto pages = [&report](const sqlite::backup_progress& p) {
        report({"backup", p.done_pages(), p.total_pages, 0, 0});
    };
    return sqlite::restore_from_file(database, from, pages);
}

inline int run_restore(session& s, const restore_options& o) {
    const db::url where = s.url();
    progress bar(s.out);
    migrate::sqlite::restore_result done;
    if (o.no_backup) {
        done.restored = restore_over(o.from, where, show(bar));
    } else {
        done = migrate::sqlite::restore(o.from, where.path, show(bar));
    }
    bar.clear();
    if (s.quiet) return 0;
    if (!done.replaced.empty()) s.out.print("what was there: " + done.replaced + "\n");
    s.out.print("restored: " + std::filesystem::absolute(where.path).string() + "\n  " + copied(done.restored) + "\n");
    return 0;
}

} // namespace detail

/// Adds `backup`.
inline void add_backup_command(CLI::App& app, session& s) {
    const auto add = [&s](CLI::App& c, backup_options& o) {
        add_database(c, s);
        c.add_option("--to", o.to, "a new file, or a folder; beside the database where it is left out")
            ->type_name("PATH");
        c.footer(
            R"(Copies by SQLite's Online Backup API while others use the database, and checks the copy: integrity and the rows of
every table. The file appears when it is complete; nothing is overwritten.

Examples:
  %program% backup --database sqlite:///app.db
  %program% backup --database sqlite:///app.db --to /var/backups/)");
    };
    add_command<backup_options>(app, s, "backup", "copy a database while it is used, and check the copy", add,
                                detail::run_backup)
        .group("Change");
}

/// Adds `restore`.
inline void add_restore(CLI::App& app, session& s) {
    const auto add = [&s](CLI::App& c, restore_options& o) {
        add_database(c, s);
        c.add_option("--from", o.from, "the backup")->type_name("FILE")->required();
        c.add_flag("--no-backup", o.no_backup, "do not keep what is replaced");
        c.footer(R"(Puts a backup in the place of a database, in one transaction. What was there is kept beside it; a
file that is no sound database is moved aside.

Example:
  %program% restore --database sqlite:///app.db --from app.db.backup-20251230T172800Z)");
    };
    add_command<restore_options>(app, s, "restore", "put a backup in the place of a database", add, detail::run_restore)
        .group("Change");
}

} // namespace autopack_schema::cli::commands
