// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/report.hpp>
#include <autopack_schema/drift/style.hpp>
#include <autopack_schema/header_only.hpp>

#include <string>

namespace autopack_schema::drift {

/// Writes a report for people: by table, the worst first, a line for each finding with expected and actual beside each
/// other and what differs marked; what it takes to put it right once at the end.
/// shape: ends with a line that says what was compared; names are made safe to print
AUTOPACK_SCHEMA_FUNCTION std::string to_text(const report& r, const style& s = {});

} // namespace autopack_schema::drift

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/drift/body/text.hpp>
#endif
