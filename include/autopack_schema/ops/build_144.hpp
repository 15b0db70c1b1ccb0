// SPDX-License-Identifier: MIT
#pragma once

// BUILD-144: the migration and the verification of its runbook, and a database from before it to try them on.

#include <autopack_schema/ops/build_144/demo.hpp>
#include <autopack_schema/ops/build_144/migrate.hpp>
#include <autopack_schema/ops/build_144/migration_text.hpp>
#include <autopack_schema/ops/build_144/text.hpp>
#include <autopack_schema/ops/build_144/verification.hpp>
#include <autopack_schema/ops/build_144/verify.hpp>
