// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/header_only.hpp>
#include <autopack_schema/migrate/data_rule.hpp>
#include <autopack_schema/migrate/plan.hpp>
#include <autopack_schema/migrate/sqlite/facts.hpp>
#include <autopack_schema/migrate/target_types.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>

namespace autopack_schema::migrate::sqlite {

/// A plan, and the schema that it leads to.
struct planned {
    migrate::plan plan{};
    effective_target target{};
};

/// Plans the way from a live schema to a wanted one: the cheapest form of each change that this SQLite and these tables
/// allow, and one rebuild for each table that needs one.
/// shape:  reads nothing but its arguments; what rows decide is left to the plan's pre-checks
AUTOPACK_SCHEMA_FUNCTION planned make_plan(const model::schema& live, const model::schema& wanted, const facts& known,
                         model::items<data_rule> rules = {}, target_options options = {});

} // namespace autopack_schema::migrate::sqlite

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/migrate/sqlite/body/make_plan.hpp>
#endif
