// What every page has: keys, theme, remembered choices, relative times. It only adds to pages that already work.
'use strict';

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);
const root = document.documentElement;

// Remembered choices: one entry in this browser's storage, never sent anywhere.

const memory = {
  key: 'kapture',
  read() {
    try { return JSON.parse(localStorage.getItem(this.key)) || {}; } catch { return {}; }
  },
  write(name, value) {
    const choices = this.read();
    if (value) choices[name] = value; else delete choices[name];
    try { localStorage.setItem(this.key, JSON.stringify(choices)); } catch { /* private mode: lasts for this page */ }
    return choices;
  },
};

function applyChoices(choices) {
  for (const name of ['theme', 'side']) {
    if (choices[name]) root.dataset[name] = choices[name]; else delete root.dataset[name];
  }
  const numbers = { '--hue': choices.hue, '--contrast': choices.contrast, '--base': choices.size && `${choices.size}px` };
  for (const [name, value] of Object.entries(numbers)) {
    if (value) root.style.setProperty(name, value); else root.style.removeProperty(name);
  }
}

let choices = memory.read();
applyChoices(choices);

function choose(name, value) {
  choices = memory.write(name, value);
  applyChoices(choices);
  showChoices();
}

function showChoices() {
  for (const group of all('[data-choice]')) {
    for (const button of all('button', group)) {
      button.setAttribute('aria-pressed', button.value === (choices[group.dataset.choice] || ''));
    }
  }
  const fold = one('[data-do=fold]');
  if (fold) fold.setAttribute('aria-expanded', choices.side !== 'narrow');
}

function toggleTheme() {
  const dark = choices.theme ? choices.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  choose('theme', dark ? 'light' : 'dark');
}

// Times: "6 h" beside the exact local time on hover.

const units = [[60, 60, 'min'], [3600, 48, 'h'], [86400, 14, 'd'], [604800, 9, 'wk'], [2629800, 24, 'mo'], [31557600, Infinity, 'y']];

function age(date) {
  const seconds = Math.max(0, (Date.now() - date) / 1000);
  if (seconds < 60) return 'now';
  const [size, , name] = units.find(([unit, most]) => seconds / unit < most);
  return `${Math.floor(seconds / size)} ${name}`;
}

function showTimes() {
  for (const time of all('time[datetime]')) {
    const date = new Date(time.dateTime);
    if (isNaN(date)) continue;
    const local = date.toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
    time.title = local;
    time.textContent = 'full' in time.dataset ? local : age(date) + ('ago' in time.dataset && age(date) !== 'now' ? ' ago' : '');
  }
}

// Text that changes its width moves what stands beside it: before the first frame nobody sees that, and with the first
// key or click everybody expects it. The head's link rel=expect holds the first frame until the page is parsed, which
// is when this script runs if it is in the cache. Chromium's timeline stands at 0 until that frame; others cannot tell.
const isEarly = !('LayoutShift' in window) || !document.timeline.currentTime;

function whenCalm(action) {
  if (isEarly) return action();
  const events = ['pointerdown', 'keydown'];
  const once = () => { for (const name of events) removeEventListener(name, once); action(); };
  for (const name of events) addEventListener(name, once);
}

const find = one('#find');

// Keys. Each has a visible twin: a link, a button, or the sheet itself.

const keys = [
  ['j / k', 'next, previous'], ['o or Enter', 'open'], ['s', 'save'], ['h', 'hide'], ['x', 'select'], ['b', 'to ideaboard'], ['/', 'filter this page'],
  ['Esc', 'close, clear the filter'], ['v', 'cards, rows, compact'], ['t', 'light or dark'], ['g d', 'Dashboard'], ['g t', 'Trends'], ['g i', 'Ideaboards'],
  ['g w', 'Downloads'], ['g l', 'Library'], ['g s', 'Settings'], ['?', 'this sheet'],
];

function keySheet() {
  const make = (name, text, ...children) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    element.append(...children);
    return element;
  };
  const sheet = make('dialog');
  const close = make('button', 'Close');
  close.className = 'btn';
  const head = make('div', '', make('h2', 'Keys'), close);
  head.className = 'head';
  const rows = keys.filter(([key]) => key.length > 1 || key in actions).map(([key, what]) => make('div', '', make('dt', what), make('dd', '', make('kbd', key))));
  const list = make('dl', '', ...rows);
  list.className = 'facts';
  sheet.append(head, list);
  sheet.setAttribute('aria-label', 'Keys');
  close.addEventListener('click', () => sheet.close());
  sheet.addEventListener('click', (event) => { if (event.target === sheet) sheet.close(); });
  sheet.addEventListener('close', () => sheet.remove());
  document.body.append(sheet);
  sheet.showModal();
}

