# SPDX-License-Identifier: MIT
# What our own programs and tests are built with. Nothing of it reaches a consumer.

find_program(AUTOPACK_SCHEMA_CCACHE ccache)
mark_as_advanced(AUTOPACK_SCHEMA_CCACHE)
if(AUTOPACK_SCHEMA_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER AND NOT AUTOPACK_SCHEMA_SINGLE_HEADER)  # it precompiles
  set(CMAKE_CXX_COMPILER_LAUNCHER ${AUTOPACK_SCHEMA_CCACHE})
endif()

set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)

add_library(autopack_schema_development INTERFACE)
target_compile_options(autopack_schema_development INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow $<$<BOOL:${AUTOPACK_SCHEMA_WERROR}>:-Werror>)
target_compile_definitions(autopack_schema_development INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
if(AUTOPACK_SCHEMA_SANITIZE)
  set(sanitize -fsanitize=${AUTOPACK_SCHEMA_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # With these GCC no longer takes `&object != nullptr` for a constant, and definitions stop compiling (GCC bug 71962).
    list(APPEND sanitize -fno-sanitize=null,nonnull-attribute,returns-nonnull-attribute)
  endif()
  target_compile_options(autopack_schema_development INTERFACE ${sanitize})
  target_link_options(autopack_schema_development INTERFACE ${sanitize})
endif()

# Links every component that was found: our own programs use all of them.
add_library(autopack_schema_everything INTERFACE)
target_link_libraries(autopack_schema_everything INTERFACE autopack_schema autopack_schema_development)
foreach(part sqlite json cli)
  if(TARGET autopack_schema_${part})
    target_link_libraries(autopack_schema_everything INTERFACE autopack_schema_${part})
  else()
    message(WARNING "autopack_schema: component '${part}' has no package; "
      "install it (Debian: libsqlite3-dev nlohmann-json3-dev libcli11-dev) or ./tools/test.sh does it")
  endif()
endforeach()

# What our programs and tests link: with AUTOPACK_SCHEMA_COMPILED the definitions are in a library.
add_library(autopack_schema_own INTERFACE)
target_link_libraries(autopack_schema_own INTERFACE autopack_schema_everything)
if(AUTOPACK_SCHEMA_COMPILED)
  target_link_libraries(autopack_schema_compiled PUBLIC autopack_schema_development)
  target_link_libraries(autopack_schema_own INTERFACE autopack_schema_compiled)
endif()
