// The library, after lists.js: searches as one types, buttons that write the query, and boards that are selected too.
'use strict';

const searching = one('[data-search]');
const terms = (text) => text.match(/-?(?:[a-z]+:)?(?:"(?:[^"]|"")*"|[^\s"]+)/gi) || [];
let asked = 0, pause;

// The answer is the page that the form would lead to; what differs of it takes the place of what is here.
async function search() {
  const mine = ++asked;
  const address = new URL(searching.action);
  address.searchParams.set('q', find.value.trim());
  const answer = await fetch(address).catch(() => null);
  if (mine !== asked) return;
  if (!answer || ![200, 422].includes(answer.status) || answer.redirected) return searching.submit();
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (mine !== asked) return;
  for (const part of ['[data-results]', '[data-problem]', '[data-summary]', '[data-others]', 'search > .chips', '.shelf > [aria-label=Collections]', '.bulk']) {
    const [old, now] = [one(part), one(part, page)];
    if (old && now) old.replaceWith(document.importNode(now, true));
  }
  one('h1').textContent = one('h1', page).textContent;
  document.title = page.title;
  history.replaceState(null, '', address);
  find.toggleAttribute('aria-invalid', answer.status === 422);
  offerActs(one('[data-results]'));
  showView();
  showTimes();
  showTerms();
}

function toggleTerm(term) {
  const written = terms(find.value);
  find.value = (written.includes(term) ? written.filter((other) => other !== term) : [...written, term]).join(' ');
  search();
}

const since = (days) => `after:${new Date(Date.now() - days * 864e5).toISOString().slice(0, 10)}`;

function showTerms() {
  const written = terms(find.value);
  for (const button of all('[data-days]')) button.setAttribute('aria-pressed', written.includes(since(button.dataset.days)));
}

addEventListener('click', (event) => {
  const button = event.target.closest('[data-term], [data-days]');
  if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  toggleTerm(button.dataset.term || since(button.dataset.days));
});
find.addEventListener('input', () => { clearTimeout(pause); pause = setTimeout(search, 250); });
searching.addEventListener('submit', (event) => { event.preventDefault(); clearTimeout(pause); search(); });
addEventListener('change', (event) => {
  if (!event.target.matches('[name=ids], [name=boards]')) return;
  const count = all(':is([name=ids], [name=boards]):checked').length;
  for (const output of all('[data-picked]')) output.textContent = `${count} selected`;
});
buttons.clear = () => { find.value = ''; search(); };
showTerms();
