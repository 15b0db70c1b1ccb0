# SPDX-License-Identifier: MIT
# The autopack-schema command and the examples, all in <build>/bin.

if(AUTOPACK_SCHEMA_BUILD_TOOLS)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tools/autopack-schema/*.cpp)
  if(sources)
    add_executable(autopack-schema ${sources})
    target_link_libraries(autopack-schema PRIVATE autopack_schema_everything)
    if(AUTOPACK_SCHEMA_INSTALL)
      install(TARGETS autopack-schema RUNTIME)
    endif()
  endif()
endif()

# One program per .cpp below examples/. A folder with a CMakeLists.txt of its own is a project of its own.
if(AUTOPACK_SCHEMA_BUILD_EXAMPLES)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/examples/*.cpp)
  file(GLOB_RECURSE projects CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/examples/*/CMakeLists.txt)
  foreach(project IN LISTS projects)
    cmake_path(GET project PARENT_PATH folder)
    list(FILTER sources EXCLUDE REGEX "^${folder}/")
  endforeach()
  foreach(source IN LISTS sources)
    cmake_path(GET source STEM name)
    add_executable(${name} ${source})
    target_link_libraries(${name} PRIVATE autopack_schema_everything)
  endforeach()
endif()
