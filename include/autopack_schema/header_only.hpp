// SPDX-License-Identifier: MIT
#pragma once

/// Where the functions are that no constant expression needs: inspection, reports, migrations.
/// shape:  1 (the default): in each unit, inline. 0, for all units of a program: each unit has the declarations only, and the one
///         that defines AUTOPACK_SCHEMA_IMPLEMENTATION before it includes the umbrella has the functions
#ifndef AUTOPACK_SCHEMA_HEADER_ONLY
#define AUTOPACK_SCHEMA_HEADER_ONLY 1
#endif

/// Before each such function, where it is declared and where it is defined.
#if AUTOPACK_SCHEMA_HEADER_ONLY
#define AUTOPACK_SCHEMA_FUNCTION inline
#else
#define AUTOPACK_SCHEMA_FUNCTION
#endif

/// Whether this unit has the definitions.
#if AUTOPACK_SCHEMA_HEADER_ONLY || defined(AUTOPACK_SCHEMA_IMPLEMENTATION)
#define AUTOPACK_SCHEMA_BODIES 1
#else
#define AUTOPACK_SCHEMA_BODIES 0
#endif
