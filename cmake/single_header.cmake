# SPDX-License-Identifier: MIT
# AUTOPACK_SCHEMA_SINGLE_HEADER: the tests see the single header wherever they include a header that is in it. Every header of
# include/ gets a file of its name in front of it: one that includes the single header, or a copy where it is not in it.

set(single ${PROJECT_SOURCE_DIR}/single_include/autopack_schema/autopack_schema.hpp)
set(shims ${PROJECT_BINARY_DIR}/single_header)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${single})
file(STRINGS ${single} parts REGEX "^// ---- autopack_schema/")
list(TRANSFORM parts REPLACE "^// ---- " "")
foreach(header IN LISTS autopack_schema_headers)
  cmake_path(RELATIVE_PATH header BASE_DIRECTORY ${PROJECT_SOURCE_DIR}/include OUTPUT_VARIABLE name)
  if(name IN_LIST parts OR name STREQUAL "autopack_schema/autopack_schema.hpp")
    file(CONFIGURE OUTPUT ${shims}/${name} CONTENT "#pragma once\n#include \"${single}\"\n")
  else()
    configure_file(${header} ${shims}/${name} COPYONLY)
  endif()
endforeach()
target_include_directories(autopack_schema_everything BEFORE INTERFACE ${shims})
target_compile_definitions(autopack_schema_everything INTERFACE
  AUTOPACK_SCHEMA_WITH_JSON AUTOPACK_SCHEMA_WITH_CLI AUTOPACK_SCHEMA_WITH_PACKS AUTOPACK_SCHEMA_WITH_CATCH2)
