// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace autopack_schema::ops::dashboard {

/// How the page looks, in the light and in the dark.
inline constexpr std::string_view page_style = R"css(
:root { color-scheme: light dark; --back: #f6f7f9; --card: #fff; --ink: #1b1f24; --soft: #5b6470; --line: #e2e5ea;
  --accent: #2f6feb; --warn: #b35900; --warn-back: #fff4e5; --exact: #2da44e; --only: #d4a72c; }
@media (prefers-color-scheme: dark) { :root { --back: #0e1116; --card: #171b22; --ink: #e8ebef; --soft: #98a2b0; --line: #2a303a;
  --accent: #6ea1ff; --warn: #ffb454; --warn-back: #2a2113; --exact: #3fb950; --only: #e3b341; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 28px 20px 60px; }
header { display: flex; flex-wrap: wrap; gap: 12px 20px; align-items: center; justify-content: space-between; margin-bottom: 20px; }
h1 { font-size: 22px; margin: 0; letter-spacing: -.01em; }
h2 { font-size: 15px; margin: 0 0 12px; }
.soft { color: var(--soft); font-size: 13px; }
.switch { display: inline-flex; background: var(--card); border: 1px solid var(--line); border-radius: 9px; padding: 3px; }
.switch button { border: 0; background: none; color: var(--soft); font: inherit; padding: 5px 16px; border-radius: 6px; cursor: pointer; }
.switch button[aria-pressed="true"] { background: var(--accent); color: #fff; }
.switch button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 18px 20px; margin-bottom: 16px; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 16px; margin-bottom: 16px; }
.figures .card { margin: 0; }
.figure { font-size: 28px; font-weight: 650; letter-spacing: -.02em; font-variant-numeric: tabular-nums; line-height: 1.25; }
.meter { display: flex; height: 8px; border-radius: 4px; overflow: hidden; background: var(--line); margin-top: 10px; }
.meter i { display: block; }
.tables { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); gap: 16px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; font-weight: 500; color: var(--soft); font-size: 12px; padding: 4px 10px 8px 0;
  border-bottom: 1px solid var(--line); white-space: nowrap; }
td { padding: 8px 10px 8px 0; border-bottom: 1px solid var(--line); }
tr:last-child td { border-bottom: 0; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td:last-child, th:last-child { padding-right: 0; }
#providers td:first-child { white-space: nowrap; }
.dot { display: inline-block; width: 9px; height: 9px; border-radius: 3px; margin-right: 8px; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: 13px; color: var(--soft); margin-top: 8px; }
#chart { overflow-x: auto; }
#chart svg { display: block; width: 100%; min-width: 640px; height: auto; }
#chart text { fill: var(--soft); font-size: 11px; }
#chart line { stroke: var(--line); }
#chart rect:hover { opacity: .8; }
#error { background: var(--warn-back); color: var(--warn); border: 1px solid currentColor;
  border-radius: 12px; padding: 12px 18px; margin-bottom: 16px; overflow-wrap: anywhere; }
#empty { text-align: center; padding: 48px 20px; color: var(--soft); }
#empty strong { display: block; color: var(--ink); font-size: 17px; margin-bottom: 4px; }
[hidden] { display: none !important; }
.stale { opacity: .55; }
)css";

} // namespace autopack_schema::ops::dashboard
