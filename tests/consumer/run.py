#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Does what a user does to install the library in one way, builds the first program of README.md with it, and runs it.

usage: run.py ROUTE --build DIR --work DIR [--compiler CXX] [--generator NAME]
`install` comes first: it installs the build tree and moves the result, the others use it.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "tools"))
from check_docs import blocks_of  # noqa: E402

EXPECTED = "gpt-4o: 2400 tokens\n"


class consumer:
    def __init__(self, options):
        self.options = options
        self.work = options.work / options.route
        self.prefix = options.work / "moved" / "prefix"
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        self.first = self.work / "first.cpp"
        self.first.write_text(next(b for b in blocks_of((ROOT / "README.md").read_text(encoding="utf-8")) if b.language == "cpp").text,
                              encoding="utf-8")

    def run(self, *command, expect=0, environment=None, folder=None):
        """Runs a command; its output. Stops with all of it when the exit code is another one."""
        print("$", *command, flush=True)
        done = subprocess.run([str(word) for word in command], cwd=folder or self.work, env={**os.environ, **(environment or {})},
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        if done.returncode != expect and not (expect is None and done.returncode):
            raise SystemExit(f"{done.stdout}\nexit code {done.returncode}, expected {expect}")
        return done.stdout

    def must_say(self, text, *words):
        for word in words:
            if word not in " ".join(text.split()):
                raise SystemExit(f"{text}\nis silent about {word!r}")

    def launcher(self):
        return ["ccache"] if shutil.which("ccache") else []

    def compile(self, *flags):
        program = self.work / "first"
        self.run(*self.launcher(), self.options.compiler, "-std=c++20", "-Wall", "-Wextra", "-Werror", "-c", *flags, self.first,
                 "-o", self.work / "first.o")
        return program

    def link_and_check(self, *libraries):
        self.run(self.options.compiler, self.work / "first.o", *libraries, "-o", self.work / "first")
        self.check(self.work / "first")

    def check(self, program):
        for name in self.work.glob("usage.db*"):
            name.unlink()
        printed = self.run(program)
        if printed != EXPECTED:
            raise SystemExit(f"the program printed {printed!r}, expected {EXPECTED!r}")
        again = self.run(program)  # the table is there now; nothing is altered
        if again != EXPECTED * 2:
            raise SystemExit(f"the second run printed {again!r}")

    def configure(self, source, *definitions, expect=0, build="build"):
        return self.run("cmake", "-S", source, "-B", self.work / build, "-G", self.options.generator,
                        f"-DCMAKE_CXX_COMPILER={self.options.compiler}", "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O0",
                        *(f"-DCMAKE_CXX_COMPILER_LAUNCHER={word}" for word in self.launcher()), f"-DFIRST={self.first}",
                        *definitions, expect=expect)

    def build(self, *arguments, expect=0, build="build"):
        return self.run("cmake", "--build", self.work / build, "--parallel", "1", *arguments, expect=expect)

    # ---- the routes

    def install(self):
        """The GNU layout, nothing else, and it can be moved."""
        prefix = self.work / "prefix"
        self.run("cmake", "--install", self.options.build, "--prefix", prefix)
        files = {path.relative_to(prefix).as_posix() for path in prefix.rglob("*") if path.is_file()}
        lib = next(name for name in files if name.endswith("autopack_schema-config.cmake")).removesuffix("/cmake/autopack_schema/autopack_schema-config.cmake")
        package = f"{lib}/cmake/autopack_schema/"
        wanted = {"bin/autopack-schema", "share/pkgconfig/autopack_schema.pc", "share/doc/autopack_schema/LICENSE",
                  package + "autopack_schema-config.cmake", package + "autopack_schema-config-version.cmake",
                  package + "autopack_schema_targets.cmake", package + "compiled.cmake", package + "drift_test.cmake"}
        wanted |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "include").rglob("*.hpp")}
        if files != wanted or not lib.startswith("lib"):
            raise SystemExit(f"not installed: {sorted(wanted - files)}\ninstalled besides: {sorted(files - wanted)}")
        text = "".join((prefix / name).read_text(encoding="utf-8") for name in files if name.startswith(package) or name.endswith(".pc"))
        for place in (prefix, ROOT):
            if str(place) in text:
                raise SystemExit(f"a package file names {place}")
        examples = self.work / "examples"
        self.run("cmake", "--install", self.options.build, "--prefix", examples, "--component", "examples")
        if not (examples / "bin" / "verify_build_144").is_file() or (examples / "bin" / "autopack-schema").exists():
            raise SystemExit("component examples has not the examples, or more")
        shutil.rmtree(self.prefix, ignore_errors=True)
        self.prefix.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(prefix, self.prefix)
        self.run(self.prefix / "bin" / "autopack-schema", "--version")

    def find_package(self):
        self.configure(HERE / "find_package", f"-DCMAKE_PREFIX_PATH={self.prefix}", "-DEVERYTHING=ON")
        self.build()
        self.check(self.work / "build" / "first")
        self.run(self.work / "build" / "everything")

    def compiled(self):
        """The functions once in a library of the consumer's build, and the same by hand."""
        self.configure(HERE / "find_package", f"-DCMAKE_PREFIX_PATH={self.prefix}", "-DCOMPILED=ON")
        self.build()
        self.check(self.work / "build" / "first")
        mode = ["-DAUTOPACK_SCHEMA_HEADER_ONLY=0", f"-I{self.prefix / 'include'}"]
        self.compile(*mode)
        text = self.run(self.options.compiler, self.work / "first.o", "-lsqlite3", "-o", self.work / "first", expect=None)
        self.must_say(text, "undefined reference to", "autopack_schema::migrate::sqlite::run")
        unit = self.work / "implementation.cpp"
        unit.write_text("#include <autopack_schema/implementation.hpp>\n", encoding="utf-8")
        build = [*self.launcher(), self.options.compiler, "-std=c++20", "-Wall", "-Wextra", "-Werror", "-c", unit, "-o", self.work / "implementation.o"]
        self.must_say(self.run(*build, mode[1], expect=None), "compile all units of the program with -DAUTOPACK_SCHEMA_HEADER_ONLY=0")
        self.run(*build, *mode)
        self.link_and_check(self.work / "implementation.o", "-lsqlite3")

    def missing(self):
        """A dependency that is not there: which one, and what to install."""
        text = self.configure(HERE / "find_package", f"-DCMAKE_PREFIX_PATH={self.prefix}", "-DEVERYTHING=ON",
                              "-DCMAKE_DISABLE_FIND_PACKAGE_CLI11=ON", expect=1)
        self.must_say(text, "component 'cli' needs CLI11, which was not found; Debian: apt-get install libcli11-dev")
        source = self.work / "unknown"
        source.mkdir()
        (source / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.23)\nproject(unknown LANGUAGES CXX)\n"
                                               "find_package(autopack_schema REQUIRED COMPONENTS oracle)\n", encoding="utf-8")
        text = self.configure(source, f"-DCMAKE_PREFIX_PATH={self.prefix}", expect=1, build="build_unknown")
        self.must_say(text, "autopack_schema has no component 'oracle'")

    def add_subdirectory(self):
        self.configure(HERE / "add_subdirectory", f"-DAUTOPACK_SCHEMA_FOLDER={ROOT}")
        self.build()
        self.check(self.work / "build" / "first")
        targets = self.run("cmake", "--build", self.work / "build", "--target", "help")
        for own in ("autopack-schema", "unit_url_test", "own_cli"):
            if own in targets:
                raise SystemExit(f"{targets}\nthe consumer gets our target {own}")

    def fetch_content(self):
        archive = self.work / "autopack_schema.tar.gz"
        with tarfile.open(archive, "w:gz") as tar:
            for name in ("CMakeLists.txt", "cmake", "include", "LICENSE"):
                tar.add(ROOT / name, f"autopack_schema-0/{name}")
        self.configure(HERE / "fetch_content", f"-DAUTOPACK_SCHEMA_ARCHIVE={archive}")
        self.build()
        self.check(self.work / "build" / "first")

    def single_header(self):
        self.compile(f"-I{ROOT / 'single_include'}")
        self.link_and_check("-lsqlite3")

    def bare(self):
        self.compile(f"-I{ROOT / 'include'}")
        self.link_and_check("-lsqlite3")

    def pkg_config(self):
        place = {"PKG_CONFIG_PATH": str(self.prefix / "share" / "pkgconfig")}
        flags = self.run("pkg-config", "--cflags", "autopack_schema", environment=place).split()
        libraries = self.run("pkg-config", "--libs", "autopack_schema", environment=place).split()
        version = self.run("pkg-config", "--modversion", "autopack_schema", environment=place).strip()
        self.must_say(self.run(self.prefix / "bin" / "autopack-schema", "--version"), version)
        self.compile(*flags)
        self.link_and_check(*libraries)

    def vcpkg(self):
        """The steps of the port in plain CMake, then a consumer as vcpkg's own would be."""
        port = ROOT / "packaging" / "vcpkg" / "ports" / "autopack-schema"
        installed = self.work / "installed"
        self.run("cmake", f"-DPORT={port}", f"-DPACKAGES={installed}", f"-DWORK={self.work}", f"-DGENERATOR={self.options.generator}",
                 f"-DCOMPILER={self.options.compiler}", "-P", HERE / "vcpkg_port.cmake")
        self.configure(HERE / "find_package", f"-DCMAKE_PREFIX_PATH={installed}", f"-Dautopack_schema_DIR={installed}/share/autopack_schema")
        self.build()
        self.check(self.work / "build" / "first")

    def conan(self):
        """conan create . without a remote: the system's packages are platform_requires."""
        conan = shutil.which("conan") or os.environ.get("CONAN") or str(ROOT / "build" / "conan" / "bin" / "conan")
        if not pathlib.Path(conan).is_file():
            print("SKIPPED: no conan; tools/consumer_tools.sh gets it")
            raise SystemExit(77)
        home = {"CONAN_HOME": str(self.work / "home")}
        self.run(conan, "profile", "detect", environment=home)
        create = [conan, "create", ROOT, "--no-remote", "-pr", "default", "-pr", HERE / "conan" / "debian_12.profile",
                  "-c", f"tools.cmake.cmake_layout:test_folder={self.work / 'test'}"]
        print(self.run(*create, environment=home)[-400:])
        print(self.run(*create, *(f"-o=&:with_{part}=True" for part in ("json", "cli", "catch2")), environment=home)[-400:])
        text = self.run(conan, "list", "autopack_schema/*:*", environment=home)
        if text.count("da39a3ee5e6b4b0d3255bfef95601890afd80709") != 1:  # the id of no settings and no options
            raise SystemExit(f"{text}\nthe package has an id other than that of a header-only one")

    def catch2_v3(self):
        """The matchers with Catch2 v3 from its sources, where AUTOPACK_SCHEMA_CATCH2_V3 names their folder."""
        source = pathlib.Path(os.environ.get("AUTOPACK_SCHEMA_CATCH2_V3", ROOT / "build" / "catch2_v3"))
        if not (source / "extras" / "catch_amalgamated.cpp").is_file():
            print("SKIPPED: no Catch2 v3; tools/consumer_tools.sh gets its sources")
            raise SystemExit(77)
        config = self.work / "catch2" / "catch_user_config.hpp"
        config.parent.mkdir()
        config.write_text('#pragma once\n#define CATCH_CONFIG_DEFAULT_REPORTER "console"\n#define CATCH_CONFIG_CONSOLE_WIDTH 80\n', encoding="utf-8")
        runner = [*self.launcher(), self.options.compiler, "-std=c++20", "-c"]
        self.run(*runner, source / "extras" / "catch_amalgamated.cpp", "-o", self.work / "catch.o")
        self.run(*runner, "-Wall", "-Wextra", "-Werror", f"-I{ROOT / 'include'}", f"-I{ROOT / 'tests' / 'support'}", "-isystem", source / "src",
                 "-isystem", self.work, f'-DAPS_TEST_SOURCE_DIR="{ROOT}"', '-DAPS_TEST_BIN_DIR=""', ROOT / "tests" / "testing" / "catch2_test.cpp",
                 "-o", self.work / "test.o")
        self.run(self.options.compiler, self.work / "test.o", self.work / "catch.o", "-lsqlite3", "-o", self.work / "test")
        print(self.run(self.work / "test"))

    def project(self):
        """examples/consumer_project against the installation; then with a column changed: its build and its CI must fail."""
        source = self.work / "shop"
        shutil.copytree(ROOT / "examples" / "consumer_project", source)
        where = f"-DCMAKE_PREFIX_PATH={self.prefix}"
        self.configure(source, where)
        self.build()
        self.run("ctest", "--test-dir", self.work / "build", "--output-on-failure", "--no-tests=error")
        print(self.run("ctest", "--test-dir", self.work / "build", "-V", "-L", "schema-drift"))

        header = source / "shop" / "schema.hpp"
        good = header.read_text(encoding="utf-8")
        bad = good.replace("std::int64_t cents", "std::optional<std::int64_t> cents", 1)
        if bad == good:
            raise SystemExit("the column to change is not there")
        header.write_text(bad, encoding="utf-8")
        text = self.build("--target", "shop", expect=None)
        self.must_say(text, "[S135] the definitions changed and no migration makes these changes", '"orders"', '"cents"',
                      "cents += o.cents")  # the second error: code that forgets NULL
        if text.count("error:") != 2:
            raise SystemExit(f"{text}\nother errors than the two")
        # Somebody also "repairs" the lock, and nobody migrates: the build passes and the drift test does not.
        lock = source / "shop" / "migrations.hpp"
        lock.write_text(lock.read_text(encoding="utf-8").replace("static_assert(aps::unchanged", "// static_assert(aps::unchanged"),
                        encoding="utf-8")
        self.build("--target", "shop_drift")
        text = self.run("ctest", "--test-dir", self.work / "build", "-V", "-R", "^shop_drift$", expect=8)
        self.must_say(text, "column.not_null S318: the database refuses NULL", "cents NULL allowed NOT NULL", "drift: 1 breaking")
        if 'failures="1"' not in (self.work / "build" / "drift.xml").read_text(encoding="utf-8"):
            raise SystemExit("the JUnit report has no failure")
        print(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("route", choices=sorted(name for name, member in vars(consumer).items()
                                                if callable(member) and name not in ("__init__", "run", "must_say", "launcher", "compile",
                                                                                     "link_and_check", "check", "configure", "build")))
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--generator", default="Ninja")
    options = parser.parse_args()
    getattr(consumer(options), options.route)()
    print("ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
