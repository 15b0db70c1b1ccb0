# SPDX-License-Identifier: MIT
# A schema-drift test of a project's own schema, for ctest.

# autopack_schema_add_drift_test(NAME <test>
#   HEADER <header>          that declares the schema, as it is included
#   SCHEMA <expression>      the schema in it: shop::schema
#   [DATABASE <source>]      sqlite:///… or a .sql file of CREATE statements; without it DATABASE_URL of the run
#   [FAIL_ON <level>]        breaking, semantic (default), performance, extra or cosmetic
#   [IGNORE <pattern>...]    objects that are left out: table:tmp_* index:ix_*
#   [JUNIT <file>] [SARIF <file>] [MARKDOWN <file>] [JSON <file>]   reports beside the text; SARIF and JSON need component json
#   [LIBRARIES <target>...]  what the header needs
#   [LABELS <label>...]      besides `schema-drift`
#   [WORKING_DIRECTORY <folder>])  where relative paths begin; default: the current source folder
# Makes the program <test> and the ctest of the same name: passed when there is no drift at the level, failed with the report
# otherwise. Inside GitHub Actions the findings are annotations too. Relative HEADER and files are found from the current source
# folder. A FIXTURES_REQUIRED set on the test can make the database first.
function(autopack_schema_add_drift_test)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME;HEADER;SCHEMA;DATABASE;FAIL_ON;JUNIT;SARIF;MARKDOWN;JSON;WORKING_DIRECTORY"
    "IGNORE;LIBRARIES;LABELS")
  foreach(needed NAME HEADER SCHEMA)
    if(NOT arg_${needed})
      message(FATAL_ERROR "autopack_schema_add_drift_test: ${needed} is missing")
    endif()
  endforeach()
  if(arg_UNPARSED_ARGUMENTS OR arg_KEYWORDS_MISSING_VALUES)
    message(FATAL_ERROR "autopack_schema_add_drift_test(NAME ${arg_NAME}): "
      "not understood or without a value: ${arg_UNPARSED_ARGUMENTS} ${arg_KEYWORDS_MISSING_VALUES}")
  endif()
  set(levels breaking semantic performance extra cosmetic)
  if(arg_FAIL_ON AND NOT arg_FAIL_ON IN_LIST levels)
    message(FATAL_ERROR "autopack_schema_add_drift_test(NAME ${arg_NAME}): FAIL_ON is ${arg_FAIL_ON}; there are ${levels}")
  endif()
  if(NOT TARGET autopack_schema::sqlite)
    message(FATAL_ERROR "autopack_schema_add_drift_test needs component sqlite: SQLite3 was not found; "
      "Debian: apt-get install libsqlite3-dev")
  endif()
  if((arg_SARIF OR arg_JSON) AND NOT TARGET autopack_schema::json)
    message(FATAL_ERROR "autopack_schema_add_drift_test(NAME ${arg_NAME}): SARIF and JSON need component json: "
      "nlohmann_json was not found; Debian: apt-get install nlohmann-json3-dev")
  endif()

  set(includes "#include <autopack_schema/testing/drift_main.hpp>\n")
  set(writers "")
  foreach(format sarif json)
    string(TOUPPER ${format} key)
    if(arg_${key})
      string(APPEND includes "#include <autopack_schema/drift/${format}.hpp>\n")
      string(APPEND writers "\n        {\"${format}\", [](const autopack_schema::drift::report& r) "
        "{ return autopack_schema::drift::to_${format}(r); }},")
    endif()
  endforeach()
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${arg_NAME}.drift_test.cpp @ONLY CONTENT
    "// Made by autopack_schema_add_drift_test.
#include <@arg_HEADER@>

@includes@
int main(int argc, char** argv) {
    return autopack_schema::testing::drift_main(argc, argv, @arg_SCHEMA@, {@writers@});
}
")
  add_executable(${arg_NAME} ${CMAKE_CURRENT_BINARY_DIR}/${arg_NAME}.drift_test.cpp)
  target_include_directories(${arg_NAME} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(${arg_NAME} PRIVATE autopack_schema::sqlite ${arg_LIBRARIES})
  if(arg_SARIF OR arg_JSON)
    target_link_libraries(${arg_NAME} PRIVATE autopack_schema::json)
  endif()

  set(words ${arg_DATABASE})
  if(arg_FAIL_ON)
    list(APPEND words --fail-on ${arg_FAIL_ON})
  endif()
  foreach(pattern IN LISTS arg_IGNORE)
    list(APPEND words --ignore ${pattern})
  endforeach()
  foreach(format JUNIT SARIF MARKDOWN JSON)
    if(arg_${format})
      string(TOLOWER ${format} option)
      list(APPEND words --${option} ${arg_${format}})
    endif()
  endforeach()
  if("$ENV{GITHUB_ACTIONS}" STREQUAL "true")
    list(APPEND words --github)
  endif()
  if(NOT arg_WORKING_DIRECTORY)
    set(arg_WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  endif()
  add_test(NAME ${arg_NAME} COMMAND ${arg_NAME} ${words} WORKING_DIRECTORY ${arg_WORKING_DIRECTORY})
  set_tests_properties(${arg_NAME} PROPERTIES LABELS "schema-drift;${arg_LABELS}")
endfunction()
