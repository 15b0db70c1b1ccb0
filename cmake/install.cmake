# SPDX-License-Identifier: MIT
# cmake --install: headers, lib/cmake/autopack_schema, autopack_schema.pc, licence; the command comes in programs.cmake.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS ${autopack_schema_targets} EXPORT autopack_schema_targets FILE_SET HEADERS)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/autopack_schema)
install(EXPORT autopack_schema_targets NAMESPACE autopack_schema:: DESTINATION ${package_dir})

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/autopack_schema-config.cmake.in
  ${PROJECT_BINARY_DIR}/package/autopack_schema-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/package/autopack_schema-config-version.cmake
  COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES
  ${PROJECT_BINARY_DIR}/package/autopack_schema-config.cmake
  ${PROJECT_BINARY_DIR}/package/autopack_schema-config-version.cmake
  ${PROJECT_SOURCE_DIR}/cmake/compiled.cmake
  ${PROJECT_SOURCE_DIR}/cmake/drift_test.cmake
  DESTINATION ${package_dir})

# pkg-config: where the file lies tells it the prefix, so the tree can be moved.
file(RELATIVE_PATH prefix_from_pc /${CMAKE_INSTALL_DATADIR}/pkgconfig /)
configure_file(${PROJECT_SOURCE_DIR}/cmake/autopack_schema.pc.in ${PROJECT_BINARY_DIR}/package/autopack_schema.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/package/autopack_schema.pc DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig)

install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
