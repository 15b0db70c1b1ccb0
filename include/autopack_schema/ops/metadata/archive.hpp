// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/moved.hpp>
#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/metadata/files.hpp>
#include <autopack_schema/ops/metadata/layout.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace autopack_schema::ops {

/// A v1 database that was put aside.
struct archived_v1 {
    std::filesystem::path archive{};
    std::int64_t runs = 0; ///< preserved in it
};

/// Where the v1 database of a file goes: runs.db to runs_v1_archive.db.
inline std::filesystem::path archive_of(const std::filesystem::path& file) { return detail::beside(file, "_v1_archive"); }

namespace detail {

/// errors: S430 there is an archive already, and it is another file
inline void require_no_other_archive(const std::filesystem::path& file, const std::filesystem::path& archive) {
    std::error_code ignored;
    if (!std::filesystem::exists(archive, ignored) || std::filesystem::equivalent(file, archive, ignored)) return;
    throw error({.code = "S430",
                 .what_happened = "the database is version 1, and there is an archive already: " + archive.string(),
                 .database = file.string(),
                 .advice = "an archive is never overwritten: move it away, or open this database read-only"});
}

/// A new, empty v2 database, complete on the disk.
inline std::filesystem::path make_v2_beside(const std::filesystem::path& file) {
    const std::filesystem::path made = file.string() + ".v2-new";
    remove_unfinished(made); // of a program that was killed; the caller's lock keeps others away
    auto database = sqlite::connection::open_file(made.string(), {.mode = sqlite::open_mode::create});
    database.execute("PRAGMA synchronous=FULL");
    make_v2_tables(database);
    return made;
}

} // namespace detail

/// Puts a v1 database aside and starts an empty v2 database in its place.
/// shape:  nothing where the file is no v1 database. At every moment, also after a kill, the file is the v1 database or the new
///         one, and the archive is missing or complete; a run that was killed between is finished by the next
/// errors: S430 there is another archive, S209 others use the database, S433
inline std::optional<archived_v1> archive_v1(const std::filesystem::path& file) {
    for (;;) {
        auto database = sqlite::connection::open_file(file.string());
        if (layout_of(database) != metadata_layout::v1) return std::nullopt;
        const std::filesystem::path archive = archive_of(file);
        detail::require_no_other_archive(file, archive);
        database.execute("PRAGMA journal_mode=DELETE"); // all of it in one file; fails while others use a WAL
        sqlite::transaction alone(database, sqlite::transaction_kind::exclusive);
        if (sqlite::has_moved(database)) continue; // another program has done it while we waited
        detail::require_no_other_archive(file, archive);
        archived_v1 done{archive, database.query_int("SELECT COUNT(*) FROM runs")};
        const std::filesystem::path made = detail::make_v2_beside(file);
        std::error_code ignored;
        if (!std::filesystem::exists(archive, ignored)) detail::name_also(file, archive);
        detail::replace_file(made, file);
        return done;
    }
}

} // namespace autopack_schema::ops
