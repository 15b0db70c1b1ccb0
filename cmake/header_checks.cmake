# SPDX-License-Identifier: MIT

# autopack_schema_add_header_checks(<prefix> <include directory> <libraries>...)
#   <prefix>_alone  object library: each header compiles alone, included twice (AUTOPACK_SCHEMA_BUILD_HEADERS_ALONE)
#   <prefix>_odr    program of two units that include everything: nothing is defined twice
function(autopack_schema_add_header_checks prefix include)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${include} ${include}/*.hpp)
  list(REMOVE_ITEM headers autopack_schema/implementation.hpp)  # the definitions of another mode; see consumer.compiled
  if(NOT headers)
    message(FATAL_ERROR "no headers in ${include}")
  endif()
  set(all "")
  foreach(header IN LISTS headers)
    string(REGEX REPLACE "\\.hpp$" ".cpp" unit ${CMAKE_CURRENT_BINARY_DIR}/${prefix}_units/alone/${header})
    file(CONFIGURE OUTPUT ${unit} CONTENT "#include <${header}>\n#include <${header}>\n")
    list(APPEND units ${unit})
    string(APPEND all "#include <${header}>\n")
  endforeach()
  if(NOT DEFINED AUTOPACK_SCHEMA_BUILD_HEADERS_ALONE OR AUTOPACK_SCHEMA_BUILD_HEADERS_ALONE)
    add_library(${prefix}_alone OBJECT ${units})
    target_include_directories(${prefix}_alone PRIVATE ${include})
    target_link_libraries(${prefix}_alone PRIVATE ${ARGN})
  endif()

  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${prefix}_units/odr/other.cpp CONTENT "${all}")
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${prefix}_units/odr/main.cpp CONTENT "${all}\nint main() {}\n")
  add_executable(${prefix}_odr
    ${CMAKE_CURRENT_BINARY_DIR}/${prefix}_units/odr/main.cpp ${CMAKE_CURRENT_BINARY_DIR}/${prefix}_units/odr/other.cpp)
  set_target_properties(${prefix}_odr PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
  target_include_directories(${prefix}_odr PRIVATE ${include})
  target_link_libraries(${prefix}_odr PRIVATE ${ARGN})
endfunction()
