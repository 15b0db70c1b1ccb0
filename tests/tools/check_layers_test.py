#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""tools/check_layers.py must accept clean headers and find every kind of bad one."""
import contextlib
import io
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import check_layers  # noqa: E402

TOP = "// SPDX-License-Identifier: MIT\n#pragma once\n\n"
CLEAN = {
    "model/a.hpp": TOP + "#include <cstdint>\n#include <string_view>\n\nnamespace autopack_schema::model {\n\n"
                         "/// One.\nstruct a {\n    int b = 0;\n};\n\n/// Two.\ntemplate <class T>\nconstexpr int f(T) {\n    return 1;\n}\n\n}\n",
    "db/b.hpp": TOP + "#include <sqlite3.h>\n",
    "drift/c.hpp": TOP + "#include <autopack_schema/db/b.hpp>\n#include <autopack_schema/model/a.hpp>\n",
    "cli/d.hpp": TOP + "#include <autopack_schema/drift/c.hpp>\n\n#include <CLI/CLI.hpp>\n\n#include <iostream>\n",
    "core.hpp": TOP + "#include <autopack_schema/model/a.hpp>\n",
    "autopack_schema.hpp": TOP + "#include <autopack_schema/core.hpp>\n#include <autopack_schema/drift/c.hpp>\n",
}


def body(text):
    return TOP + "namespace autopack_schema::model {\n\n" + text + "\n} // namespace autopack_schema::model\n"


def findings(changed):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in {**CLEAN, **changed}.items():
            path = root / "autopack_schema" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return [(name, kind) for name, _, kind, _ in check_layers.check_all(root)]


