// What pages with trends or lists have, after app.js: views, and what is done with trends.
'use strict';

// View of the lists: cards, rows or lines.

function showView() {
  for (const list of all('.cards.auto')) list.dataset.views = '';
  for (const list of all('[data-views]')) list.className = choices.view ? `cards ${choices.view}` : 'cards auto';
  const shown = choices.view || (matchMedia('(max-width: 640px)').matches ? 'rows' : 'cards');
  for (const button of all('[data-view]')) button.setAttribute('aria-pressed', button.dataset.view === shown);
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

// Buttons on the cards; once more whenever the server sent new ones.
function addButtons(cover) {
  if (!one('[name=ids]', cover.parentElement) || one('.does', cover)) return;
  const box = document.createElement('span');
  box.className = 'does';
  for (const [name, state] of [['Save', 'saved'], ['Hide', 'hidden']]) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = name;
    button.addEventListener('click', () => setState([one('[name=ids]', cover.parentElement).value], state));
    box.append(button);
  }
  cover.append(box);
}
const offerActs = (root = document) => all('.card > .cover', root).forEach(addButtons);
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

addEventListener('click', (event) => {
  const button = event.target.closest('button[data-view]');
  if (!button) return;
  choose('view', button.dataset.view);
  showView();
});
addEventListener('change', (event) => { if (event.target.matches('[name=ids]')) showPicked(); });

// As the server says, whatever was shown meanwhile.
function showStates(page) {
  const boxes = new Map(all('[name=ids]', page).map((box) => [box.value, box]));
  for (const box of all('.card [name=ids]')) {
    if (boxes.has(box.value)) showState(box.closest('.card'), stateOf(boxes.get(box.value).closest('.card')));
  }
}

addEventListener('fresh', ({ detail }) => {
  showStates(detail);
  offerActs();
  showView();
});
showView();
