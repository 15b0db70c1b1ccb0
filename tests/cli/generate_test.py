#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`generate` writes definitions that mean what the database means: generated headers are compiled, all in one unit, and
checked against the databases that they were generated from, with every policy on. Nothing may be found.

usage: generate_test.py PROGRAM COMPILER INCLUDE_DIRECTORY
The schemas below always; with ../shared (or APS_SHARED) also every intended.sql of the corpus and every file in db/.
"""
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

HOSTILE = {
    "keywords": """CREATE TABLE "class" ("int" INTEGER PRIMARY KEY, "return" TEXT NOT NULL, "std" REAL, "a""b" TEXT, "a'b" TEXT);
        CREATE INDEX "operator" ON "class" ("return", "a""b" DESC);""",
    "names": """CREATE TABLE "größe Straße" ("ü" INTEGER, "a b" TEXT, "a-b" TEXT, "a_b" TEXT, "A_B2" TEXT, "1st" TEXT, "" TEXT, "_x" TEXT,
        "ends_" TEXT, "日本" TEXT, "日本語" TEXT); CREATE TABLE "schema" (schema_row TEXT, aps INTEGER);
        CREATE TABLE "two\nlines" ("line\nbreak" TEXT DEFAULT 'x\ny', "tab\t" TEXT DEFAULT '\\ " )sql"');""",
    "defaults": """CREATE TABLE d (a INTEGER DEFAULT -9223372036854775808, b INTEGER DEFAULT 9223372036854775807, c REAL DEFAULT 1e-300,
        d REAL DEFAULT 9e999, e TEXT DEFAULT 5, f INTEGER DEFAULT 'x', g BLOB DEFAULT x'00ff', h TEXT DEFAULT NULL, i TEXT NOT NULL DEFAULT NULL,
        j BOOLEAN DEFAULT TRUE, k BOOLEAN DEFAULT 2, l DATETIME DEFAULT CURRENT_TIMESTAMP, m DATETIME DEFAULT 0, n TEXT DEFAULT 'it''s',
        o INTEGER DEFAULT (1 + 2), p DEFAULT 1, q NUMERIC DEFAULT '1.50', r TEXT DEFAULT '', s REAL DEFAULT 0.1, t REAL DEFAULT -5);""",
    "types": """CREATE TABLE t (a, b STRING, c "FLOATING POINT", d VARCHAR(33), e DECIMAL(10, 2), f BIGINT, g JSON, h DATE, i "weird type" NOT NULL,
        j UNSIGNED BIG INT, k CHARINT, l CLOB); CREATE TABLE u (a INT PRIMARY KEY, b ANY, c TEXT, d BLOB NOT NULL, e REAL, f INTEGER) STRICT;
        CREATE TABLE w (k TEXT, v TEXT, PRIMARY KEY (v, k)) WITHOUT ROWID;""",
    "keys": """CREATE TABLE p (a TEXT PRIMARY KEY, b TEXT UNIQUE, c TEXT, UNIQUE (c, b), CONSTRAINT uq UNIQUE (c) ON CONFLICT REPLACE);
        CREATE TABLE q (id INTEGER PRIMARY KEY DESC, x TEXT); CREATE TABLE r (id INTEGER PRIMARY KEY AUTOINCREMENT);
        CREATE TABLE s (a INTEGER, b TEXT COLLATE NOCASE, CONSTRAINT pk PRIMARY KEY (b COLLATE RTRIM, a DESC) ON CONFLICT IGNORE);
        CREATE TABLE c (id INT CONSTRAINT pk2 PRIMARY KEY ON CONFLICT FAIL, pa TEXT REFERENCES p, pb TEXT REFERENCES p (b) ON DELETE CASCADE ON UPDATE
        SET NULL DEFERRABLE INITIALLY DEFERRED, n TEXT REFERENCES nowhere (x), m TEXT NOT NULL ON CONFLICT REPLACE DEFAULT '-',
        CONSTRAINT fk FOREIGN KEY (pb, pa) REFERENCES p (c, b) MATCH FULL);
        CREATE INDEX i1 ON c (lower(pa), pb COLLATE NOCASE DESC) WHERE pa IS NOT NULL; CREATE UNIQUE INDEX i2 ON c (n, n);""",
    "checks": """CREATE TABLE k (a INTEGER CHECK (a > 0), b TEXT CONSTRAINT named CHECK (b IN ('x', 'y"z')), c TEXT,
        CHECK (a <> 1 OR c IS NULL), CONSTRAINT two CHECK (length(c) < 10),
        g TEXT GENERATED ALWAYS AS (b || c) STORED, v INTEGER AS (a * 2), vb TEXT AS (b) UNIQUE);""".replace(
        """CHECK (a <> 1 OR c IS NULL), CONSTRAINT two CHECK (length(c) < 10),
        g TEXT GENERATED ALWAYS AS (b || c) STORED, v INTEGER AS (a * 2), vb TEXT AS (b) UNIQUE""",
        """g TEXT GENERATED ALWAYS AS (b || c) STORED, v INTEGER AS (a * 2), vb TEXT AS (b) UNIQUE,
        CHECK (a <> 1 OR c IS NULL), CONSTRAINT two CHECK (length(c) < 10)"""),
    "objects": """CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT); CREATE VIEW v AS SELECT a, b FROM t WHERE b <> 'x';
        CREATE VIEW w (x, "y z") AS SELECT a,\n  b -- comment "quoted"\nFROM t; CREATE VIRTUAL TABLE f USING fts5(title, body, tokenize='porter');
        CREATE TRIGGER g AFTER INSERT ON t WHEN new.b = '"' BEGIN UPDATE t SET b = 'x;y' WHERE a = new.a; SELECT 1; END;
        CREATE TRIGGER t INSTEAD OF DELETE ON v BEGIN DELETE FROM t WHERE a = old.a; END;""",
}


def shared():
    folder = pathlib.Path(os.environ.get("APS_SHARED") or pathlib.Path(__file__).parents[3] / "shared")
    return folder if (folder / "db").is_dir() else None


def make_database(path, script):
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.commit()
    connection.close()


def collect(folder):
    """{name: database file}, made in the folder."""
    databases = {}
    for name, script in HOSTILE.items():
        databases[name] = folder / f"{name}.db"
        make_database(databases[name], script)
    if shared():
        for case in sorted((shared() / "corpus").glob("*/intended.sql")):
            name = "corpus_" + re.sub(r"\W", "_", case.parent.name)
            databases[name] = folder / f"{name}.db"
            make_database(databases[name], case.read_text(encoding="utf-8"))
        for file in sorted((shared() / "db").glob("*.sqlite")):
            databases["db_" + file.stem] = folder / file.name
            shutil.copyfile(file, folder / file.name)
    return databases


UNIT = """#include <autopack_schema/drift/check_database.hpp>
#include <autopack_schema/drift/text.hpp>
#include <cstdio>
namespace aps = autopack_schema;
int failures = 0;
void check(const char* name, const aps::model::schema& s, const char* file) {
    aps::drift::options o;
    o.type_spelling = o.name_case = true;
    o.names = aps::drift::constraint_names::exact;
    auto live = aps::sqlite::connection::open_file(file, {.mode = aps::sqlite::open_mode::read_only});
    const auto report = aps::drift::check(s, live, o);
    bool clean = report.not_compared.empty();
    for (const auto& f : report.findings) {
        // `x` without a type has no C++ type either; BLOB keeps the same values
        if (f.kind == "column.type_spelling" && f.actual.empty()) continue;
        clean = false;
    }
    if (clean) return;
    ++failures;
    std::printf("FAILED %s\\n%s\\n", name, aps::drift::to_text(report).c_str());
}
"""


FROZEN = """#include <autopack_schema/diff/unchanged.hpp>
#include <autopack_schema/schemas/autopack.hpp>
#include <autopack_schema/schemas/run_metadata.hpp>
namespace aps = autopack_schema;
static_assert(aps::unchanged<aps::schemas::autopack::build_144::version, ::autopack::BUILD_144::version>());
static_assert(aps::unchanged<aps::schemas::autopack::b129::version, ::old::version>());
static_assert(aps::unchanged<aps::schemas::run_metadata::v2::version, ::run_metadata::v2::version>());
static_assert(!aps::unchanged(aps::schemas::run_metadata::v1::version, ::run_metadata::v2::version));
"""


def check_frozen(program, compiler, include, folder):
    """`snapshot --header` gives the compiler the same schema; so does a lock file read back."""
    unit = FROZEN
    for number, more in enumerate((["-s", "autopack"], ["-s", "autopack", "--version", "b129", "--namespace", "old"], ["-s", "run_metadata"])):
        header = folder / f"frozen{number}.hpp"
        subprocess.run([program, "snapshot", "--header", *more, "-o", header, "-q"], check=True)
        unit = f'#include "{header}"\n' + unit
    (folder / "frozen.cpp").write_text(unit, encoding="utf-8")
    subprocess.run([compiler, "-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", f"-I{include}", folder / "frozen.cpp"],
                   check=True)


def main(program, compiler, include):
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        check_frozen(program, compiler, include, folder)
        databases = collect(folder)
        unit, calls = UNIT, ""
        for name, file in databases.items():
            header = folder / f"{name}.hpp"
            subprocess.run([program, "generate", "--database", f"sqlite:///{file}", "--namespace", name, "-o", header, "-q"], check=True)
            unit = f'#include "{header}"\n' + unit
            calls += f'    check("{name}", ::{name}::schema, "{file}");\n'
        (folder / "unit.cpp").write_text(unit + "int main() {\n" + calls + '    std::printf("%d of %d failed\\n", failures, '
                                         + str(len(databases)) + ");\n    return failures != 0;\n}\n", encoding="utf-8")
        subprocess.run([compiler, "-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Werror", f"-I{include}", folder / "unit.cpp",
                        "-o", folder / "unit", "-lsqlite3"], check=True)
        return subprocess.run([folder / "unit"]).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
