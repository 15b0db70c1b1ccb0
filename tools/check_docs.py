#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles and runs every code block of Markdown pages, and compares every output that they show.

usage: check_docs.py [--update] [--list] --bin DIR [--compiler CXX] PAGE.md...

One page is one temporary directory; blocks are taken in their order. What a block is:
  cpp with main      a program: compiled and run; a text block right below is what it prints
  cpp                declarations of the page's one program; below `<!-- docs: body -->` statements of its main, and a
                     text block right below is what they print
  console            lines with `$ ` are commands for bash, the other lines are what they print, standard error too, and
                     `[exit N]`. The programs of --bin are in PATH; ./autopack_schema is this repository.
  any                below `<!-- docs: file NAME -->` the block is written to a file (and a program is not run by itself);
                     below `<!-- docs: from PATH -->` it is an excerpt of that file of the repository;
                     below `<!-- docs: not run: WHY -->` it is only shown
  cpp                below `<!-- docs: does not compile -->` it is refused, and each line of the text block right below is in
                     what the compiler says ("…" stands for anything)
Any other block is a finding. Times and durations may differ. --update writes what was printed into the page.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))
from run_session import TIMES  # noqa: E402

DIRECTIVE = re.compile(r"^<!-- docs: (.*?) -->$")
PRELUDE = "#include <autopack_schema/autopack_schema.hpp>\n#include <cstdint>\n#include <cstdio>\n#include <optional>\n" \
          "#include <string>\n#include <vector>\n"
PLACE = "/home/me/shop"  # what pages show for the temporary directory


class block:
    def __init__(self, language, directive, text, line):
        self.language, self.directive, self.text, self.line = language, directive, text, line
        self.printed = None  # new text of the block, for --update

    def has(self, word):
        return self.directive.startswith(word)


def blocks_of(text):
    """Fenced blocks with the directive above them; a fence may be indented in a list."""
    found, directive, opened = [], "", None
    for number, line in enumerate(text.split("\n"), 1):
        if opened is None and (match := re.match(r"^( *)```(\S*)\s*$", line)):
            opened = (match[1], match[2], number, [])
        elif opened is not None and line.strip() == "```":
            indent, language, at, lines = opened
            found.append(block(language, directive, "".join(l[len(indent):] + "\n" for l in lines), at))
            opened, directive = None, ""
        elif opened is not None:
            opened[3].append(line)
        elif match := DIRECTIVE.match(line.strip()):
            directive = match[1]
        elif line.strip():
            directive = ""
    if opened is not None:
        raise SystemExit(f"check_docs: line {opened[2]}: the block has no end")
    return found


def masked(text):
    for pattern, word in TIMES:
        text = pattern.sub(word, text)
    return "\n".join(line.rstrip() for line in text.rstrip("\n").split("\n"))


