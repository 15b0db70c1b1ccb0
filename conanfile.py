# SPDX-License-Identifier: MIT
import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load, rmdir

required_conan_version = ">=2.0"


class AutopackSchemaConan(ConanFile):
    name = "autopack_schema"
    description = "A database schema as a C++20 value: drift checks, migrations and typed queries"
    license = "MIT"
    url = "https://github.com/autopack/autopack_schema"
    homepage = "https://github.com/autopack/autopack_schema"
    topics = ("sqlite", "schema", "migration", "orm", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"with_json": [True, False], "with_cli": [True, False], "with_catch2": [True, False]}
    default_options = {"with_json": False, "with_cli": False, "with_catch2": False}
    exports_sources = "CMakeLists.txt", "cmake/*", "include/*", "LICENSE"
    no_copy_source = True

    def set_version(self):
        text = load(self, os.path.join(self.recipe_folder, "include", "autopack_schema", "version.hpp"))
        numbers = [re.search(rf"^#define AUTOPACK_SCHEMA_VERSION_{part} (\d+)$", text, re.M)[1] for part in ("MAJOR", "MINOR", "PATCH")]
        self.version = ".".join(numbers)

    _cmake_modules = "compiled.cmake", "drift_test.cmake"

    @property
    def _with_json(self):
        return self.options.with_json or self.options.with_cli

    def layout(self):
        cmake_layout(self)

    def requirements(self):
        self.requires("sqlite3/[>=3.35.0 <4]", transitive_headers=True, transitive_libs=True)
        if self._with_json:
            self.requires("nlohmann_json/[>=3.11 <4]", transitive_headers=True)
        if self.options.with_cli:
            self.requires("cli11/[>=2.3 <3]", transitive_headers=True)
        if self.options.with_catch2:
            self.requires("catch2/[>=2.13 <4]", transitive_headers=True, transitive_libs=True)

    def package_id(self):
        self.info.clear()

    def validate(self):
        check_min_cppstd(self, 20)

    def generate(self):
        toolchain = CMakeToolchain(self)
        for part in ("TESTS", "TOOLS", "EXAMPLES"):
            toolchain.cache_variables[f"AUTOPACK_SCHEMA_BUILD_{part}"] = False
        toolchain.cache_variables["AUTOPACK_SCHEMA_INSTALL"] = True
        toolchain.generate()

    def build(self):
        CMake(self).configure()

    def package(self):
        copy(self, "LICENSE", src=self.source_folder, dst=os.path.join(self.package_folder, "licenses"))
        CMake(self).install()
        for name in self._cmake_modules:
            copy(self, name, src=os.path.join(self.source_folder, "cmake"), dst=os.path.join(self.package_folder, "cmake"))
        rmdir(self, os.path.join(self.package_folder, "lib"))
        rmdir(self, os.path.join(self.package_folder, "share"))

    def package_info(self):
        self.cpp_info.set_property("cmake_file_name", "autopack_schema")
        self.cpp_info.set_property("pkg_config_name", "autopack_schema")
        self.cpp_info.set_property("cmake_build_modules", [os.path.join("cmake", name) for name in self._cmake_modules])
        self._component("core", "autopack_schema::autopack_schema")
        self._component("sqlite", "autopack_schema::sqlite", "sqlite3")
        if self._with_json:
            self._component("json", "autopack_schema::json", "nlohmann_json")
        if self.options.with_cli:
            self._component("cli", "autopack_schema::cli", "cli11", also=["sqlite", "json"])
        if self.options.with_catch2:
            self._component("catch2", "autopack_schema::catch2", "catch2", also=["sqlite"])

    def _component(self, name, target, dependency=None, also=()):
        """A target with its own dependency. What the platform has (platform_requires) has no package to name."""
        component = self.cpp_info.components[name]
        component.set_property("cmake_target_name", target)
        component.bindirs, component.libdirs = [], []
        component.requires = [*(["core"] if name != "core" else []), *also]
        if dependency is None:
            return
        if dependency in self.dependencies:
            component.requires.append(f"{dependency}::{dependency}")
        elif dependency == "sqlite3":
            component.system_libs = ["sqlite3"]
