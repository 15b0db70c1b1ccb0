// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/options.hpp>
#include <autopack_schema/drift/report.hpp>
#include <autopack_schema/header_only.hpp>
#include <autopack_schema/model/schema.hpp>

namespace autopack_schema::drift {

/// Compares a live schema with the one that the code expects.
/// errors: S300 nothing was expected and nothing was there: nothing was compared
AUTOPACK_SCHEMA_FUNCTION report check(const model::schema& expected, const model::schema& live, const options& o = {});

} // namespace autopack_schema::drift

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/drift/body/check.hpp>
#endif
