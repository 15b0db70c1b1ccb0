// SPDX-License-Identifier: MIT
#pragma once

// Writing a schema as SQLite's SQL.
#include <autopack_schema/sql/sqlite/quote.hpp>
#include <autopack_schema/sql/sqlite/render_column.hpp>
#include <autopack_schema/sql/sqlite/render_object.hpp>
#include <autopack_schema/sql/sqlite/render_options.hpp>
#include <autopack_schema/sql/sqlite/render_schema.hpp>
#include <autopack_schema/sql/sqlite/render_table.hpp>
