// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/backup_file.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/sqlite/archive.hpp>
#include <autopack_schema/migrate/sqlite/detail/alone.hpp>
#include <autopack_schema/ops/metadata/archive.hpp>
#include <autopack_schema/ops/metadata/files.hpp>
#include <autopack_schema/ops/metadata/layout.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>

namespace autopack_schema::ops {

/// What a return to version 1 has done.
struct v1_restored {
    std::filesystem::path backup{}; ///< the v2 database
    std::int64_t v2_runs = 0;       ///< that are only there now
    std::int64_t v1_runs = 0;       ///< that are in place again
};

namespace detail {

[[noreturn]] inline void refuse_rollback(const std::filesystem::path& file, const std::string& what,
                                         const std::string& advice) {
    throw error({.code = "S434", .what_happened = what, .database = file.string(), .advice = advice});
}

inline void require_v1_archive(const std::filesystem::path& file) {
    const std::filesystem::path archive = archive_of(file);
    std::error_code ignored;
    if (!std::filesystem::exists(archive, ignored)) {
        refuse_rollback(file, "there is no archive " + archive.string(),
                        "without one there is no version 1 to go back to");
    }
    auto database = sqlite::connection::open_file(archive.string(), {.mode = sqlite::open_mode::read_only});
    if (layout_of(database) != metadata_layout::v1)
        refuse_rollback(archive, "the archive is no v1 database", "look at the file");
}

} // namespace detail

/// Goes back to version 1: keeps the v2 database as runs_v2_backup.db and puts the content of the archive in its place.
/// shape:  the archive stays as it is; after an error or a kill the database is as before. Nobody can write in between
/// errors: S434 no archive, or nothing to go back from; S230 there is a backup already; S209 others use the database
inline v1_restored rollback_to_v1(const std::filesystem::path& file) {
    detail::require_v1_archive(file);
    auto database = migrate::sqlite::open_alone(file.string());
    if (layout_of(database) != metadata_layout::v2) {
        detail::refuse_rollback(file, "the database is not version 2", "there is nothing to go back from");
    }
    v1_restored done;
    done.backup = detail::beside(file, "_v2_backup");
    done.v2_runs = database.query_int("SELECT COUNT(*) FROM runs");
    migrate::sqlite::detail::remove_partial_copies(done.backup);
    sqlite::backup_to_file(database, done.backup.string());
    sqlite::restore_from_file(database, archive_of(file).string());
    done.v1_runs = database.query_int("SELECT COUNT(*) FROM runs");
    return done;
}

} // namespace autopack_schema::ops
