// SPDX-License-Identifier: MIT
#pragma once

// The part with no database and no JSON: model, definitions, diff and SQL text.

#include <autopack_schema/define.hpp>
#include <autopack_schema/diff/describe.hpp>
#include <autopack_schema/diff/unchanged.hpp>
#include <autopack_schema/model.hpp>
#include <autopack_schema/sql/sqlite/ddl_parser.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>
#include <autopack_schema/sql/sqlite/types.hpp>
#include <autopack_schema/version.hpp>
