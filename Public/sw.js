// Keeps one page for when the network is gone, with the files it needs. Private pages are never stored.
'use strict';

const store = 'kapture-offline';
const page = '/offline/';
const day = 86400e3;

async function keep() {
  const cache = await caches.open(store);
  const answer = await fetch(page, { credentials: 'omit', cache: 'no-cache' });
  if (!answer.ok) return;
  const text = await answer.clone().text();
  const assets = [...new Set(text.match(/\/assets\/[\w.-]+/g) || [])];
  const kept = await cache.keys();
  await cache.addAll(assets);
  await cache.put(page, answer);
  const wanted = new Set([page, ...assets]);
  await Promise.all(kept.filter((request) => !wanted.has(new URL(request.url).pathname)).map((request) => cache.delete(request)));
}

async function refresh() {
  const answer = await (await caches.open(store)).match(page);
  const date = answer && Date.parse(answer.headers.get('date'));
  if (!(Date.now() - date < day)) await keep();
}

async function visit(event) {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(refresh().catch(() => {}));
    return answer;
  } catch (failure) {
    const answer = await (await caches.open(store)).match(page);
    if (answer) return answer;
    throw failure;
  }
}

async function asset(request) {
  try {
    return await fetch(request);
  } catch (failure) {
    const answer = await (await caches.open(store)).match(request);
    if (answer) return answer;
    throw failure;
  }
}

addEventListener('install', (event) => { event.waitUntil(keep()); skipWaiting(); });
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin) return;
  if (event.request.mode === 'navigate') event.respondWith(visit(event));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(event.request));
});
