// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/drift/check.hpp>
#include <autopack_schema/drift/options.hpp>
#include <autopack_schema/drift/report.hpp>
#include <autopack_schema/header_only.hpp>
#include <autopack_schema/model/schema.hpp>

namespace autopack_schema::drift {

/// Compares a live database with what the code expects; reads its catalogue in one transaction and evaluates nothing
/// of it. The database may be opened read-only, and should be.
/// errors: those of `inspect`, S300
AUTOPACK_SCHEMA_FUNCTION report check(const model::schema& expected, sqlite::connection& live, const options& o = {});

} // namespace autopack_schema::drift

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/drift/body/check_database.hpp>
#endif
