// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/sqlite/archive.hpp>
#include <autopack_schema/ops/metadata/files.hpp>
#include <autopack_schema/ops/metadata/layout.hpp>
#include <autopack_schema/schemas/run_metadata/versions.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

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

/// Tells by its name whether a file is an archive: those are read and never written.
inline bool is_archive(const std::filesystem::path& file) { return file.stem().string().ends_with("_v1_archive"); }

namespace detail {

/// Archives and starts anew; speaks of version 1 where there is another archive.
/// errors: S430
inline void archive_and_start(sqlite::connection& alone, const std::filesystem::path& archive) {
    try {
        migrate::sqlite::archive(alone, archive.string(), schemas::run_metadata::v2::version.model());
    } catch (const error& e) {
        if (e.code() != "S408") throw;
        throw error({.code = "S430",
                     .what_happened = "the database is version 1, and " + e.info().what_happened,
                     .database = alone.name(),
                     .advice = "an archive is never overwritten: move it away, or open this database read-only"});
    }
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
    auto database = migrate::sqlite::open_alone(file.string());
    if (layout_of(database) != metadata_layout::v1) return std::nullopt; // another program has done it meanwhile
    const archived_v1 done{archive_of(file), database.query_int("SELECT COUNT(*) FROM runs")};
    detail::archive_and_start(database, done.archive);
    return done;
}

} // namespace autopack_schema::ops
