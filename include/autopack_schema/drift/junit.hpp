// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/report.hpp>
#include <autopack_schema/header_only.hpp>

#include <string>

namespace autopack_schema::drift {

/// Writes a report as JUnit XML: a test case for each finding, failed from `fail_on` on, one that is skipped for each
/// thing that was not compared, and one that passes when there is no drift.
AUTOPACK_SCHEMA_FUNCTION std::string to_junit(const report& r);

} // namespace autopack_schema::drift

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/drift/body/junit.hpp>
#endif
