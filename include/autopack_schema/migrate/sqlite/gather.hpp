// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/header_only.hpp>
#include <autopack_schema/migrate/data_rule.hpp>
#include <autopack_schema/migrate/plan.hpp>
#include <autopack_schema/migrate/sqlite/facts.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>

namespace autopack_schema::migrate::sqlite {

/// Reads what a plan must know beside the schema, apart from what `gather_rows` reads.
AUTOPACK_SCHEMA_FUNCTION facts gather(connection& database, const model::schema& live, model::items<data_rule> rules);

/// Counts the rows of the tables that a plan changes.
AUTOPACK_SCHEMA_FUNCTION void gather_rows(connection& database, const model::schema& live, const plan& p, facts& known);

} // namespace autopack_schema::migrate::sqlite

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/migrate/sqlite/body/gather.hpp>
#endif