class page:
    def __init__(self, path, options):
        self.path, self.options, self.findings, self.ran = path, options, [], 0
        self.text = path.read_text(encoding="utf-8")
        self.blocks = blocks_of(self.text)

    def finding(self, b, what):
        self.findings.append(f"{self.path}:{b.line}: {what}")

    def run(self, arguments, folder):
        environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "CLICOLOR_FORCE", "GITHUB_ACTIONS")}
        paths = [os.path.abspath(self.options.bin), environment["PATH"]]
        if os.path.isdir("/usr/lib/ccache"):
            paths.insert(1, "/usr/lib/ccache")
        environment.update(NO_COLOR="1", LC_ALL="C.UTF-8", PATH=os.pathsep.join(paths), CMAKE_COLOR_DIAGNOSTICS="OFF")
        done = subprocess.run(arguments, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, errors="replace", timeout=600)
        text = done.stdout.replace(os.path.realpath(folder), PLACE).replace(str(folder), PLACE)
        return done.returncode, text.replace(str(ROOT), PLACE + "/autopack_schema")

    def compare(self, b, printed):
        b.printed = printed
        if masked(b.text) != masked(printed) and not self.options.update:
            self.finding(b, "the page shows\n" + b.text + "but this is printed:\n" + printed)

    def output_below(self, index):
        """The text block that belongs to the block before it."""
        if index + 1 < len(self.blocks):
            after = self.blocks[index + 1]
            if after.language == "text" and not after.directive:
                return after
        return None

    def compile(self, b, source, folder, name):
        file = folder / f".{name}.cpp"
        file.write_text(source, encoding="utf-8")
        code, text = self.run([*self.options.compiler.split(), "-std=c++20", "-Wall", "-Wextra", f"-I{ROOT / 'include'}",
                               str(file), "-o", str(folder / f".{name}"), "-lsqlite3"], folder)
        if code:
            self.finding(b, "does not compile:\n" + text)
        return code == 0

    def program(self, index, b, folder):
        output = self.output_below(index)
        if self.compile(b, b.text, folder, f"program_{index}"):
            self.ran += 1
            code, text = self.run([f"./.program_{index}"], folder)
            if code:
                self.finding(b, f"ends with {code}:\n{text}")
            elif output is not None:
                self.compare(output, text)
            elif text:
                self.finding(b, "prints something that the page does not show:\n" + text)

    def snippets(self, folder):
        """Declarations and bodies are one program; it runs when all of them are known."""
        declarations = [b for b in self.blocks if self.is_snippet(b) and not b.has("body")]
        bodies = [(i, b) for i, b in enumerate(self.blocks) if self.is_snippet(b) and b.has("body")]
        if not declarations and not bodies:
            return
        source = PRELUDE + "".join(f'#line {b.line + 1} "{self.path.name}"\n{b.text}' for b in declarations) + "int main() {\n"
        for i, b in bodies:
            source += f'std::puts("\\x1e");\n#line {b.line + 1} "{self.path.name}"\n{b.text}'
        source += "}\n"
        first = (declarations + [b for _, b in bodies])[0]
        if not self.compile(first, source, folder, "page"):
            return
        code, text = self.run(["./.page"], folder)
        if code:
            self.finding(first, f"the program of the page ends with {code}:\n{text}")
        for (i, b), printed in zip(bodies, text.split("\x1e\n")[1:]):
            self.ran += 1
            output = self.output_below(i)
            if output is not None:
                self.compare(output, printed)
            elif printed:
                self.finding(b, "prints something that the page does not show:\n" + printed)
        self.ran += len(declarations)

    @staticmethod
    def is_snippet(b):
        return b.language == "cpp" and not re.search(r"^int main\(", b.text, re.M) and (not b.directive or b.has("body"))

    def refused(self, index, b, folder):
        output = self.output_below(index)
        if output is None:
            return self.finding(b, "what the compiler says must be shown below")
        before = "".join(d.text for d in self.blocks[:index] if self.is_snippet(d) and not d.has("body"))
        file = folder / ".refused.cpp"
        file.write_text(PRELUDE + before + b.text + ("" if "int main(" in b.text else "int main() {}\n"), encoding="utf-8")
        code, text = self.run([*self.options.compiler.split(), "-std=c++20", f"-I{ROOT / 'include'}", "-fsyntax-only", str(file)], folder)
        self.ran += 1
        if code == 0:
            return self.finding(b, "compiles")
        for line in output.text.strip().split("\n"):
            if not re.search(".*".join(map(re.escape, line.strip().split("…"))), text):
                self.finding(output, f"the compiler does not say {line.strip()!r}:\n{text}")

    def console(self, b, folder):
        printed = ""
        for line in b.text.split("\n"):
            if not line.startswith("$ "):
                continue
            self.ran += 1
            code, text = self.run(["bash", "-c", line[2:]], folder)
            printed += line + "\n" + text + ("\n" if text and not text.endswith("\n") else "") + (f"[exit {code}]\n" if code else "")
        if not printed:
            return self.finding(b, "a console block without a command")
        self.compare(b, printed)

    def excerpt(self, b):
        path = ROOT / b.directive[len("from "):].strip()
        if not path.is_file():
            return self.finding(b, f"{path} does not exist")
        self.ran += 1
        if b.text not in path.read_text(encoding="utf-8"):
            self.finding(b, f"is no excerpt of {path.relative_to(ROOT)}")

    def block(self, index, b, folder):
        if b.has("not run:") and b.directive[len("not run:"):].strip():
            return
        if b.has("from "):
            return self.excerpt(b)
        if b.has("file "):
            file = folder / b.directive[len("file "):].strip()
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(b.text, encoding="utf-8")
            return
        if b.language == "cpp" and b.has("does not compile"):
            return self.refused(index, b, folder)
        if b.directive and not b.has("body"):
            return self.finding(b, f"unknown: docs: {b.directive}")
        if b.language == "cpp":
            return None if self.is_snippet(b) else self.program(index, b, folder)
        if b.language == "console":
            return self.console(b, folder)
        if b.language == "text" and index and self.blocks[index - 1].language == "cpp" and \
                not self.blocks[index - 1].has(("not run:", "file ", "from ")):
            return  # compared with what the block above prints
        self.finding(b, f"a block of {b.language or 'no language'} that nothing checks; see tools/check_docs.py --help")

    def check(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(os.path.realpath(name))
            (folder / "autopack_schema").symlink_to(ROOT)
            self.snippets(folder)
            for index, b in enumerate(self.blocks):
                self.block(index, b, folder)
        if self.options.update:
            self.update()
        return self.findings

    def update(self):
        lines = self.text.split("\n")
        for b in reversed(self.blocks):
            if b.printed is None or masked(b.printed) == masked(b.text):
                continue
            end = b.line + next(i for i, line in enumerate(lines[b.line:]) if line.strip() == "```")
            indent = lines[b.line - 1][:len(lines[b.line - 1]) - len(lines[b.line - 1].lstrip())]
            lines[b.line:end] = [(indent + line).rstrip() for line in b.printed.rstrip("\n").split("\n")]
        self.path.write_text("\n".join(lines), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="folder with the programs that pages run")
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("pages", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    failed = 0
    for path in options.pages:
        checked = page(path, options)
        for finding in checked.check():
            failed = 1
            print(finding)
        print(f"check_docs: {path.name}: {len(checked.blocks)} blocks, {checked.ran} compiled, run or compared, "
              f"{len([b for b in checked.blocks if b.has('not run:')])} only shown, {len(checked.findings)} findings")
    return failed


if __name__ == "__main__":
    sys.exit(main())
