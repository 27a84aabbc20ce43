// The editor of an ideaboard: saves while it is typed in, shows how the text will look, and keeps in this browser what
// the server has not taken yet. Without it the same form is sent as a whole.
'use strict';

(() => {
  const form = document.querySelector('form[data-editor], form[data-join]');
  if (!form) return;

  const isJoining = 'join' in form.dataset;
  const id = form.dataset.editor || form.dataset.join;
  const address = `/api/ideaboards/${id}`;
  const names = ['title', 'description', 'content', 'tags', 'status'];
  const field = (name) => form.elements[name];
  const plain = (text) => (text || '').replace(/\r\n?/g, '\n');
  const typed = () => Object.fromEntries(names.map((name) => [name, plain(field(name).value)]));
  const tags = (text) => text.split(',').map((tag) => tag.trim()).filter(Boolean);
  // What two texts say, whatever spaces stand around a title or a tag.
  const gist = (values) => JSON.stringify([values.title.trim(), values.description.trim(), plain(values.content), tags(values.tags), values.status]);

  // Unsent text, one entry a board: {base, values, sent}. `sent` says that the form itself was on its way with it.

  const unsent = {
    key: `kapture-board-${id}`,
    read() {
      try { return JSON.parse(localStorage.getItem(this.key)); } catch { return null; }
    },
    write(values, sent = false, base = field('version').value) {
      try { localStorage.setItem(this.key, JSON.stringify({ base, values, sent })); } catch { /* full or forbidden */ }
    },
    clear() {
      try { localStorage.removeItem(this.key); } catch { /* nothing was kept */ }
    },
  };

  const shown = form.querySelector('[data-saving]');
  const say = (state, text) => { form.dataset.state = state; shown.textContent = text; };

  let timer = 0, isLeaving = false, inFlight = false, waiting = null;

  form.addEventListener('submit', (event) => {
    clearTimeout(timer);
    if (inFlight) {
      // The form must name the version that the save under way makes.
      event.preventDefault();
      waiting = event.submitter;
      return;
    }
    isLeaving = true;
    const isPreview = event.submitter && event.submitter.hasAttribute('formaction');
    unsent.write(typed(), !isPreview);
  });

  // The page of a conflict: whatever is chosen there, nothing typed is forgotten before it was saved or given up.

  if (isJoining) {
    const mine = document.querySelector('form[data-choose=mine]');
    const values = Object.fromEntries(names.map((name) => [name, plain(mine.elements[name].value)]));
    unsent.write(values);
    form.addEventListener('input', () => unsent.write(typed()));
    mine.addEventListener('submit', () => unsent.write(values, true));
    document.querySelector('[data-choose=theirs]').addEventListener('click', () => unsent.clear());
    return;
  }

  // Saving: one request at a time, a moment after the last key.

  const isUnsaved = Boolean(form.closest('[data-unsaved]'));
  let saved = isUnsaved ? '' : gist(typed()), tried = '', wait = 0;
  const isChanged = () => gist(typed()) !== saved;

  function schedule(delay = 1200) {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  }

  async function save() {
    if (inFlight || isLeaving || !isChanged()) return;
    const values = typed();
    inFlight = true;
    say('saving', 'Saving …');
    const before = tried;
    tried = gist(values);
    const answer = await send(values);
    inFlight = false;
    take(answer, values, before);
    if (waiting) form.requestSubmit(waiting);
    waiting = null;
  }

  function take(answer, values, before) {
    if (answer.ok) return done(values, answer.data);
    if (answer.status === 409) return meet([gist(values), before], answer.error.current);
    if (answer.status === 400 || answer.status === 413) return say('refused', `Not saved: ${answer.error.message}`);
    if (answer.status === 401 || answer.status === 404) return say('refused', `Not saved, but kept in this browser: ${answer.error.message}`);
    wait = Math.min(60_000, wait * 2 || 3000);
    say('offline', 'Offline: kept in this browser, saved as soon as Kapture can be reached');
    schedule(wait);
  }

  async function send(values) {
    const body = { ...values, tags: tags(values.tags), version: Number(field('version').value), autosave: true };
    try {
      const response = await fetch(address, { method: 'PATCH', headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify(body) });
      const answer = await response.json();
      return { ok: response.ok, status: response.status, data: answer.data, error: answer.error };
    } catch {
      return { ok: false, status: 0 };
    }
  }

  function done(values, board) {
    wait = 0;
    field('version').value = board.version;
    saved = gist(values);
    if (isChanged()) { unsent.write(typed()); return schedule(); }
    unsent.clear();
    say('saved', 'Saved');
  }

  // The answer to an earlier save may have been lost: then what stands there is what this page sent.
  function meet(ours, current) {
    const there = { ...current, description: current.description || '', tags: current.tags.join(', ') };
    if (ours.includes(gist(there))) return done(there, current);
    say('conflict', 'Changed elsewhere meanwhile. Save to see both and choose.');
  }

  // Preview, by the renderer that makes the pages.

  const preview = document.querySelector('[data-preview]');
  let previewTimer = 0, asked = 0;

  async function show() {
    const turn = ++asked;
    const response = await fetch('/api/markdown/preview', { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify({ content: field('content').value }) }).catch(() => null);
    if (!response || !response.ok) return;
    const { data } = await response.json();
    if (turn === asked) preview.innerHTML = data.html;
  }

  function changed(event) {
    if (isChanged()) unsent.write(typed()); else unsent.clear();
    if (form.dataset.state !== 'conflict') { say('typing', isChanged() ? 'Not saved yet' : ''); schedule(); }
    if (event && event.target !== field('content')) return;
    clearTimeout(previewTimer);
    previewTimer = setTimeout(show, 300);
  }

  // What an earlier visit could not send comes back, with the version that it was based on.

  const kept = isUnsaved ? null : unsent.read();
  if (isUnsaved) unsent.write(typed());
  const isDone = kept && kept.sent && Number(field('version').value) > Number(kept.base);
  if (isDone || (kept && gist(kept.values) === saved)) {
    unsent.clear();
  } else if (kept) {
    for (const name of names) field(name).value = kept.values[name];
    field('version').value = kept.base;
    const details = form.closest('details');
    if (details) details.open = true;
    changed();
    say('typing', 'What you typed last time is back');
  }

  // Saved elsewhere meanwhile: shown at once where nobody writes, else offered, and never put in place of what is typed.

  addEventListener('fresh', ({ detail }) => {
    const theirs = detail.querySelector(`[data-editor="${id}"]`);
    if (!theirs || inFlight || isUnsaved || Number(theirs.elements.version.value) <= Number(field('version').value)) return;
    if (!form.closest('details').open && !isChanged()) return location.reload();
    const link = document.createElement('a');
    link.textContent = 'Show it';
    link.className = 'link';
    link.href = location.pathname;
    say('newer', 'A newer version exists. ');
    shown.append(link);
  });

  addEventListener('pageshow', (event) => { if (event.persisted) isLeaving = false; });
  form.addEventListener('input', changed);
  addEventListener('online', () => schedule(0));
  addEventListener('visibilitychange', () => { if (document.hidden && form.dataset.state === 'typing') save(); });
  addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    clearTimeout(timer);
    save();
  });
})();
