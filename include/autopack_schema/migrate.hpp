// SPDX-License-Identifier: MIT
#pragma once

// Migrations: checked at compile time, planned as a value, applied to SQLite. Plans as JSON: migrate/plan_json.hpp.
#include <autopack_schema/migrate/allowance.hpp>
#include <autopack_schema/migrate/migration.hpp>
#include <autopack_schema/migrate/migrations.hpp>
#include <autopack_schema/migrate/plan_text.hpp>
#include <autopack_schema/migrate/sqlite/archive.hpp>
#include <autopack_schema/migrate/sqlite/baseline.hpp>
#include <autopack_schema/migrate/sqlite/chain.hpp>
#include <autopack_schema/migrate/sqlite/downgrade.hpp>
#include <autopack_schema/migrate/sqlite/fingerprint.hpp>
#include <autopack_schema/migrate/sqlite/gather.hpp>
#include <autopack_schema/migrate/sqlite/history.hpp>
#include <autopack_schema/migrate/sqlite/make_plan.hpp>
#include <autopack_schema/migrate/sqlite/restore.hpp>
#include <autopack_schema/migrate/sqlite/run.hpp>
#include <autopack_schema/migrate/target.hpp>
