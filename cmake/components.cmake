# SPDX-License-Identifier: MIT
# The targets that a consumer links. The core has no dependency; a component adds its own.

add_library(autopack_schema INTERFACE)
add_library(autopack_schema::autopack_schema ALIAS autopack_schema)
file(GLOB_RECURSE autopack_schema_headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/autopack_schema/*.hpp)
target_sources(autopack_schema INTERFACE
  FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/include FILES ${autopack_schema_headers})
target_compile_features(autopack_schema INTERFACE cxx_std_20)
set(autopack_schema_targets autopack_schema)

# autopack_schema_component(<name> <package> <imported target>): autopack_schema::<name> when <package> is there.
# A component whose package is missing does not exist; nobody is stopped who does not ask for it.
macro(autopack_schema_component name package dependency)
  if(NOT TARGET ${dependency})
    find_package(${package} QUIET)
    if(TARGET ${dependency})  # else a consumer who adds this folder could not see it
      set_target_properties(${dependency} PROPERTIES IMPORTED_GLOBAL TRUE)
    endif()
  endif()
  if(TARGET ${dependency})
    add_library(autopack_schema_${name} INTERFACE)
    add_library(autopack_schema::${name} ALIAS autopack_schema_${name})
    set_target_properties(autopack_schema_${name} PROPERTIES EXPORT_NAME ${name})
    target_link_libraries(autopack_schema_${name} INTERFACE autopack_schema ${dependency})
    list(APPEND autopack_schema_targets autopack_schema_${name})
  endif()
endmacro()

autopack_schema_component(sqlite SQLite3 SQLite::SQLite3)
autopack_schema_component(json nlohmann_json nlohmann_json::nlohmann_json)
autopack_schema_component(cli CLI11 CLI11::CLI11)
autopack_schema_component(catch2 Catch2 Catch2::Catch2)

if(TARGET autopack_schema_sqlite)
  include(${CMAKE_CURRENT_LIST_DIR}/compiled.cmake)
endif()

# The command line front end reads databases and writes JSON.
if(TARGET autopack_schema_cli)
  foreach(part sqlite json)
    if(TARGET autopack_schema_${part})
      target_link_libraries(autopack_schema_cli INTERFACE autopack_schema_${part})
    endif()
  endforeach()
endif()
if(TARGET autopack_schema_catch2 AND TARGET autopack_schema_sqlite)
  target_link_libraries(autopack_schema_catch2 INTERFACE autopack_schema_sqlite)
endif()
