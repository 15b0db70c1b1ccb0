// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/header_only.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>
#include <autopack_schema/model/name.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::migrate::sqlite {

/// The table that remembers which migrations were applied.
inline constexpr std::string_view history_table = "autopack_schema_history";

/// The table that remembers how far a migration in batches is; gone when it is done.
inline constexpr std::string_view batch_table = "autopack_schema_batches";

/// Tells whether a table is our own, and part of no schema.
constexpr bool is_own_table(std::string_view name) {
    return model::same_name(name, history_table) || model::same_name(name, batch_table);
}

/// Hashes the schema of a database as it is stored, byte for byte; our own tables and SQLite's do not count.
/// shape: 64 hexadecimal digits, the same for the same stored statements in whatever order they were made
AUTOPACK_SCHEMA_FUNCTION std::string fingerprint(connection& database);

} // namespace autopack_schema::migrate::sqlite

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/migrate/sqlite/body/fingerprint.hpp>
#endif
