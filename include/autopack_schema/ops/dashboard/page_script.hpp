// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace autopack_schema::ops::dashboard {

/// What the page does: asks every ten seconds while it is looked at, and draws what it is told. Names of providers and models
/// are written as text only, never as HTML.
inline constexpr std::string_view page_script = R"js(
'use strict';
const colors = ['#4269d0', '#efb118', '#ff725c', '#6cc5b0', '#3ca951', '#ff8ab7', '#a463f2', '#97bbf5', '#9c6b4e'];
const periods = ['day', 'week', 'month'];
const refreshEvery = 10000;
const $ = id => document.getElementById(id);
const number = new Intl.NumberFormat('en-US');
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
const percent = share => (share * 100).toFixed(1) + '%';
let period = periods.includes(location.hash.slice(1)) ? location.hash.slice(1) : 'week';
let asked = 0, timer = 0;

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
function drawn(name, attributes, title) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (title !== undefined) made.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'title')).textContent = title;
  return made;
}
function cell(row, text, value) {
  row.appendChild(element('td', text, value === undefined ? {} : { class: 'n', 'data-value': value }));
}
const colorOfProvider = new Map();  // a provider keeps its colour when the period changes
function colorOf(provider) {
  if (!colorOfProvider.has(provider)) colorOfProvider.set(provider, colors[colorOfProvider.size % colors.length]);
  return colorOfProvider.get(provider);
}
// A number of split tokens; where a total is known and no split, there is nothing to count.
const hasSplits = entry => entry.total_tokens === 0 || entry.prompt_tokens + entry.completion_tokens > 0;
const split = (tokens, entry) => hasSplits(entry) ? number.format(tokens) : '–';
const counted = (count, thing) => number.format(count) + ' ' + thing + (count === 1 ? '' : 's');
const bySize = list => [...list].sort((a, b) => b.total_tokens - a.total_tokens);

// A bar of shares: [part, colour, what it says].
function meter(id, parts) {
  const all = parts.reduce((sum, [part]) => sum + part, 0);
  $(id).replaceChildren(...parts.filter(([part]) => part > 0).map(([part, color, title]) =>
    element('i', undefined, { style: 'width:' + part / all * 100 + '%;background:' + color, title })));
}
function showFigures(usage, details) {
  const total = usage.providers.reduce((sum, p) => sum + p.total_tokens, 0);
  const exact = details.exact, only = details.total_only, events = exact.events + only.events;
  $('total').textContent = number.format(total);
  $('total').dataset.value = total;
  $('events').textContent = counted(events, 'call') + ', ' + counted(usage.models.length, 'model');
  meter('shares', bySize(usage.providers).map(p => [p.total_tokens, colorOf(p.provider),
    p.provider + ' ' + percent(p.total_tokens / total)]));
  for (const [id, part] of [['exact', exact], ['only', only]]) {
    $(id).textContent = percent(events ? part.events / events : 0);
    $(id).dataset.value = part.events;
    $(id + '-note').textContent = counted(part.events, 'call') + ', ' + compact.format(part.tokens) + ' tokens';
    meter(id + '-meter', [[part.events, 'var(--' + id + ')', ''], [events - part.events, 'transparent', '']]);
  }
}

function showProviders(usage) {
  const capped = usage.providers.some(p => p.cap_tokens > 0);
  document.querySelector('#cap-head')?.remove();
  if (capped) $('provider-head').append(element('th', 'Of cap', { class: 'n', id: 'cap-head' }));
  const total = usage.providers.reduce((sum, p) => sum + p.total_tokens, 0);
  $('providers').replaceChildren(...bySize(usage.providers).map(p => {
    const row = element('tr', undefined, { 'data-provider': p.provider });
    const first = row.appendChild(element('td'));
    first.append(element('span', undefined, { class: 'dot', style: 'background:' + colorOf(p.provider) }), p.provider);
    cell(row, number.format(p.total_tokens), p.total_tokens);
    cell(row, percent(total ? p.total_tokens / total : 0), total ? p.total_tokens / total : 0);
    cell(row, split(p.prompt_tokens, p), p.prompt_tokens);
    cell(row, split(p.completion_tokens, p), p.completion_tokens);
    if (capped) cell(row, p.percent_of_cap.toFixed(1) + '%', p.percent_of_cap);
    return row;
  }));
}

function showModels(usage) {
  $('models').replaceChildren(...bySize(usage.models).map(m => {
    const row = element('tr', undefined, { 'data-model': m.provider + ':' + m.model });
    const first = row.appendChild(element('td'));
    first.append(element('span', undefined, { class: 'dot', title: m.provider, style: 'background:' + colorOf(m.provider) }), m.model);
    cell(row, number.format(m.total_tokens), m.total_tokens);
    cell(row, split(m.prompt_tokens, m), m.prompt_tokens);
    cell(row, split(m.completion_tokens, m), m.completion_tokens);
    return row;
  }));
}

