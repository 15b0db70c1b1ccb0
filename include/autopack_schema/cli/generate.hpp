// SPDX-License-Identifier: MIT
#pragma once

// C++ definitions for a schema that was read from a database.

#include <autopack_schema/cli/generate/header.hpp>
