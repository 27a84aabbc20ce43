// Keeps an open page in step: hears of changes, fetches the page anew, and changes what the server changed, nothing
// else. Runs before all other scripts, to see the page as it was sent.
'use strict';

{
  // A copy of the page as the server last sent it; each of its nodes has a twin in the page that people see.
  const twins = new WeakMap(), typed = new WeakSet();
  const pair = (node, live) => {
    twins.set(node, live);
    node.childNodes.forEach((child, place) => pair(child, live.childNodes[place]));
  };
  const shown = document.querySelector('.frame'), sent = shown.cloneNode(true);
  pair(sent, shown);

  // Forms that somebody typed in, and what has a script of its own.
  const isKept = (node) => typed.has(node) || node.matches && node.matches('[data-editor], [data-join], [data-watchlist], [data-preview]');

  // Children by id, by the trend or board of a list item, or by kind and place; a space belongs to what follows it.
  function nameOf(node) {
    const mark = node.localName === 'li' && node.querySelector('[name=ids], a');
    return node.id || mark && (mark.value || mark.href) || node.nodeName;
  }

  function named(parent) {
    const counts = {};
    return new Map([...parent.childNodes].map((node) => {
      const after = node.nodeType === 3 && !node.data.trim() && node.nextSibling;
      const name = after ? ' ' + nameOf(after) : nameOf(node);
      return [name + (counts[name] = (counts[name] || 0) + 1), node];
    }));
  }

  function merge(old, fresh) {
    const live = twins.get(old), both = [old, live];
    if (!live || old.isEqualNode(fresh) || isKept(live)) return;
    for (const { name } of [...old.attributes || [], ...fresh.attributes || []]) {
      const value = fresh.getAttribute(name);
      // Whoever reads opens and closes.
      if (name === 'open' || value === old.getAttribute(name)) continue;
      for (const node of both) if (value === null) node.removeAttribute(name); else node.setAttribute(name, value);
    }
    if (old.firstElementChild || fresh.firstElementChild) return mergeChildren(old, fresh, live);
    if (old.textContent !== fresh.textContent) for (const node of both) node.textContent = fresh.textContent;
  }

  function mergeChildren(old, fresh, live) {
    const known = named(old), wanted = named(fresh);
    for (const [name, node] of known) {
      const twin = twins.get(node);
      if (wanted.has(name) || twin && twin.matches && [twin, ...twin.querySelectorAll('*')].some(isKept)) continue;
      node.remove();
      if (twin) twin.remove();
    }
    const order = [...wanted].map(([name, node]) => {
      const own = known.get(name) || node.cloneNode(true);
      if (known.has(name)) merge(own, node); else pair(own, node.cloneNode(true));
      return own;
    });
    arrange(order.reverse(), old, live);
  }

  // Backwards, and moves only what is not in its place: what is moved loses its scroll position and selected text.
  function arrange(order, old, live) {
    let next = null, liveNext = null;
    for (const own of order) {
      const twin = twins.get(own);
      if (own.parentNode !== old || own.nextSibling !== next) {
        old.insertBefore(own, next);
        if (twin) live.insertBefore(twin, liveNext);
      }
      next = own;
      if (twin && twin.parentNode === live) liveNext = twin;
    }
  }

  const scripts = (page) => [...page.scripts].map((script) => script.src).join();
  let turns = 0, later, last = '', source;

  async function refresh() {
    clearTimeout(later);
    // What can still be undone stays.
    if (document.querySelector('.toast')) return later = setTimeout(refresh, 1000);
    const turn = ++turns;
    const answer = await fetch(location.href, { cache: 'no-cache' }).catch(() => null);
    const text = answer && await answer.text().catch(() => null);
    // Kapture is being started anew, or the network is gone.
    if (text === null || answer.status > 499) return later = setTimeout(refresh, 5000);
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(text, 'text/html');
    if (turn !== turns || scripts(fresh) !== scripts(document)) return;
    const focus = document.activeElement;
    merge(sent, fresh.querySelector('.frame'));
    if (document.activeElement !== focus) focus.focus({ preventScroll: true });
    document.title = fresh.title;
    dispatchEvent(new CustomEvent('fresh', { detail: fresh }));
  }

  function heard(event) {
    const { addresses } = JSON.parse(event.data);
    if (addresses ? addresses.some((start) => location.pathname.startsWith(start)) : !last) refresh();
    last = event.lastEventId;
  }

  function listen() {
    if (source) source.close();
    if (document.hidden) return;
    const own = source = new EventSource('/api/events' + (last && `?last_event_id=${last}`));
    for (const name of ['hello', 'change']) own.addEventListener(name, heard);
    own.addEventListener('end', () => own.close());
    own.addEventListener('error', () => { if (own.readyState === 2 && own === source) setTimeout(listen, 60_000); });
  }

  // An answer to a form cannot be fetched again; a page that is only passed through needs no stream.
  if (window.EventSource && !location.pathname.startsWith('/api/')) {
    addEventListener('input', (event) => { if (event.target.form) typed.add(event.target.form); });
    addEventListener('visibilitychange', listen);
    setTimeout(listen, 1000);
  }
}
