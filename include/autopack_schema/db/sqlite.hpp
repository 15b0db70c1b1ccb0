// SPDX-License-Identifier: MIT
#pragma once

// Everything about SQLite databases: connections, statements, transactions, backups.

#include <autopack_schema/db/sqlite/backup.hpp>
#include <autopack_schema/db/sqlite/backup_file.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/error.hpp>
#include <autopack_schema/db/sqlite/integrity.hpp>
#include <autopack_schema/db/sqlite/options.hpp>
#include <autopack_schema/db/sqlite/quote.hpp>
#include <autopack_schema/db/sqlite/result_code.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/db/url.hpp>
