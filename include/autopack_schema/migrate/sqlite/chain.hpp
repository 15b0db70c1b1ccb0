// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/header_only.hpp>
#include <autopack_schema/migrate/data_rule.hpp>
#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/migrate/sqlite/history.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/model/vector.hpp>

#include <string>
#include <vector>

namespace autopack_schema::migrate::sqlite {

/// Hashes what a migration is: its versions and its data rules. A history entry with another one says that the migration
/// was edited after it was applied.
AUTOPACK_SCHEMA_FUNCTION std::string checksum(const migration_view& m);

/// The data rules that hold for a database now: all allowances and all that can be repeated; a transformation of all rows
/// only as long as its migration has not been applied.
AUTOPACK_SCHEMA_FUNCTION model::vector<data_rule> active_rules(model::items<migration_view> chain, const model::schema& live,
                                           const model::schema& target, const std::vector<history_entry>& history,
                                           model::items<data_rule> more);

/// Compares the history of a database with the migrations that a program knows.
/// shape: one sentence for each that was edited after it was applied, or that nobody knows any more
AUTOPACK_SCHEMA_FUNCTION std::vector<std::string> check_history(const std::vector<history_entry>& history,
                                              model::items<migration_view> chain);

} // namespace autopack_schema::migrate::sqlite

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/migrate/sqlite/body/chain.hpp>
#endif
