// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/dashboard/page_script.hpp>
#include <autopack_schema/ops/dashboard/page_style.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::ops::dashboard {

/// The text between the tags of the page.
inline constexpr std::string_view page_body = R"html(
<main>
<header>
  <div><h1>Model usage</h1><div class="soft"><span id="updated">Reading…</span></div></div>
  <div class="switch" role="group" aria-label="Period">
    <button type="button" data-period="day">Day</button><!--
    --><button type="button" data-period="week">Week</button><!--
    --><button type="button" data-period="month">Month</button>
  </div>
</header>
<div id="error" role="alert" hidden></div>
<div id="all">
<section id="empty" class="card" hidden><strong>No usage in this period</strong>
  Calls of models appear here as soon as they are recorded.</section>
<div id="content" hidden>
  <div class="figures">
    <section class="card">
      <div class="soft">Total tokens</div>
      <div class="figure" id="total"></div>
      <div class="soft" id="events"></div>
      <div class="meter" id="shares"></div>
    </section>
    <section class="card">
      <div class="soft">Exact (prompt and completion known)</div>
      <div class="figure" id="exact"></div>
      <div class="soft" id="exact-note"></div>
      <div class="meter" id="exact-meter"></div>
    </section>
    <section class="card">
      <div class="soft">Total only (no splits reported)</div>
      <div class="figure" id="only"></div>
      <div class="soft" id="only-note"></div>
      <div class="meter" id="only-meter"></div>
    </section>
  </div>
  <section class="card">
    <h2>Tokens over time</h2>
    <div id="chart"></div>
    <div class="legend" id="legend"></div>
  </section>
  <div class="tables">
    <section class="card"><h2>Providers</h2><div class="scroll"><table>
      <thead><tr id="provider-head"><th>Provider</th><th class="n">Total</th><th class="n">Share</th><!--
      --><th class="n">Prompt</th><th class="n">Completion</th></tr></thead>
      <tbody id="providers"></tbody></table></div></section>
    <section class="card"><h2>Models</h2><div class="scroll"><table>
      <thead><tr><th>Model</th><th class="n">Total</th><th class="n">Prompt</th><th class="n">Completion</th></tr></thead>
      <tbody id="models"></tbody></table></div></section>
  </div>
  <p class="soft">Totals include calls whose provider reported no splits; prompt and completion count those calls as 0, and “–”
    stands where no call had any.</p>
</div>
</div>
<noscript><div class="card">This page needs JavaScript; the numbers are at
  <a href="/dashboard/usage">/dashboard/usage</a>.</div></noscript>
</main>
)html";

/// The whole page; it asks nobody but the server that it comes from.
inline std::string page() {
    std::string text =
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Model usage</title>\n"
        "<link rel=\"icon\" href=\"data:,\">\n<style>";
    text += page_style;
    text += "</style>\n</head>\n<body>";
    text += page_body;
    text += "<script>";
    text += page_script;
    return text + "</script>\n</body>\n</html>\n";
}

} // namespace autopack_schema::ops::dashboard
