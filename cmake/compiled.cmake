# SPDX-License-Identifier: MIT
# autopack_schema::compiled: autopack_schema::sqlite with what inspects, compares, writes reports and migrates compiled once, in a
# static library, instead of in each unit that includes its headers. All units of a program link the one or the other.

if(NOT TARGET autopack_schema::compiled)
  set(autopack_schema_implementation ${CMAKE_CURRENT_BINARY_DIR}/autopack_schema_implementation.cpp)
  file(CONFIGURE OUTPUT ${autopack_schema_implementation} CONTENT "#include <autopack_schema/implementation.hpp>\n")
  add_library(autopack_schema_compiled STATIC EXCLUDE_FROM_ALL ${autopack_schema_implementation})
  add_library(autopack_schema::compiled ALIAS autopack_schema_compiled)
  target_link_libraries(autopack_schema_compiled PUBLIC autopack_schema::sqlite)
  target_compile_definitions(autopack_schema_compiled PUBLIC AUTOPACK_SCHEMA_HEADER_ONLY=0)
endif()
