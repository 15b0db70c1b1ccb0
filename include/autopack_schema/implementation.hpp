// SPDX-License-Identifier: MIT
#pragma once

// For one unit of a program whose units are all compiled with AUTOPACK_SCHEMA_HEADER_ONLY=0, before every other header of this
// library: the functions that the others only declare. With CMake `autopack_schema::compiled` does it.

#if !defined(AUTOPACK_SCHEMA_HEADER_ONLY) || AUTOPACK_SCHEMA_HEADER_ONLY
#error "autopack_schema/implementation.hpp: compile all units of the program with -DAUTOPACK_SCHEMA_HEADER_ONLY=0"
#endif
#ifdef AUTOPACK_SCHEMA_BODIES
#error "autopack_schema/implementation.hpp: include it before the other headers of autopack_schema"
#endif
#define AUTOPACK_SCHEMA_IMPLEMENTATION

#include <autopack_schema/autopack_schema.hpp>
