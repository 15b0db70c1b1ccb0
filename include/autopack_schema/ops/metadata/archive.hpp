// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/backup_file.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/metadata/files.hpp>
#include <autopack_schema/ops/metadata/layout.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>

namespace autopack_schema::ops {

/// A v1 database that was put aside.
struct archived_v1 {
    std::filesystem::path archive{};
    std::int64_t runs = 0; ///< preserved in it
};

/// Where the v1 database of a file goes: runs.db to runs_v1_archive.db.
inline std::filesystem::path archive_of(const std::filesystem::path& file) {
    return detail::beside(file, "_v1_archive");
}

namespace detail {

/// Makes the archive, or finds that it was made already by a program that was killed before its next step.
/// errors: S430 there is an archive with another content
inline void make_archive(sqlite::connection& database, const std::filesystem::path& archive) {
    std::error_code ignored;
    if (!std::filesystem::exists(archive, ignored)) {
        remove_partial_copies(archive);
        sqlite::backup_to_file(database, archive.string()); // checked row by row count; never over another file
        return;
    }
    auto there = sqlite::connection::open_file(archive.string(), {.mode = sqlite::open_mode::read_only});
    if (content_number(there) == content_number(database)) return;
    throw error({.code = "S430",
                 .what_happened = "the database is version 1, and there is an archive with another content already: " +
                                  archive.string(),
                 .database = database.name(),
                 .advice = "an archive is never overwritten: move it away, or open this database read-only"});
}

} // namespace detail

/// Puts a v1 database aside and starts an empty v2 database in its place.
/// shape:  nothing where the file is no v1 database. At every moment, also after a kill, the file is the v1 database or the new
///         one, and the archive is missing or complete; what was killed between is finished by the next call. The file itself
///         stays the same file: renaming a database that others have open would mix up their journals
/// errors: S430 there is another archive, S209 others use the database, S211
inline std::optional<archived_v1> archive_v1(const std::filesystem::path& file) {
    {
        auto database = sqlite::connection::open_file(file.string());
        if (layout_of(database) != metadata_layout::v1) return std::nullopt;
    }
    auto database = detail::open_alone(file);
    if (layout_of(database) != metadata_layout::v1) return std::nullopt; // another program has done it meanwhile
    const archived_v1 done{archive_of(file), database.query_int("SELECT COUNT(*) FROM runs")};
    detail::make_archive(database, done.archive);
    sqlite::transaction transaction(database);
    detail::drop_everything(database);
    detail::create_v2_tables(database);
    transaction.commit();
    return done;
}

} // namespace autopack_schema::ops
