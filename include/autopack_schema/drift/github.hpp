// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/report.hpp>
#include <autopack_schema/header_only.hpp>

#include <string>

namespace autopack_schema::drift {

/// Writes a report as annotations of a GitHub workflow: errors from `fail_on` on, warnings and notices below.
/// shape: one line for each finding and for each thing that was not compared
AUTOPACK_SCHEMA_FUNCTION std::string to_github(const report& r);

} // namespace autopack_schema::drift

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/drift/body/github.hpp>
#endif
