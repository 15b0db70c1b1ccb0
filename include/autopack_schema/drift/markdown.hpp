// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/report.hpp>
#include <autopack_schema/header_only.hpp>

#include <string>

namespace autopack_schema::drift {

/// Writes a report as Markdown, fit for a comment at a pull request.
AUTOPACK_SCHEMA_FUNCTION std::string to_markdown(const report& r);

} // namespace autopack_schema::drift

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/drift/body/markdown.hpp>
#endif
