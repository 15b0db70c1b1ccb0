// SPDX-License-Identifier: MIT
#pragma once

// Everything that needs nothing but SQLite. PostgreSQL, the command line, JSON and Catch2 have headers of their own.

#include <autopack_schema/core.hpp>
#include <autopack_schema/db/sqlite.hpp>
