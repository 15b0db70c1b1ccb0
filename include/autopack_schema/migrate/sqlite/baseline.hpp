// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/header_only.hpp>
#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>
#include <autopack_schema/model/items.hpp>

namespace autopack_schema::migrate::sqlite {

/// Notes in the history that a database already is where a chain leads, without changing anything else.
/// errors: S399 it is not there: names the first step that is missing
AUTOPACK_SCHEMA_FUNCTION void baseline(connection& database, model::items<migration_view> chain);

} // namespace autopack_schema::migrate::sqlite

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/migrate/sqlite/body/baseline.hpp>
#endif
