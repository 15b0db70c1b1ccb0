# In the registry this is vcpkg_from_github(OUT_SOURCE_PATH SOURCE_PATH REPO … REF "v${VERSION}" SHA512 …); as an overlay the port
# installs the checkout that it lies in.
get_filename_component(SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/../../../.." ABSOLUTE)

set(VCPKG_BUILD_TYPE release) # header-only

vcpkg_cmake_configure(
    SOURCE_PATH "${SOURCE_PATH}"
    OPTIONS
        -DAUTOPACK_SCHEMA_BUILD_TESTS=OFF
        -DAUTOPACK_SCHEMA_BUILD_TOOLS=OFF
        -DAUTOPACK_SCHEMA_BUILD_EXAMPLES=OFF
        -DAUTOPACK_SCHEMA_INSTALL=ON
)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(PACKAGE_NAME autopack_schema CONFIG_PATH lib/cmake/autopack_schema)
vcpkg_fixup_pkgconfig()

file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/lib" "${CURRENT_PACKAGES_DIR}/share/doc")
file(INSTALL "${CMAKE_CURRENT_LIST_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