class bad_headers(unittest.TestCase):
    def bad(self, name, text, *kinds):
        self.assertEqual([(name, kind) for kind in kinds], findings({name: text}))

    def test_clean(self):
        self.assertEqual([], findings({}))

    def test_a_layer_below(self):
        self.assertIn(("model/a.hpp", "layer"), findings({"model/a.hpp": TOP + "#include <autopack_schema/db/b.hpp>\n"}))

    def test_umbrella_of_a_layer_below(self):
        self.assertIn(("model/a.hpp", "layer"), findings({"diff.hpp": TOP, "model/a.hpp": TOP + "#include <autopack_schema/diff.hpp>\n"}))

    def test_third_party(self):
        self.bad("ops/e.hpp", TOP + "#include <autopack_schema/db/b.hpp>\n\n#include <CLI/CLI.hpp>\n", "layer")

    def test_core_must_not_reach_sqlite(self):
        self.assertIn(("core.hpp", "umbrella"), findings({"core.hpp": TOP + "#include <autopack_schema/db/b.hpp>\n"}))

    def test_heavy(self):
        self.bad("model/a.hpp", TOP + "#include <regex>\n", "heavy")

    def test_unknown_folder(self):
        self.assertIn(("helpers/x.hpp", "layer"), findings({"helpers/x.hpp": TOP}))

    def test_missing_header(self):
        self.bad("model/a.hpp", TOP + "#include <autopack_schema/model/gone.hpp>\n", "include")

    def test_not_in_umbrella(self):
        self.assertEqual([("autopack_schema.hpp", "umbrella")], findings({"db/new.hpp": TOP}))
        self.assertEqual([("core.hpp", "umbrella"), ("autopack_schema.hpp", "umbrella")], findings({"model/new.hpp": TOP}))

    def test_umbrella_with_cli(self):
        self.assertIn(("autopack_schema.hpp", "umbrella"),
                      findings({"autopack_schema.hpp": CLEAN["autopack_schema.hpp"] + "#include <autopack_schema/cli/d.hpp>\n"}))

    def test_no_umbrella(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "autopack_schema" / "model" / "a.hpp"
            path.parent.mkdir(parents=True)
            path.write_text(CLEAN["model/a.hpp"], encoding="utf-8")
            self.assertEqual({"core.hpp", "autopack_schema.hpp"}, {name for name, *_ in check_layers.check_all(pathlib.Path(folder))})

    def test_fixes(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            added = {"model/z.hpp": TOP, "db/y.hpp": TOP + "#include <string>\n#include <sqlite3.h>\n"}
            for name, text in {**CLEAN, **added}.items():
                path = root / "autopack_schema" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            with contextlib.redirect_stdout(io.StringIO()):
                self.assertEqual(0, check_layers.main(["--fix-includes", "--fix-umbrellas", folder]))
            self.assertEqual(TOP + "#include <sqlite3.h>\n\n#include <string>\n", (root / "autopack_schema/db/y.hpp").read_text())
            self.assertEqual(TOP + "#include <autopack_schema/core.hpp>\n#include <autopack_schema/db/y.hpp>\n"
                             "#include <autopack_schema/drift/c.hpp>\n", (root / "autopack_schema/autopack_schema.hpp").read_text())

    def test_first_lines(self):
        self.bad("model/a.hpp", "#pragma once\n", "spdx", "pragma")
        self.bad("model/a.hpp", "// SPDX-License-Identifier: MIT\n", "pragma")

    def test_includes(self):
        self.bad("model/a.hpp", TOP + "#include <string_view>\n#include <cstdint>\n", "include")
        self.bad("drift/c.hpp", TOP + "#include <string>\n\n#include <autopack_schema/db/b.hpp>\n", "include")
        self.assertIn(("drift/c.hpp", "include"), findings({"drift/c.hpp": TOP + '#include "../db/b.hpp"\n'}))

    def test_length(self):
        self.bad("model/a.hpp", TOP + "// x\n" * 298, "length")

    def test_columns(self):
        self.bad("model/a.hpp", TOP + "//" + "x" * 150 + "\n", "columns")

    def test_function(self):
        self.bad("model/a.hpp", body("/// F.\ninline int f() {\n" + "    g();\n" * 41 + "}\n"), "function")
        self.bad("model/a.hpp", body("/// F.\nstruct f {\n    int g(int a,\n          int b) {\n" + "        h();\n" * 41 + "    }\n};\n"),
                 "function")
        self.assertEqual([], findings({"model/a.hpp": body("/// F.\ninline int f() {\n" + "    g();\n" * 40 + "}\n")}))
        self.assertEqual([], findings({"model/a.hpp": body("/// A.\ninline constexpr std::array<int, 9> a{\n" + "    1, 2,\n" * 60 + "    3};\n")}))
        table = "/// F.\nconstexpr int f(int i) {\n    switch (i) {\n" + "    case 1: return 2;\n" * 60 + "    }\n    return 0;\n}\n"
        self.assertEqual([], findings({"model/a.hpp": body(table)}))

    def test_class(self):
        self.bad("model/a.hpp", body("/// C.\nclass c {\n" + "    int i;\n" * 251 + "};\n"), "class")

    def test_words(self):
        self.bad("model/a.hpp", body("using namespace std;"), "words", "doc")
        self.bad("model/a.hpp", body("namespace {\n}\n"), "words")
        self.bad("model/a.hpp", body("static int x = 1;"), "words")

    def test_docs(self):
        for text in ("struct a {\n};\n", "inline int f();\n", "std::string f(const a::b& c);\n", "template <class T>\nstruct b {};\n", "std::string g(int a);\n",
                     "/// Documented.\nint f();\n\nint g();\n"):
            self.bad("model/a.hpp", body(text), "doc")
        self.assertEqual([], findings({"model/a.hpp": body("inline std::string url::masked() const {\n}\n")}))
        self.assertEqual([], findings({"model/a.hpp": body("/// All.\nint f();\nint f(int);\ntemplate <class T>\nint f(T);\n")}))
        self.assertEqual([], findings({"model/a.hpp": body("/// A.\ntemplate <class T>\nstruct a;\n\ntemplate <some T>\nstruct a<T> {};\n")}))
        self.assertEqual([], findings({"model/a.hpp": body("struct forward;\n\n/// Doc.\ntemplate <class T>\n    requires true\nint g(T);\n")}))

    def test_nothing_found_is_a_finding(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertNotEqual([], list(check_layers.check_all(pathlib.Path(folder))))


if __name__ == "__main__":
    unittest.main()
