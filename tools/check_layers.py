#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks the headers against the table of layers and the rules for files: who includes whom, length, first lines,
sorted includes, doc comments, completeness of the umbrellas.

usage: check_layers.py [--fix-includes] [--fix-umbrellas] [include directory]     exit 0 clean, 1 with one line per finding
"""
import pathlib
import re
import sys

ROOT = "autopack_schema"

# folder: folders it may use, besides itself and what those may use.
MAY_USE = {
    "model": [],
    "define": ["model"],
    "diff": ["model"],
    "sql": ["model", "diff"],
    "db": [],
    "inspect": ["model", "sql", "db"],
    "drift": ["diff", "inspect"],
    "migrate": ["diff", "sql", "db", "inspect", "define"],  # define: backfills name a column by its member
    "query": ["define", "sql", "db"],
    "schemas": ["define", "migrate"],  # migrate: the chain of versions
    "ops": ["query", "schemas"],
    "cli": ["define", "drift", "migrate", "query", "schemas", "ops"],
    "testing": ["drift"],
}
COMMON = {"detail", "error.hpp", "version.hpp", "header_only.hpp", "fwd.hpp"}  # std only, usable by every layer
UMBRELLAS = {"autopack_schema.hpp", "core.hpp", "implementation.hpp"}

# Third-party headers and the layers that may name them.
THIRD_PARTY = {
    "sqlite3.h": {"db", "inspect", "drift", "migrate", "query"},
    "libpq-fe.h": {"db"},
    "nlohmann/": {"define", "drift", "migrate", "query", "schemas", "ops", "cli"},
    "CLI/": {"cli"},
    "httplib.h": {"ops"},
    "catch2/": {"testing"},
}
CORE = {"model", "define", "diff", "sql", "query"}
HEAVY = {"functional", "iostream", "sstream", "regex", "ranges", "filesystem", "format"}

MAX_LINES = 300
MAX_COLUMNS = 140  # .clang-format aims at 120
MAX_FUNCTION = 40
MAX_CLASS = 250
EXCEPTIONS = {}  # {"path below include/": {"rule": "reason"}}; rules: length, function, class, doc, columns

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')
DECLARATION = re.compile(
    r"^(?:template\b|struct\b|class\b|enum\b|union\b|using\b|concept\b|inline\b|constexpr\b|consteval\b|constinit\b|auto\b|"
    r"\[\[|extern\b|(?:const\s+)?[A-Za-z_][\w:<>,&* ]*\s[&*]?\w+\s*\()")
TABLE_LINE = re.compile(r"^\s*(?:case\b.*:|default:)\s*return\b.*;\s*$")  # a switch that is a table is not long code
NOT_ONE = re.compile(r"^(?:(?:inline\s+)?namespace\b|public:|private:|protected:|return\b|else\b|if\b|for\b|while\b|static_assert\b|friend\b)")


def may_use(layer, seen=None):
    seen = set() if seen is None else seen
    if layer not in seen:
        seen.add(layer)
        for other in MAY_USE[layer]:
            may_use(other, seen)
    return seen


def is_internal(name):
    """detail/: what no user names. body/: definitions of functions that a public header declares, see header_only.hpp."""
    return any(folder in f"/{name}" for folder in ("/detail/", "/body/"))


def layer_of(relative):
    """'sql/x.hpp' and 'sql.hpp' -> 'sql'; 'detail/x.hpp' -> 'detail'; 'error.hpp' and unknown names stay as they are."""
    head = relative.split("/")[0]
    stem = head[:-4] if head.endswith(".hpp") else head
    return stem if stem in MAY_USE else head


def without_comments(text):
    """Blanks comments and the inside of string literals; keeps every line break and column."""
    def blank(match):
        word = match.group(0)
        kept = word[0] + re.sub(r"[^\n]", " ", word[1:-1]) + word[-1] if word[0] in "\"'" else re.sub(r"[^\n]", " ", word)
        return kept
    return re.sub(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])\'(?:\\.|[^\'\\\n])*\'', blank, text,
                  flags=re.S)


class header:
    def __init__(self, root, path):
        self.name = path.relative_to(root / ROOT).as_posix()
        self.text = path.read_text(encoding="utf-8")
        self.lines = self.text.split("\n")
        self.code = without_comments(self.text).split("\n")
        self.layer = layer_of(self.name)
        self.includes = []  # (line number, bracket, name)
        for number, line in enumerate(self.lines, 1):
            if match := INCLUDE.match(line):
                self.includes.append((number, match[1], match[2]))
        self.own = [name[len(ROOT) + 1:] for _, _, name in self.includes if name.startswith(ROOT + "/")]
        self.foreign = [name for _, _, name in self.includes
                        if any(name.startswith(key) for key in THIRD_PARTY)]


def check_layer(head):
    if head.name in UMBRELLAS:
        return
    if head.layer not in MAY_USE and head.layer not in COMMON:
        yield 1, "layer", f"'{head.layer}' is no layer of design.md and none of {', '.join(sorted(COMMON | UMBRELLAS))}"
        return
    allowed = COMMON | (may_use(head.layer) if head.layer in MAY_USE else set())
    for number, _, name in head.includes:
        if name.startswith(ROOT + "/"):
            other = layer_of(name[len(ROOT) + 1:])
            if other not in allowed:
                yield number, "layer", f"{head.layer} must not include {name} (layer {other})"
            continue
        for key, layers in THIRD_PARTY.items():
            if name.startswith(key) and head.layer not in layers:
                yield number, "layer", f"{head.layer} must not include <{name}>"
        if head.layer in CORE | COMMON and name in HEAVY:
            yield number, "heavy", f"a core header must not include <{name}>"


def check_first_lines(head):
    if head.lines[0] != "// SPDX-License-Identifier: MIT":
        yield 1, "spdx", "the first line must be `// SPDX-License-Identifier: MIT`"
    if "#pragma once" not in head.lines[1:3]:
        yield 2, "pragma", "`#pragma once` must follow the licence line"
    previous = None
    for number, bracket, name in head.includes:
        if bracket == '"':
            yield number, "include", f'"{name}": write own includes in angle brackets with the full path'
        if previous and number == previous[0] + 1 and name < previous[1]:
            yield number, "include", f"<{name}> is not in order after <{previous[1]}>"
        previous = (number, name)
    groups = [include_group(name) for _, _, name in head.includes if "__has_include" not in head.text and "/body/" not in name]
    if groups != sorted(groups):
        yield head.includes[0][0], "include", "order: own headers, then third-party, then std (--fix-includes does it)"


def include_group(name):
    """0 own, 1 third-party, 2 std (no folder, no .h)."""
    return 0 if name.startswith(ROOT + "/") else 1 if "." in name or "/" in name else 2


def fix_includes(head):
    """The text with its include block regrouped and sorted; None where includes are not one plain block."""
    numbers = [number for number, _, _ in head.includes]
    if not numbers:
        return None
    first, last = numbers[0] - 1, numbers[-1]
    if any(line.strip() and not INCLUDE.match(line) for line in head.lines[first:last]):
        return None
    names = sorted({(include_group(name), name) for _, _, name in head.includes})
    block = []
    for group in (0, 1, 2):
        lines = [f"#include <{name}>" for which, name in names if which == group]
        block += ([""] if block and lines else []) + lines
    return "\n".join(head.lines[:first] + block + head.lines[last:])


def check_size(head):
    count = len(head.lines) - (head.lines[-1] == "")
    if count > MAX_LINES:
        yield count, "length", f"{count} lines, at most {MAX_LINES}: one idea per header"
    for number, line in enumerate(head.lines, 1):
        if len(line) > MAX_COLUMNS and not re.search(r'"[^"]{60,}"', line):  # a message is not broken up
            yield number, "columns", f"{len(line)} columns, at most {MAX_COLUMNS}"
    yield from check_blocks(head)


def is_code_block(opening):
    """A function or a class, not a namespace, an enum, an initialiser or a block inside a function."""
    return not (re.match(r"(?:inline\s+)?namespace\b|enum\b|extern\b|\}?\s*(?:if|else|for|while|do|switch|case|try|catch)\b", opening)
                or re.search(r"[=({,]\s*\{$", opening))


def check_blocks(head):
    """Functions and classes by indentation: a block opened at the end of a line closes at the same indentation."""
    start = 0
    for number, line in enumerate(head.code, 1):
        if line.rstrip().endswith((";", "}", ":")) or not line.strip():
            start = number
        if not line.rstrip().endswith("{"):
            continue
        opening = " ".join(head.code[start:number]).strip()
        indent = len(head.code[start]) - len(head.code[start].lstrip()) if start < number else 0
        start = number
        close = next((later for later, text in enumerate(head.code[number:], number + 1)
                      if text.startswith(" " * indent + "}")), number)
        if not is_code_block(opening):
            continue
        is_class = re.search(r"^(?:template\s*<.*>\s*)?(?:struct|class|union)\b[^()]*\{$", opening)
        if not is_class and "(" not in opening:  # an initialiser: name{
            continue
        limit, rule = (MAX_CLASS, "class") if is_class else (MAX_FUNCTION, "function")
        body = [text for text in head.code[number:close - 1] if is_class or not TABLE_LINE.match(text)]
        if len(body) > limit:
            yield number, rule, f"{rule} of {len(body)} lines, at most {limit}"


def check_words(head):
    for number, line in enumerate(head.code, 1):
        if re.search(r"\busing\s+namespace\b", line):
            yield number, "words", "no `using namespace` in a header"
        if re.match(r"\s*(?:inline\s+)?namespace\s*\{", line):
            yield number, "words", "no anonymous namespace in a header"
        if re.match(r"(?:inline\s+)?static\b", line):
            yield number, "words", "no `static` at namespace scope in a header; write `inline`"


def check_docs(head):
    """Every declaration at column 0 outside `detail` follows a `///` line (or a template, requires or attribute line). A comment
    holds for all declarations below it up to the next empty line, so that overloads and lists of words share one."""
    if is_internal(head.name) or head.name == "fwd.hpp":
        return
    in_detail, previous, group = False, "", False
    for number, (line, code) in enumerate(zip(head.lines, head.code), 1):
        if re.match(r"namespace\b.*\bdetail\b.*\{", code):
            in_detail = True
        elif re.match(r"\}.*//.*\bdetail\b", line):
            in_detail = False
        elif not in_detail and DECLARATION.match(code) and not NOT_ONE.match(code):
            forward = re.match(r"(?:template\s*<.*>\s*)?(?:struct|class|enum)\b[^{;]*;", code)
            starts = previous == "" or previous.endswith((";", "}", "{")) or previous.startswith(("#", "//"))
            # a specialisation or a member defined outside its class: documented where it was declared
            elsewhere = re.match(r"template\s*<\s*>", code) or re.match(r"[^(={]*\w::(?:~?\w+|operator\W+)\(", code)
            following = head.code[number].strip() if number < len(head.code) else ""
            elsewhere = elsewhere or re.match(r"template\b", code) and re.match(r"(?:struct|class)\s+\w+<|inline constexpr .*\w<.*> =|\w+\(.*\) ->", following)
            if starts and not forward and not elsewhere and not previous.startswith("///") and not group:
                yield number, "doc", f"no doc comment (`///`) before: {line.strip()[:60]}"
        group = line.startswith("///") or (group and line.strip() != "")
        if line.strip():
            previous = line.strip() if line.lstrip().startswith("//") else code.strip() or line.strip()
        elif previous.startswith("///"):
            previous = ""


def reach(headers, start):
    """Everything that one header includes, own and foreign names, also where the bodies are in another unit."""
    seen, queue = set(), [start]
    while queue:
        name = queue.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in headers:
            queue += [other for other in headers[name].own if "/body/" not in other] + headers[name].foreign
    return seen


def umbrella_rules():
    """(umbrella, layers that it must reach, third-party headers that it must not reach)"""
    optional = tuple(key for key in THIRD_PARTY if key != "sqlite3.h")
    yield "core.hpp", CORE, tuple(THIRD_PARTY)
    # Not the packs: a user with tables of his own should not compile ours (0.8 s of 3.4 s, g++ 12 -fsyntax-only).
    yield "autopack_schema.hpp", set(MAY_USE) - {"schemas", "ops", "cli", "testing"}, optional


def wanted(headers, layers, foreign):
    """The public headers of these layers that need none of the foreign ones."""
    return [name for name, head in headers.items()
            if (head.layer in layers or name in ("error.hpp", "version.hpp")) and not is_internal(name)
            and not any(other.startswith(foreign) for other in reach(headers, name))]


def check_umbrellas(headers):
    """core.hpp reaches all of the core without sqlite3.h; autopack_schema.hpp all that needs nothing but SQLite."""
    for umbrella, layers, foreign in umbrella_rules():
        if umbrella not in headers:
            yield umbrella, 0, "umbrella", "is missing"
            continue
        reached = reach(headers, umbrella)
        for name in sorted(reached):
            if name.startswith(foreign):
                yield umbrella, 1, "umbrella", f"reaches <{name}>"
        for name in wanted(headers, layers, foreign):
            if name not in reached:
                yield umbrella, 1, "umbrella", f"does not reach {name} (--fix-umbrellas does it)"


def fix_umbrellas(root):
    """Rewrites the includes of the umbrellas: the headers that no other wanted one includes."""
    for umbrella, layers, foreign in umbrella_rules():
        headers = read_headers(root)
        names = wanted(headers, layers, foreign)
        below = set().union(*(reach(headers, name) - {name} for name in names)) if names else set()
        roots = {name for name in names if name not in below}
        if umbrella == "autopack_schema.hpp":
            roots = {"core.hpp"} | {name for name in roots if name not in reach(headers, "core.hpp")}
        path = root / ROOT / umbrella
        old = path.read_text(encoding="utf-8")
        top = old[:old.index("#include")]
        new = top + "".join(f"#include <{ROOT}/{name}>\n" for name in sorted(roots))
        if new != old:
            path.write_text(new, encoding="utf-8")
            print(f"wrote {umbrella}")


def read_headers(root):
    headers = {}
    for path in sorted((root / ROOT).rglob("*.hpp")):
        head = header(root, path)
        headers[head.name] = head
    return headers


def check_all(root):
    headers = read_headers(root)
    if not headers:
        yield ROOT, 0, "layer", "no headers found"
    for head in headers.values():
        for name in head.own:
            if name not in headers:
                yield head.name, 1, "include", f"<{ROOT}/{name}> does not exist"
        for rule in (check_layer, check_first_lines, check_size, check_words, check_docs):
            for number, kind, text in rule(head):
                if kind not in EXCEPTIONS.get(head.name, {}):
                    yield head.name, number, kind, text
    yield from check_umbrellas(headers)


def main(arguments):
    options = {argument for argument in arguments if argument.startswith("--")}
    folders = [argument for argument in arguments if not argument.startswith("--")]
    if options - {"--fix-includes", "--fix-umbrellas"} or len(folders) > 1:
        sys.exit(__doc__)
    root = pathlib.Path(folders[0] if folders else pathlib.Path(__file__).parent.parent / "include").resolve()
    for path in sorted((root / ROOT).rglob("*.hpp")) if "--fix-includes" in options else ():
        head = header(root, path)
        text = fix_includes(head)
        if text is not None and text != head.text:
            path.write_text(text, encoding="utf-8")
            print(f"sorted the includes of {head.name}")
    if "--fix-umbrellas" in options:
        fix_umbrellas(root)
    findings = list(check_all(root))
    for name, number, kind, text in findings:
        print(f"include/{ROOT}/{name}:{number}: {kind}: {text}")
    print(f"check_layers: {len(findings)} findings" if findings else "check_layers: clean")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
