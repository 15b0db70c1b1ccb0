// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/data_rule.hpp>
#include <autopack_schema/migrate/plan.hpp>
#include <autopack_schema/migrate/progress.hpp>
#include <autopack_schema/migrate/target_types.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::migrate {

/// What is done for the day that all else fails.
enum class backup_policy : std::uint8_t {
    make, ///< a checked copy beside the database before the first change
    none, ///< has to be said
};

/// How a migration is run.
struct run_options {
    bool dry_run = false; ///< plan and ask the rows, change nothing
    backup_policy backup = backup_policy::make;
    std::string backup_path{};      ///< empty: `<database>.backup-<UTC time>`
    std::vector<data_rule> rules{}; ///< allowances of this run, beside those of the migrations
    target_options target{};
    const migrate::plan* only = nullptr; ///< carry out this plan, or refuse (S382)
    std::int64_t batch_rows = 0;         ///< fill columns in transactions of so many rows; 0: all in one transaction
    bool compare_content = false;        ///< compare every copied value, not only the number of rows
    int busy_timeout_ms = 10000;         ///< to wait for a writer at the beginning; a busy handler is asked and stays
    int commit_timeout_ms = 30000;       ///< to wait for readers at the end
    /// With one of these two the connection's progress handler is replaced and then taken away: SQLite does not tell what
    /// it was. Set it again, or migrate on a connection of its own.
    progress_callback on_progress{};
    const stop_flag* stop = nullptr;
    std::function<void(std::string_view)> at{}; ///< for tests: called before each thing that is done; may throw or kill
};

/// What a migration did.
struct run_result {
    migrate::plan plan{};
    bool applied = false;  ///< something was changed
    std::int64_t rows = 0; ///< copied or filled
    std::string backup{};  ///< path of the copy; empty: none was made
    std::vector<std::string> messages{};
    std::vector<blocker> blockers{}; ///< of a dry run; else they are thrown
};

/// A migration that cannot be done with these rows or this schema; nothing was changed.
class refused : public error {
public:
    explicit refused(std::vector<blocker> found, std::string database)
        : error(info_for(found, std::move(database))), blockers_(std::move(found)) {}

    /// All that stands in the way, not only the first.
    const std::vector<blocker>& blockers() const noexcept { return blockers_; }

private:
    static error_info info_for(const std::vector<blocker>& found, std::string database) {
        const blocker& first = found.front();
        error_info info{.code = first.code,
                        .table = first.table,
                        .column = first.column,
                        .sql = first.query,
                        .database = std::move(database),
                        .advice = first.advice};
        info.what_happened = (first.rows > 0 ? counted(first) + ": " : std::string()) + first.what +
                             (first.examples.empty() ? "" : " (" + first.examples + ")");
        if (found.size() == 1) return info;
        info = {.code = "S370",
                .database = std::move(info.database),
                .advice = "nothing was changed; correct them and run again"};
        info.what_happened = std::to_string(found.size()) + " things stand in the way";
        std::string_view mark = ": [";
        for (const blocker& b : found) {
            info.what_happened += std::string(mark) + b.code + "] " + b.table +
                                  (b.column.empty() ? "" : "." + b.column) + ": " +
                                  (b.rows > 0 ? counted(b) + ": " : std::string()) + b.what;
            mark = "; [";
        }
        return info;
    }

    std::vector<blocker> blockers_;
};

} // namespace autopack_schema::migrate
