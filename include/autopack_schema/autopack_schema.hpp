// SPDX-License-Identifier: MIT
#pragma once

// Everything that needs nothing but SQLite. PostgreSQL, the command line, JSON and Catch2 have headers of their own.

#include <autopack_schema/core.hpp>
#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/drift/check_database.hpp>
#include <autopack_schema/drift/github.hpp>
#include <autopack_schema/drift/junit.hpp>
#include <autopack_schema/drift/markdown.hpp>
#include <autopack_schema/drift/second_opinion.hpp>
#include <autopack_schema/drift/text.hpp>
#include <autopack_schema/inspect/sql_text.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema/migrate.hpp>
#include <autopack_schema/query.hpp>
