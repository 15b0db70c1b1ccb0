# SPDX-License-Identifier: MIT
"""A database with usage of known sums, and a usage_dashboard that serves it: for the tests over HTTP and in a browser."""
import contextlib
import datetime
import json
import os
import pathlib
import re
import signal
import sqlite3
import subprocess
import urllib.error
import urllib.request


def time_ago(**ago):
    return (datetime.datetime.utcnow() - datetime.timedelta(**ago)).strftime("%Y-%m-%d %H:%M:%S.%f")


# provider, model, total, prompt, completion, age
EVENTS = [
    ("anthropic", "claude-sonnet-4-5", 15700, 12500, 3200, dict(hours=2)),
    ("openai", "gpt-4o", 10500, 8400, 2100, dict(hours=5)),
    ("google", "gemini-2.5-pro", 18500, None, None, dict(days=2)),
    ("openai", "gpt-4o-mini", 2400, None, None, dict(days=3)),
    ("anthropic", "claude-opus-4-5", 7000, 5000, 2000, dict(days=20)),
    ("openai", "<img src=x onerror=alert(1)>", 900, 500, 400, dict(days=6)),
]


def environment(database=None):
    env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    if database is not None:
        env["DATABASE_URL"] = f"sqlite:///{database}"
    return env


def make_database(binaries, folder, events=EVENTS):
    """The tables of before BUILD-144, migrated by our program, emptied and filled anew."""
    database = pathlib.Path(folder) / "usage.db"
    subprocess.run([binaries / "quickstart_data", f"sqlite:///{database}"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([binaries / "migrate_build_144", "upgrade", "--no-backup"], check=True, stdout=subprocess.DEVNULL,
                   env=environment(database))
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DELETE FROM llm_usage_events")
        add_events(connection, events)
    return database


def add_events(connection, events):
    for provider, model, total, prompt, completion, age in events:
        connection.execute("INSERT INTO llm_usage_events (provider, model, role, total_tokens, prompt_tokens, completion_tokens, created_at, "
                           "is_doctor_call) VALUES (?, ?, 'builder', ?, ?, ?, ?, 0)", (provider, model, total, prompt, completion, time_ago(**age)))


@contextlib.contextmanager
def serving(binaries, database, *arguments):
    """Starts usage_dashboard on a free port; gives its address without a path."""
    process = subprocess.Popen([binaries / "usage_dashboard", "--port", "0", *arguments], env=environment(database),
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        line = process.stdout.readline()
        found = re.search(r"http://\S+?:\d+", line)
        if not found:
            raise RuntimeError(f"usage_dashboard did not start: {line}{process.stdout.read()}")
        yield found.group(0)
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=20)
        if code != 0:
            raise RuntimeError(f"usage_dashboard ended with {code}")
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        process.stdout.close()


def get(address, method="GET", headers=None):
    """(status, body as text, headers)"""
    request = urllib.request.Request(address, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read().decode(), answer.headers


def get_json(address, **more):
    status, body, headers = get(address, **more)
    if headers["Content-Type"] != "application/json":
        raise AssertionError(f"{address}: {headers['Content-Type']} is no JSON: {body[:200]}")
    return status, json.loads(body)
