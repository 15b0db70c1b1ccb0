// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/header_only.hpp>
#include <autopack_schema/migrate/progress.hpp>
#include <autopack_schema/migrate/sqlite/backup.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::migrate::sqlite {

/// What a restore did.
struct restore_result {
    copy_report restored{};
    std::string replaced{}; ///< where the database that was there is now; empty: there was none
};

/// Puts a backup in the place of a database. What is there is kept under `<database>.before-restore-<UTC time>` first.
/// shape:  one transaction of SQLite on the database that is there, so that programs that have it open see it whole, and
///         its journal or write-ahead log stays right; a kill leaves it as before. A damaged one is moved aside.
/// errors: S205 no such backup, S231 it is damaged, S232 it is empty, S209 others use the database, S211 the disk is full
AUTOPACK_SCHEMA_FUNCTION restore_result restore(std::string_view backup_path, std::string_view database_path,
                              const progress_callback& report = {});

} // namespace autopack_schema::migrate::sqlite

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/migrate/sqlite/body/restore.hpp>
#endif
