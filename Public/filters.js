// What pages with a list to filter have, after lists.js: chips and text narrow what is shown, the select reorders it.
// Nothing is fetched.
'use strict';

let lists;
const readLists = () => { lists = all('[data-list]').map((list) => ({ list, items: [...list.children] })); };

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

function showLists() {
  readLists();
  filterLists();
  const sort = one('[data-sort]');
  if (sort && sort.value) sortLists(sort.value);
}

// Start.

buttons.clear = clearFilters;
addEventListener('click', (event) => {
  const chip = event.target.closest('[data-only]');
  if (!chip) return;
  chip.setAttribute('aria-pressed', chip.getAttribute('aria-pressed') !== 'true');
  filterLists();
});
addEventListener('change', (event) => { if (event.target.matches('[data-sort]')) sortLists(event.target.value); });
if (find) find.addEventListener('input', filterLists);
addEventListener('fresh', showLists);
readLists();
