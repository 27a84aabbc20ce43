// What pages with trends or lists have, after app.js: views, filters, sorting, and what is done with trends.
'use strict';

// View of the lists: cards, rows or lines.

function showView() {
  for (const list of all('.cards.auto')) list.dataset.views = '';
  for (const list of all('[data-views]')) list.className = choices.view ? `cards ${choices.view}` : 'cards auto';
  const shown = choices.view || (matchMedia('(max-width: 640px)').matches ? 'rows' : 'cards');
  for (const button of all('[data-view]')) button.setAttribute('aria-pressed', button.dataset.view === shown);
}

// Lists: chips and text narrow what is shown, the select reorders it. Nothing is fetched.

const lists = all('[data-list]').map((list) => ({ list, items: [...list.children] }));

const number = (item, name) => name in item.dataset ? Number(item.dataset[name]) : null;
const published = (item) => { const time = one('.meta time', item); return time ? Date.parse(time.dateTime) : null; };
const valueOf = (item, name) => name === 't' ? published(item) : number(item, name);

function fits(item, rule) {
  const [, name, relation, limit] = /^(\w)([:<>])(.+)$/.exec(rule);
  if (relation === ':') return item.dataset.k.split(' ').includes(limit);
  const value = name === 'h' ? (Date.now() - published(item)) / 3.6e6 : number(item, name);
  if (value === null || (name === 'h' && published(item) === null)) return false;
  return relation === '>' ? value >= Number(limit) : value <= Number(limit);
}

// Chips of one kind (platforms, say) widen each other, chips of different kinds narrow.
function chosenRules() {
  const groups = new Map();
  for (const chip of all('[data-only][aria-pressed=true]')) {
    const kind = chip.dataset.kind || chip.dataset.only;
    groups.set(kind, [...(groups.get(kind) || []), chip.dataset.only]);
  }
  return [...groups.values()];
}

const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

function filterLists() {
  const rules = chosenRules();
  const words = find ? plain(find.value).split(/\s+/).filter(Boolean) : [];
  let shown = 0, total = 0;
  for (const { items } of lists) {
    for (const item of items) {
      const text = words.length ? plain(item.textContent) : '';
      item.hidden = !(rules.every((group) => group.some((rule) => fits(item, rule))) && words.every((word) => text.includes(word)));
      shown += item.hidden ? 0 : 1;
      total += 1;
    }
  }
  const filtered = rules.length + words.length > 0;
  for (const output of all('[data-shown]')) output.textContent = filtered ? `${shown} of ${total}` : '';
  for (const none of all('[data-none]')) none.hidden = shown > 0 || total === 0;
}

function clearFilters() {
  for (const chip of all('[data-only]')) chip.setAttribute('aria-pressed', 'false');
  if (find) find.value = '';
  filterLists();
}

function sortLists(by) {
  for (const { list, items } of lists) {
    const known = (item) => valueOf(item, by) ?? -Infinity;
    const order = by ? [...items].sort((a, b) => known(b) - known(a) || items.indexOf(a) - items.indexOf(b)) : items;
    list.append(...order);
  }
}

function nextView() {
  const views = all('button[data-view]');
  const place = views.findIndex((button) => button.getAttribute('aria-pressed') === 'true');
  if (views.length) views[(place + 1) % views.length].click();
}

// What is done with trends: at once on the page, then on the server, and back again with Undo.

const words = { saved: 'Saved', hidden: 'Hidden', seen: 'Marked as seen', new: 'Marked as new' };
const cardOf = (id) => one(`[name=ids][value="${CSS.escape(id)}"]`).closest('.card');
const stateOf = (card) => one('.kept', card) ? 'saved' : one('.new', card) ? 'new' : 'seen';

function toast(text, undo) {
  for (const old of all('.toast')) old.remove();
  const box = document.createElement('div');
  box.className = 'toast';
  box.setAttribute('role', 'status');
  box.append(text);
  if (undo) {
    const button = document.createElement('button');
    button.textContent = 'Undo';
    button.addEventListener('click', () => { box.remove(); undo(); });
    box.append(button);
  }
  document.body.append(box);
  setTimeout(() => box.remove(), 8000);
}

function showState(card, state) {
  const cover = one('.cover', card);
  for (const mark of all('.new, .kept', cover)) mark.remove();
  if (state === 'saved' || state === 'new') {
    const mark = document.createElement('b');
    mark.className = state === 'saved' ? 'kept' : 'new';
    mark.textContent = state;
    cover.append(mark);
  }
  card.classList.toggle('gone', state === 'hidden');
}

async function setState(ids, state, isUndo) {
  const before = new Map(ids.map((id) => [id, stateOf(cardOf(id))]));
  for (const id of ids) showState(cardOf(id), state);
  const answer = await fetch('/api/trends/bulk', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ids, state }),
  }).catch(() => null);
  if (!answer || !answer.ok) {
    for (const [id, old] of before) showState(cardOf(id), old);
    return toast(answer && answer.status === 401 ? 'Sign in again, then repeat it.' : 'Not done: no answer. Try again.');
  }
  showStatus();
  if (isUndo) return;
  const back = () => { for (const old of new Set(before.values())) setState(ids.filter((id) => before.get(id) === old), old, true); };
  toast(ids.length > 1 ? `${words[state]}: ${ids.length}` : words[state], back);
}

const picked = () => all('[name=ids]:checked').map((box) => box.value);

function showPicked() {
  for (const output of all('[data-picked]')) output.textContent = `${picked().length} selected`;
}

// The keys mean what is selected, else the card that has the focus, else the trend of the page.
function act(state) {
  const card = document.activeElement && document.activeElement.closest('.card');
  const ids = picked().length ? picked() : card && one('[name=ids]', card) ? [one('[name=ids]', card).value] : [];
  if (ids.length) {
    for (const box of all('[name=ids]:checked')) box.checked = false;
    return setState(ids, state);
  }
  const button = one(`[data-act] [value=${state}]`);
  if (button) button.click();
}

function select() {
  const card = document.activeElement && document.activeElement.closest('.card');
  if (card && one('[name=ids]', card)) { one('[name=ids]', card).click(); }
}

function offerActs(root = document) {
  for (const cover of all('.card > .cover', root)) {
    const box = document.createElement('span');
    box.className = 'does';
    for (const [name, state] of [['Save', 'saved'], ['Hide', 'hidden']]) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = name;
      button.addEventListener('click', () => setState([one('[name=ids]', cover.parentElement).value], state));
      box.append(button);
    }
    if (one('[name=ids]', cover.parentElement)) cover.append(box);
  }
}
offerActs();

addEventListener('submit', (event) => {
  if (event.target.id !== 'act' || !event.submitter || event.submitter.name !== 'state') return;
  event.preventDefault();
  const ids = picked();
  for (const box of all('[name=ids]:checked')) box.checked = false;
  setState(ids, event.submitter.value);
});

// Start.

Object.assign(actions, { s: () => act('saved'), h: () => act('hidden'), x: select, v: nextView });
buttons.clear = clearFilters;

addEventListener('click', (event) => {
  const button = event.target.closest('[data-only], button[data-view]');
  if (!button) return;
  if (button.dataset.view) { choose('view', button.dataset.view); return showView(); }
  button.setAttribute('aria-pressed', button.getAttribute('aria-pressed') !== 'true');
  filterLists();
});
addEventListener('change', (event) => {
  if (event.target.matches('[data-sort]')) sortLists(event.target.value);
  if (event.target.matches('[name=ids]')) showPicked();
});
if (find) find.addEventListener('input', filterLists);
showView();
