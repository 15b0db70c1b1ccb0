// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/header_only.hpp>
#include <autopack_schema/migrate/plan.hpp>

#include <string>

namespace autopack_schema::migrate {

/// Writes what stands in the way, one line each, with the query that shows the rows.
AUTOPACK_SCHEMA_FUNCTION std::string to_text(const blocker& b);

/// Writes a plan to be read: steps with what they do, their SQL, their undo, and what stays as it is.
AUTOPACK_SCHEMA_FUNCTION std::string to_text(const plan& p, bool with_sql = true);

} // namespace autopack_schema::migrate

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/migrate/body/plan_text.hpp>
#endif
