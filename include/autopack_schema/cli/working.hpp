// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/options.hpp>
#include <autopack_schema/cli/progress.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/migrate/progress.hpp>
#include <autopack_schema/migrate/sqlite/backup.hpp>
#include <autopack_schema/migrate/sqlite/detail/utc_time.hpp>

#include <CLI/CLI.hpp>

#include <csignal>
#include <filesystem>
#include <string>
#include <system_error>

namespace autopack_schema::cli {

namespace detail {

/// Set by Ctrl-C: what is being done stops at the next chance and is rolled back.
inline migrate::stop_flag stop_requested{false};

extern "C" inline void autopack_schema_request_stop(int) { stop_requested.store(true); }

} // namespace detail

/// While it lives, Ctrl-C and its like stop the work in order instead of killing it; a second one kills.
class stop_on_signal {
public:
    stop_on_signal() {
        for (std::size_t i = 0; i < 2; ++i) before_[i] = std::signal(signals_[i], detail::autopack_schema_request_stop);
    }
    stop_on_signal(const stop_on_signal&) = delete;
    stop_on_signal& operator=(const stop_on_signal&) = delete;
    ~stop_on_signal() {
        for (std::size_t i = 0; i < 2; ++i) std::signal(signals_[i], before_[i]);
    }

    const migrate::stop_flag* flag() const { return &detail::stop_requested; }

private:
    using handler = void (*)(int);
    static constexpr int signals_[2] = {SIGINT, SIGTERM};
    handler before_[2] = {};
};

/// Shows the progress of a migration or a copy.
inline migrate::progress_callback show(progress& bar) {
    return [&bar](const migrate::progress& p) {
        std::string what(p.what);
        if (p.steps > 1 && p.step > 0) what = std::to_string(p.step) + "/" + std::to_string(p.steps) + " " + what;
        bar.update(what, p.what == "backup" ? "pages" : "rows", p.done, p.total);
    };
}

/// What is said about a backup.
struct backup_choice {
    std::vector<std::string> path{}; ///< of --backup: none, or one folder or file
    bool asked = false;
    bool none = false;
};

/// --backup and --no-backup
inline void add_backup(CLI::App& command, backup_choice& choice, const std::string& when) {
    auto* const backup = command.add_option(
        "--backup", choice.path,
        "where the backup " + when + " goes: a file, or a folder; beside the database where nothing is said");
    backup->type_name("PATH")->expected(0, 1);
    command.add_flag("--no-backup", choice.none, "make none")->excludes(backup);
}

/// The path that was asked for; empty: beside the database.
inline std::string backup_path(const backup_choice& choice, const std::string& database) {
    if (choice.path.empty() || choice.path.front().empty()) return {};
    const std::string& path = choice.path.front();
    std::error_code ignored;
    if (!path.ends_with('/') && !std::filesystem::is_directory(path, ignored)) return path;
    const std::string name = std::filesystem::path(database).filename().string();
    return (std::filesystem::path(path) / (name + ".backup-" + migrate::sqlite::detail::utc_time("%Y%m%dT%H%M%SZ")))
        .string();
}

/// "1 row", "1,543 rows"
inline std::string counted(std::int64_t number, std::string_view thing) {
    return detail::grouped(number) + " " + std::string(thing) + (number == 1 ? "" : "s");
}

} // namespace autopack_schema::cli
