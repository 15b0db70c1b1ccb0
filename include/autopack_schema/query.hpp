// SPDX-License-Identifier: MIT
#pragma once

// Typed queries: reading and writing rows by the definitions of their tables.

#include <autopack_schema/query/database.hpp>
