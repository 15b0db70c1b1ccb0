// SPDX-License-Identifier: MIT
#pragma once

// Everything about SQLite databases: connections, statements, transactions, backups.

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/error.hpp>
#include <autopack_schema/db/sqlite/options.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/db/url.hpp>
