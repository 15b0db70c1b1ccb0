// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>

namespace autopack_schema::migrate::sqlite {

/// The connection that a migration runs on.
using connection = autopack_schema::sqlite::connection;

} // namespace autopack_schema::migrate::sqlite
