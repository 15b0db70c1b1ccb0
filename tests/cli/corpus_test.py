#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every case of the corpus through the real command: `drift` against the file of statements, against its lock file and from the
live script must give the same findings, judge the case as expect.json does, and change nothing. Skipped without ../shared.

usage: corpus_test.py PROGRAM [ignored arguments]
"""
import hashlib
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
SKIPPED = 77


def shared():
    folder = pathlib.Path(os.environ.get("APS_SHARED") or pathlib.Path(__file__).parents[3] / "shared")
    return folder if (folder / "corpus").is_dir() else None


def run(*arguments):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode not in (0, 2, 3) or done.stderr:
        raise AssertionError(f"{arguments}: exit code {done.returncode}\n{done.stderr}")
    return done


def findings(*arguments):
    report = json.loads(run(*arguments, "--format", "json").stdout)
    return [{k: f[k] for k in ("kind", "severity", "object", "expected", "actual")} for f in report["findings"]]


def check(case, folder):
    """What is wrong with one case, or nothing; whether it was judged right."""
    live = folder / "live.db"
    live.unlink(missing_ok=True)
    connection = sqlite3.connect(live)
    connection.executescript((case / "live.sql").read_text(encoding="utf-8"))
    connection.commit()
    connection.close()
    before = hashlib.sha256(live.read_bytes()).hexdigest()
    url, intended, lock = f"sqlite:///{live}", case / "intended.sql", folder / "intended.lock.json"
    found = findings("drift", "-d", url, "--against", intended)
    run("snapshot", "--from", intended, "-o", lock, "-q")
    wrong = []
    if findings("drift", "-d", url, "--against", lock) != found:
        wrong.append("the lock file of intended.sql gives other findings")
    if findings("diff", "--from", url, "--to", intended) != found:
        wrong.append("diff gives other findings")
    for command in (("drift", "-d", url, "--against", intended), ("verify", "-d", url, "--against", intended), ("generate", "-d", url)):
        run(*command)
    for format in ("mermaid", "dot", "svg"):
        run("diagram", "-d", url, "--from", intended, "--format", format)
    if hashlib.sha256(live.read_bytes()).hexdigest() != before:
        wrong.append("the database was changed")
    expect = json.loads((case / "expect.json").read_text(encoding="utf-8"))
    return wrong, bool(found) == expect["drift"]


def main():
    if not shared():
        print("SKIPPED: the shared folder is not there; set APS_SHARED or put it beside the repository")
        return SKIPPED
    failures, right, count = 0, 0, 0
    with tempfile.TemporaryDirectory() as temporary:
        for case in sorted((shared() / "corpus").iterdir()):
            if not (case / "expect.json").is_file():
                continue
            count += 1
            wrong, judged = check(case, pathlib.Path(temporary))
            right += judged
            failures += bool(wrong) or not judged
            for text in wrong + ([] if judged else ["judged wrong"]):
                print(f"FAILED {case.name}: {text}")
    print(f"{count} cases, {right} judged right, {failures} failed")
    return failures != 0 or count == 0


if __name__ == "__main__":
    sys.exit(main())