// The distance of the lines behind the bars: 1, 2 or 5 of a power of ten, so that five lines are enough.
function lineStep(most) {
  const power = Math.pow(10, Math.floor(Math.log10(Math.max(1, most / 5))));
  return [1, 2, 5, 10].map(step => step * power).find(step => step >= most / 5);
}
// Steps are named by their end: the last one ends now.
function stepEnd(details, step) { return new Date(new Date(details.start + 'Z').getTime() + (step + 1) * details.step_hours * 3600000); }
const clock = { hour: '2-digit', minute: '2-digit' }, date = { day: 'numeric', month: 'short' };
function stepName(details, step) {
  return stepEnd(details, step).toLocaleString('en-GB', details.step_hours === 1 ? clock : date);
}
function stepRange(details, step) {
  const [from, to] = [stepEnd(details, step - 1), stepEnd(details, step)].map(time => time.toLocaleString('en-GB', { ...date, ...clock }));
  return from + ' – ' + to;
}
function showChart(details, names) {
  const steps = details.series.length ? details.series[0].tokens.length : 0;
  const left = 52, top = 8, width = 940, height = 220;
  const sums = Array.from({ length: steps }, (_, i) => details.series.reduce((sum, s) => sum + s.tokens[i], 0));
  const line = lineStep(Math.max(1, ...sums)), lines = Math.max(1, Math.ceil(Math.max(...sums) / line)), most = line * lines;
  const svg = drawn('svg', { viewBox: '0 0 1000 260', role: 'img' }, 'Tokens over time');
  for (let i = 0; i <= lines; ++i) {
    const y = top + height - height * i / lines;
    svg.append(drawn('line', { x1: left, x2: left + width, y1: y, y2: y }));
    svg.append(Object.assign(drawn('text', { x: left - 8, y: y + 4, 'text-anchor': 'end' }),
      { textContent: compact.format(line * i) }));
  }
  const wide = width / Math.max(1, steps), every = Math.ceil(steps / 10);
  for (let i = 0; i < steps; ++i) {
    let base = top + height;
    for (const s of details.series) {
      const high = s.tokens[i] / most * height;
      if (high <= 0) continue;
      base -= high;
      svg.append(drawn('rect', { x: left + wide * i + wide * .12, y: base, width: wide * .76, height: high, rx: Math.min(2, high / 2),
        fill: colorOf(s.provider), 'data-step': i, 'data-provider': s.provider, 'data-value': s.tokens[i] },
        stepRange(details, i) + '\n' + s.provider + ' ' + number.format(s.tokens[i])));
    }
    if (i % every === 0) {
      svg.append(Object.assign(drawn('text', { x: left + wide * (i + .5), y: top + height + 20, 'text-anchor': 'middle' }),
        { textContent: stepName(details, i) }));
    }
  }
  $('chart').replaceChildren(svg);
  $('legend').replaceChildren(...names.map(name => {
    const entry = element('span');
    entry.append(element('span', undefined, { class: 'dot', style: 'background:' + colorOf(name) }), name);
    return entry;
  }));
}

function show(usage, details) {
  const names = usage.providers.map(p => p.provider);
  const none = usage.providers.length === 0;
  $('empty').hidden = !none;
  $('content').hidden = none;
  if (!none) {
    [...names].sort().forEach(colorOf);
    showFigures(usage, details);
    showProviders(usage);
    showModels(usage);
    showChart(details, names);
  }
  $('updated').textContent = 'Updated ' + new Date().toLocaleTimeString('en-GB') + ', and again every ' + refreshEvery / 1000 + ' seconds';
}

async function ask(path) {
  const answer = await fetch(path + '?period=' + period, { cache: 'no-store' })
    .catch(() => { throw new Error('the server does not answer'); });
  const body = await answer.json().catch(() => ({ detail: 'HTTP ' + answer.status }));
  if (!answer.ok) throw new Error(body.detail);
  return body;
}
async function refresh() {
  clearTimeout(timer);
  const mine = ++asked;
  try {
    const [usage, details] = await Promise.all([ask('/dashboard/usage'), ask('/dashboard/usage/details')]);
    if (mine !== asked) return;
    show(usage, details);
    $('error').hidden = true;
    $('all').classList.remove('stale');
    document.body.dataset.state = usage.providers.length ? 'shown' : 'empty';
    document.body.dataset.period = period;
  } catch (problem) {
    if (mine !== asked) return;
    $('error').hidden = false;
    $('error').textContent = 'The numbers cannot be read: ' + problem.message + '. Trying again in ' + refreshEvery / 1000 + ' seconds.';
    $('all').classList.add('stale');
    document.body.dataset.state = 'error';
  }
  if (!document.hidden) timer = setTimeout(refresh, refreshEvery);
}
function choose(name) {
  period = name;
  history.replaceState(null, '', '#' + name);
  for (const button of document.querySelectorAll('.switch button')) button.setAttribute('aria-pressed', button.dataset.period === name);
  refresh();
}
for (const button of document.querySelectorAll('.switch button')) button.addEventListener('click', () => choose(button.dataset.period));
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
choose(period);
)js";

} // namespace autopack_schema::ops::dashboard