const links = () => all('main .card h3 a').filter((link) => link.checkVisibility ? link.checkVisibility() : link.offsetParent);

function move(step) {
  const shown = links();
  if (!shown.length) return;
  const place = shown.indexOf(document.activeElement);
  const next = place < 0 ? (step > 0 ? 0 : shown.length - 1) : Math.min(shown.length - 1, Math.max(0, place + step));
  shown[next].focus();
  shown[next].closest('.card').scrollIntoView({ block: 'nearest' });
}

function goFind() {
  const target = find || one('a.find');
  if (!target) return;
  if (target === find) { find.focus(); find.select(); } else target.click();
}

// To ideaboard: the button of a trend's page, or the page that it leads to, for the card in focus.
function goAdd() {
  const button = one('[data-add]');
  if (button) return button.focus();
  const trend = /^\/trends\/([0-9a-f-]{36})\/$/.exec(document.activeElement.getAttribute('href') || '');
  if (trend) location.assign(`/ideaboards/attach/?trend=${trend[1]}`);
}

const actions = {
  j: () => move(1),
  k: () => move(-1),
  o: () => { if (document.activeElement.matches('.card h3 a')) document.activeElement.click(); },
  '/': goFind,
  t: toggleTheme,
  b: goAdd,
  '?': keySheet,
};

let going = 0;

function pressed(event) {
  const typing = event.target.matches('input:not([type=checkbox]), textarea, select, [contenteditable]');
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k' && (find || one('a.find'))) {
    event.preventDefault();
    return goFind();
  }
  if (event.key === 'Escape') return escape(typing);
  if (typing || event.ctrlKey || event.metaKey || event.altKey || one('dialog[open]')) return;
  const link = Date.now() - going < 1500 && one(`[data-go="${CSS.escape(event.key)}"]`);
  going = event.key === 'g' ? Date.now() : 0;
  const action = link ? () => link.click() : actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

function escape(typing) {
  for (const open of all('details[name][open]')) open.open = false;
  if (typing && find && document.activeElement === find) {
    if (find.value) buttons.clear(); else find.blur();
  }
}

// Clicks.

const buttons = {
  theme: toggleTheme,
  keys: (event) => { event.preventDefault(); keySheet(); },
  fold: () => choose('side', choices.side === 'narrow' ? '' : 'narrow'),
};

function clicked(event) {
  const menu = event.target.closest('details[name]');
  for (const open of all('details[name][open]')) if (open !== menu) open.open = false;
  const button = event.target.closest('[data-do], [data-choice] button');
  if (!button) return;
  if (button.dataset.do) return buttons[button.dataset.do](event);
  choose(button.closest('[data-choice]').dataset.choice, button.value);
}

// What changes by itself in the frame comes from one small answer.

async function showStatus() {
  const place = one('[data-fresh]');
  if (!place) return;
  const answer = await fetch('/status.json', { headers: { Accept: 'application/json' } }).catch(() => null);
  if (!answer || !answer.ok) return;
  const status = await answer.json();
  if (status.observed_at) {
    const date = new Date(status.observed_at);
    const today = date.toDateString() === new Date().toDateString();
    const format = today ? { timeStyle: 'short' } : { dateStyle: 'medium' };
    one('span', place).textContent = `data from ${date.toLocaleString([], format)}`;
    one('.led', place).classList.toggle('old', Date.now() - date > 864e5);
    place.classList.add('on');
  }
  for (const count of all('[data-new]')) count.textContent = status.new_trends > 0 ? `${status.new_trends} new` : '';
}

// Start.

addEventListener('keydown', pressed);
addEventListener('click', clicked);
addEventListener('visibilitychange', () => { if (!document.hidden) { whenCalm(showTimes); showStatus(); } });
if (find && location.hash === '#find') find.focus();
showChoices();
whenCalm(showTimes);
showStatus();
addEventListener('fresh', () => { showTimes(); showStatus(); showChoices(); });
const wrong = one('[data-focus]');
if (wrong) wrong.focus();
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});
