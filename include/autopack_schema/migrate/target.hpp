// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/rules.hpp>
#include <autopack_schema/header_only.hpp>
#include <autopack_schema/migrate/data_rule.hpp>
#include <autopack_schema/migrate/target_types.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>

namespace autopack_schema::migrate {

/// Merges a wanted schema into a live one: the schema that a migration leaves behind.
/// shape:  what means the same stays as it is written. Unknown tables, columns, indexes, views and triggers stay unless
///         a rule allows their removal by name; existing columns keep their order, new ones are appended. Constraints on
///         known columns follow the definition: one that it lacks goes, unless it names an unknown column or
///         `options.keep_constraints` is set. Renames are done before; see `sqlite::planned_renames`.
AUTOPACK_SCHEMA_FUNCTION effective_target make_target(const model::schema& live, const model::schema& wanted, const rules& dialect,
                                    model::items<data_rule> data_rules = {}, target_options options = {});

} // namespace autopack_schema::migrate

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/migrate/body/target.hpp>
#endif
