#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage_dashboard in headless Chromium, driven by chromedriver: load, switch the period, compare with the JSON, empty and error
states, self refresh, no request to elsewhere; screenshots are written.

usage: dashboard_browser_test.py BIN_DIRECTORY [SCREENSHOT_DIRECTORY]     exit 77 where there is no chromium or chromedriver
"""
import base64
import contextlib
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request

from usage_server import EVENTS, add_events, get_json, make_database, serving

BINARIES = pathlib.Path(sys.argv.pop(1)) if len(sys.argv) > 1 else pathlib.Path("build/dev/bin")
SCREENSHOTS = pathlib.Path(sys.argv.pop(1)) if len(sys.argv) > 1 else BINARIES.parent / "screenshots"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
CHROMEDRIVER = shutil.which("chromedriver")


class Browser:
    """The part of the WebDriver protocol that is needed. source: https://www.w3.org/TR/webdriver2/"""

    def __init__(self, profile):
        self.process = subprocess.Popen([CHROMEDRIVER, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in self.process.stdout:
            if "on port " in line:
                self.base = "http://127.0.0.1:" + line.rsplit("on port ", 1)[1].strip().rstrip(".")
            if "started successfully" in line:
                break
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1180,1080", "--lang=en",
                     "--disable-background-networking", "--disable-component-update", "--no-first-run", f"--user-data-dir={profile}"]
        options = {"binary": CHROMIUM, "args": arguments}
        made = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"}}}})
        self.session = "/session/" + made["sessionId"]

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as answer:
            raise RuntimeError(answer.read().decode()) from None

    def open(self, address):
        self.call("POST", self.session + "/url", {"url": address})

    def run(self, script, *arguments):
        return self.call("POST", self.session + "/execute/sync", {"script": script, "args": list(arguments)})

    def wait(self, script, seconds=30):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = self.run("return " + script)
            if found:
                return found
            time.sleep(0.1)
        raise AssertionError(f"not within {seconds} s: {script}; the page says: {self.run('return document.body.innerText')}")

    def click(self, selector):
        element = self.call("POST", self.session + "/element", {"using": "css selector", "value": selector})
        self.call("POST", f"{self.session}/element/{next(iter(element.values()))}/click", {})

    def screenshot(self, name):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        (SCREENSHOTS / name).write_bytes(base64.b64decode(self.call("GET", self.session + "/screenshot")))

    def command(self, name, **parameters):
        """A command of the DevTools."""
        self.call("POST", self.session + "/goog/cdp/execute", {"cmd": name, "params": parameters})

    def log(self, kind):
        return self.call("POST", self.session + "/se/log", {"type": kind})

    def close(self):
        with contextlib.suppress(Exception):
            self.call("DELETE", self.session)
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


class Page(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.addCleanup(self.folder.cleanup)
        self.database = make_database(BINARIES, self.folder.name, EVENTS + many_events())
        self.browser = Browser(self.folder.name + "/profile")
        self.addCleanup(self.browser.close)

    def shown(self):
        """What the page says, as the JSON says it."""
        return self.browser.run("""
            const rows = (id, name) => Object.fromEntries([...document.querySelectorAll('#' + id + ' tr')].map(
                row => [row.dataset[name], [...row.querySelectorAll('[data-value]')].map(cell => Number(cell.dataset.value))]));
            return { total: Number(document.getElementById('total').dataset.value), providers: rows('providers', 'provider'),
                     models: rows('models', 'model'), exact: Number(document.getElementById('exact').dataset.value),
                     only: Number(document.getElementById('only').dataset.value),
                     bars: [...document.querySelectorAll('#chart rect')].reduce((sum, bar) => sum + Number(bar.dataset.value), 0) };""")

    def compare(self, address, period):
        self.browser.wait(f"document.body.dataset.period === '{period}' && document.body.dataset.state === 'shown'")
        shown = self.shown()
        usage = get_json(f"{address}/dashboard/usage?period={period}")[1]
        details = get_json(f"{address}/dashboard/usage/details?period={period}")[1]
        total = sum(p["total_tokens"] for p in usage["providers"])
        self.assertGreater(total, 0)
        self.assertEqual(shown["total"], total)
        self.assertEqual(shown["bars"], total)
        self.assertEqual({p["provider"]: [p["total_tokens"], p["total_tokens"] / total, p["prompt_tokens"], p["completion_tokens"]]
                          for p in usage["providers"]}, shown["providers"])
        self.assertEqual({m["provider"] + ":" + m["model"]: [m["total_tokens"], m["prompt_tokens"], m["completion_tokens"]]
                          for m in usage["models"]}, shown["models"])
        self.assertEqual([shown["exact"], shown["only"]], [details["exact"]["events"], details["total_only"]["events"]])
        return total

    def looks_right(self, name, width=1180, dark=False):
        """Nothing sticks out, and the lines of the chart say numbers that are evenly apart, not rounded ones."""
        self.browser.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.browser.command("Emulation.setDeviceMetricsOverride", width=width, height=1080, deviceScaleFactor=1, mobile=False)
        self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), width)
        lines = self.browser.run("return [...document.querySelectorAll('#chart text[text-anchor=end]')].map(text => text.textContent)")
        values = [round(float(line.rstrip("KMB")) * {"K": 1e3, "M": 1e6, "B": 1e9}.get(line[-1], 1)) for line in lines]
        self.assertGreater(values[-1], 0)
        self.assertEqual(values, [values[1] * i for i in range(len(values))], lines)
        self.browser.screenshot(name)

    def test_periods(self):
        with serving(BINARIES, self.database) as address:
            self.browser.open(address + "/dashboard")
            totals = [self.compare(address, "week")]
            self.browser.screenshot("usage_dashboard_week.png")
            for period in ("day", "month"):
                self.browser.click(f".switch button[data-period={period}]")
                totals.append(self.compare(address, period))
                self.browser.screenshot(f"usage_dashboard_{period}.png")
            self.assertEqual(len(set(totals)), 3)
            self.looks_right("usage_dashboard_dark.png", dark=True)
            self.looks_right("usage_dashboard_phone.png", width=400)
            self.assertEqual(self.browser.run("return document.querySelectorAll('img').length"), 0)  # names are text
            self.assertIn("<img src=x", self.browser.run("return document.getElementById('models').innerText"))
            asked = [json.loads(entry["message"])["message"] for entry in self.browser.log("performance")]
            urls = {m["params"]["request"]["url"] for m in asked if m["method"] == "Network.requestWillBeSent"}
            self.assertTrue(urls)
            self.assertEqual([u for u in urls if not u.startswith((address, "data:", "chrome:"))], [])
            self.assertEqual([e for e in self.browser.log("browser") if e["level"] == "SEVERE"], [])

    def test_empty_refresh_and_error(self):
        with contextlib.closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute("DELETE FROM llm_usage_events")
        with serving(BINARIES, self.database) as address:
            self.browser.open(address + "/dashboard")
            self.browser.wait("document.body.dataset.state === 'empty' && !document.getElementById('empty').hidden")
            self.browser.screenshot("usage_dashboard_empty.png")
            with contextlib.closing(sqlite3.connect(self.database)) as connection, connection:
                add_events(connection, EVENTS[:1])
            self.browser.wait("document.body.dataset.state === 'shown'")  # by itself
            self.assertEqual(self.shown()["total"], 15700)
        self.browser.wait("document.body.dataset.state === 'error' && !document.getElementById('error').hidden")
        self.assertTrue(self.browser.run("return document.getElementById('all').classList.contains('stale')"))
        self.browser.screenshot("usage_dashboard_error.png")


def many_events():
    """A month as it could be, so that the picture has something to show."""
    models = [("anthropic", "claude-sonnet-4-5"), ("openai", "gpt-4o"), ("google", "gemini-2.5-pro")]
    events = []
    for i in range(400):
        provider, model = models[(i * i + i // 7) % 3]
        total = 3000 + (i * 7919) % 21000
        exact = provider != "google" and i % 9 != 0
        events.append((provider, model, total, total * 3 // 4 if exact else None, total - total * 3 // 4 if exact else None,
                       dict(minutes=7 + i * 107)))
    return events


if __name__ == "__main__":
    if CHROMIUM is None or CHROMEDRIVER is None or not (BINARIES / "usage_dashboard").exists():
        print("SKIPPED: no chromium, no chromedriver or no usage_dashboard (Debian: chromium chromium-driver libcpp-httplib-dev)")
        sys.exit(77)
    unittest.main()
