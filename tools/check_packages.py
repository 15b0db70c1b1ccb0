#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that the packages say what version.hpp says, and that vcpkg's files are formatted as `vcpkg format-manifest` does it.

usage: check_packages.py [repository]     exit 0 clean, 1 with one line per finding
"""
import json
import pathlib
import re
import sys

ORDER = ["name", "version", "port-version", "maintainers", "summary", "description", "homepage", "documentation", "license", "supports",
         "dependencies", "default-features", "features", "host"]
PORT = "packaging/vcpkg/ports/autopack-schema"


def version_of(root):
    text = (root / "include/autopack_schema/version.hpp").read_text(encoding="utf-8")
    return ".".join(re.search(rf"^#define AUTOPACK_SCHEMA_VERSION_{part} (\d+)$", text, re.M)[1] for part in ("MAJOR", "MINOR", "PATCH"))


def name_of(dependency):
    return dependency if isinstance(dependency, str) else dependency["name"]


def formatted(value):
    """Keys in the registry's order, dependencies and features by name, two spaces, a line end at the end."""
    def ordered(thing, is_manifest):
        if isinstance(thing, dict):
            keys = sorted(thing, key=lambda k: (ORDER.index(k) if k in ORDER else len(ORDER), k)) if is_manifest else sorted(thing)
            out = {}
            for key in keys:
                item = thing[key]
                if key == "dependencies":
                    item = [ordered(d, True) for d in sorted(item, key=name_of)]
                elif key == "features":
                    item = {name: ordered(item[name], True) for name in sorted(item)}
                out[key] = item
            return out
        return thing
    return json.dumps(ordered(value, True), indent=2, ensure_ascii=False) + "\n"


def check(root):
    version = version_of(root)
    for name in ("vcpkg.json", f"{PORT}/vcpkg.json"):
        path = root / name
        text = path.read_text(encoding="utf-8")
        manifest = json.loads(text)
        if text != formatted(manifest):
            yield f"{name}: not as vcpkg format-manifest writes it"
        if manifest["version"] != version:
            yield f"{name}: version {manifest['version']}, version.hpp says {version}"
    port = json.loads((root / PORT / "vcpkg.json").read_text(encoding="utf-8"))
    if pathlib.Path(PORT).name != port["name"]:
        yield f"{PORT}: the folder and the name {port['name']} differ"
    config = (root / "cmake/autopack_schema-config.cmake.in").read_text(encoding="utf-8")
    known = set(re.search(r"known_components ([a-z0-9 ]+)\)", config)[1].split()) - {"sqlite"}
    if set(port["features"]) != known:
        yield f"{PORT}: features {sorted(port['features'])}, the CMake package has the components {sorted(known)}"
    conan = (root / "conanfile.py").read_text(encoding="utf-8")
    for component in sorted(known):
        if f'"with_{component}"' not in conan:
            yield f"conanfile.py: no option with_{component}"
    if re.search(r"^\s*version\s*=", conan, re.M) or version in conan:
        yield "conanfile.py: has a version of its own"
    readme = (root / "README.md").read_text(encoding="utf-8")
    for found in re.findall(r"autopack_schema/(\d+\.\d+\.\d+)", readme):
        if found != version:
            yield f"README.md: names version {found}, version.hpp says {version}"


def main(arguments):
    root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).parent.parent).resolve()
    findings = list(check(root))
    for finding in findings:
        print(finding)
    print(f"check_packages: {len(findings)} findings" if findings else f"check_packages: all say {version_of(root)}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
