// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/backup_file.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/metadata/archive.hpp>
#include <autopack_schema/ops/metadata/files.hpp>
#include <autopack_schema/ops/metadata/layout.hpp>

#include <cstdint>
#include <filesystem>
#include <string>

namespace autopack_schema::ops {

/// What a return to version 1 has done.
struct v1_restored {
    std::filesystem::path backup{}; ///< the v2 database
    std::int64_t v2_runs = 0;       ///< that are only there now
    std::int64_t v1_runs = 0;       ///< that are in place again
};

namespace detail {

[[noreturn]] inline void refuse_rollback(const std::filesystem::path& file, const std::string& what, const std::string& advice) {
    throw error({.code = "S434", .what_happened = what, .database = file.string(), .advice = advice});
}

/// A copy of the archive, complete and checked, beside the database.
inline std::filesystem::path copy_archive(const std::filesystem::path& archive, const std::filesystem::path& file) {
    auto source = sqlite::connection::open_file(archive.string(), {.mode = sqlite::open_mode::read_only});
    if (layout_of(source) != metadata_layout::v1) refuse_rollback(archive, "the archive is no v1 database", "look at the file");
    const std::filesystem::path made = file.string() + ".v1-new";
    remove_unfinished(made);
    sqlite::backup_to_file(source, made.string());
    return made;
}

} // namespace detail

/// Goes back to version 1: keeps the v2 database as runs_v2_backup.db and puts a copy of the archive in its place, in one step.
/// shape:  the archive stays; after an error or a kill the database is as before
/// errors: S434 no archive, or nothing to go back from; S230 there is a backup already; S209 others use the database
inline v1_restored rollback_to_v1(const std::filesystem::path& file) {
    const std::filesystem::path archive = archive_of(file);
    std::error_code ignored;
    if (!std::filesystem::exists(archive, ignored)) {
        detail::refuse_rollback(file, "there is no archive " + archive.string(), "without one there is no version 1 to go back to");
    }
    auto database = sqlite::connection::open_file(file.string());
    if (layout_of(database) != metadata_layout::v2) {
        detail::refuse_rollback(file, "the database is not version 2", "there is nothing to go back from");
    }
    v1_restored done;
    done.backup = detail::beside(file, "_v2_backup");
    sqlite::backup_to_file(database, done.backup.string());
    const std::filesystem::path made = detail::copy_archive(archive, file);
    database.execute("PRAGMA journal_mode=DELETE");
    const sqlite::transaction alone(database, sqlite::transaction_kind::exclusive);
    done.v2_runs = database.query_int("SELECT COUNT(*) FROM runs");
    done.v1_runs = sqlite::connection::open_file(made.string(), {.mode = sqlite::open_mode::read_only}).query_int("SELECT COUNT(*) FROM runs");
    detail::replace_file(made, file);
    return done;
}

} // namespace autopack_schema::ops
