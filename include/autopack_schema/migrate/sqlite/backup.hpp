// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/copy_report.hpp>
#include <autopack_schema/header_only.hpp>
#include <autopack_schema/migrate/progress.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>

#include <string_view>

namespace autopack_schema::migrate::sqlite {

/// What a checked copy holds.
using copy_report = autopack_schema::sqlite::copy_report;

/// Makes a checked copy of a database while others use it: `<database>.backup-<UTC time>`, or the path that is given.
/// shape:  the file appears under its name only when it is complete; nothing is overwritten
/// errors: S230 the path is taken, S231 the copy is not sound, S211 the disk is full
AUTOPACK_SCHEMA_FUNCTION copy_report backup(connection& source, std::string_view path = {}, const progress_callback& report = {});

} // namespace autopack_schema::migrate::sqlite

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/migrate/sqlite/body/backup.hpp>
#endif
