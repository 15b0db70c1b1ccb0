// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/database.hpp>
#include <autopack_schema/schemas/autopack/versions.hpp>

namespace autopack_schema::ops {

/// A database of Autopack as it is from BUILD-144 on. Programs that must read files of every age ask by the names of the
/// columns that a file has, without it.
using autopack_database = database<schemas::autopack::current>;

} // namespace autopack_schema::ops
