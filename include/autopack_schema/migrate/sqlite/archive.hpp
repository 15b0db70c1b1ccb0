// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/header_only.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>
#include <autopack_schema/model/schema.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace autopack_schema::migrate::sqlite {

/// What was put aside.
struct archive_result {
    std::string archive{}; ///< its path
    std::int64_t rows = 0; ///< in all of its tables
    std::int64_t tables = 0;
};

/// Opens a database that nobody else can open until the connection is closed: also not between two transactions.
/// shape:  with a rollback journal from now on, for a write-ahead log has no such lock
/// errors: S209 others use it
AUTOPACK_SCHEMA_FUNCTION connection open_alone(std::string_view path);

/// Puts the content of a database aside and starts an empty database of a schema in its place; on a connection of
/// `open_alone`.
/// shape:  at every moment, also after a kill, the file is the old database or the new one, and the archive is missing or
///         complete; what was killed between is finished by the next call. The file itself stays the same file: renaming a
///         database that others have open would mix up their journals.
/// errors: S408 there is another archive, S230 to S231, S211 the disk is full
AUTOPACK_SCHEMA_FUNCTION archive_result archive(connection& alone, std::string_view archive_path, const model::schema& schema);

/// The same for the file of a database.
/// errors: S209 others use it, and those above
AUTOPACK_SCHEMA_FUNCTION archive_result archive(std::string_view database_path, std::string_view archive_path,
                              const model::schema& schema);

} // namespace autopack_schema::migrate::sqlite

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/migrate/sqlite/body/archive.hpp>
#endif
