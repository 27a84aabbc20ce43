// The watchlist editor: what would match, while it is being typed.
'use strict';

{
  const form = document.querySelector('[data-watchlist]');
  const panel = document.querySelector('[data-preview]');
  const lists = ['keywords', 'must_words', 'exclusions'];
  const numbers = ['minimum_views', 'maximum_age_hours', 'minimum_duration', 'maximum_duration'];
  const platforms = { youtube: 'YouTube', tiktok: 'TikTok', reddit: 'Reddit', twitter: 'X', web: 'Web' };
  let timer = 0, asked = 0;

  const make = (name, text, ...children) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    element.append(...children);
    return element;
  };

  function rule() {
    const data = new FormData(form);
    const rule = { shorts: data.get('shorts') || 'include', platforms: data.getAll('platforms') };
    for (const name of lists) rule[name] = data.get(name).split(/[,\n]/).map((word) => word.trim()).filter(Boolean);
    for (const name of numbers) if (data.get(name)) rule[name] = Number(data.get(name));
    if (data.get('language').trim()) rule.language = data.get('language').trim();
    return rule;
  }

  function show(...parts) {
    panel.replaceChildren(make('h2', 'Preview'), ...parts);
  }

  async function preview() {
    const turn = ++asked;
    const answer = await fetch('/api/watchlists/preview', {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(rule()),
    }).catch(() => null);
    if (turn !== asked) return;
    const body = answer && await answer.json().catch(() => null);
    if (!body) return show(make('p', 'No answer. The preview comes back when the connection does.'));
    if (!body.success) return show(make('p', body.error.message));
    const { examined, matching, samples } = body.data;
    const count = new Intl.NumberFormat(undefined, { notation: 'compact' });
    const rows = samples.map((post) => {
      const title = make('dt', post.title || post.url);
      title.dir = 'auto';
      const views = post.views === null ? '' : ` · ${count.format(post.views)} views`;
      return make('div', '', title, make('dd', (platforms[post.platform] || post.platform) + views));
    });
    const list = make('dl', '', ...rows);
    list.className = 'facts';
    show(make('p', `${matching.toLocaleString()} of the newest ${examined.toLocaleString()} stored posts fit.`), list);
  }

  const soon = () => { clearTimeout(timer); timer = setTimeout(preview, 350); };
  form.addEventListener('input', soon);
  form.addEventListener('change', soon);
  preview();
}
