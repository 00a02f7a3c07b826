// Which pages there are: found by following links, so that new kinds of pages are covered by themselves.

import { until } from './rig.mjs';

const WORDS = 'servicii sociale';

/** An address's shape: what stands for what it names is a star, so that /topics/grant and /topics/housing are of one kind. */
function shape(path) {
  const [first, ...rest] = path.split('/').slice(1);
  return `/${[first, ...rest.map(() => '*')].join('/')}`;
}

async function html(house, path) {
  const answer = await fetch(house.base + path, { headers: { 'accept-language': 'en', accept: 'text/html' } });
  const type = answer.headers.get('content-type') ?? '';
  const body = await answer.text();
  return type.startsWith('text/html') && answer.ok ? body : null;
}

/** The pages that a page links to, without queries. */
function links(house, body) {
  const found = [];
  for (const [, href] of body.matchAll(/<a [^>]*?href="([^"#?]+)"/g)) {
    const path = href.startsWith(house.base) ? href.slice(house.base.length) : href;
    if (/^\/(?!\/)/.test(path) && !/^\/(items|assets|monitor)\b/.test(path)) found.push(path);
  }
  return found;
}

/** The first page of every kind that can be reached from the start. */
async function crawled(house) {
  const found = new Map([['/', '/']]);
  const queue = ['/'];
  while (queue.length > 0) {
    const body = await html(house, queue.shift());
    for (const path of body ? links(house, body) : []) {
      if (found.has(shape(path))) continue;
      found.set(shape(path), path);
      if (await html(house, path)) queue.push(path);
      else found.set(shape(path), null);
    }
  }
  return [...found].filter(([, path]) => path).map(([kind, path]) => ({ kind, path }));
}

/** What an item's page shows besides a title and a text. */
function features(item) {
  const all = {
    [`in ${item.lang}`]: true,
    'a deadline with its proof': item.deadline && item.deadline_evidence,
    'an event': item.event,
    files: item.attachments?.length > 0,
    copies: item.copies?.length > 0,
    'earlier versions': item.versions?.length > 0,
    'taken back': item.withdrawn,
    'a newer one': item.newer,
    'easy language': item.easy_to_read?.length > 0,
    'no date': !item.published,
  };
  return Object.keys(all).filter((name) => all[name]);
}

/** Everything about every item. `known` remembers it, so that looking again asks only for what has changed. */
async function everyItem(house, known) {
  const listed = [];
  let cursor = '';
  do {
    const page = await house.api(`/api/v1/search?sort=date&limit=100${cursor}`);
    listed.push(...page.items);
    cursor = page.next_cursor ? `&cursor=${encodeURIComponent(page.next_cursor)}` : null;
  } while (cursor !== null);
  for (const item of listed) {
    const text = JSON.stringify(item);
    if (known.get(item.id)?.text === text) continue;
    known.set(item.id, { text, whole: await house.api(`/api/v1/items/${item.id}`) });
  }
  const whole = [...known.values()].map((one) => one.whole).filter((item) => item.id);
  // In an order that is the same in every run, unlike ids and ports.
  const place = (item) => item.url.replace(/:\d+\//, '/');
  return whole.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

/** Few items that together show everything that an item's page can show. */
async function items(house) {
  // The demo changes one announcement after a minute or so, which then has an earlier version.
  const known = new Map();
  const changed = async () => {
    const now = await everyItem(house, known);
    return now.some((item) => item.versions?.length > 0) && now;
  };
  const all = await until('no item of the demo ever has an earlier version', changed, 120_000, 2000);
  house.items = Object.fromEntries(all.filter((item) => item.lang).map((item) => [item.id, item.lang]));
  const missing = new Set(all.flatMap(features));
  const chosen = [];
  while (missing.size > 0) {
    const worth = (item) => features(item).filter((name) => missing.has(name)).length;
    const best = all.reduce((a, b) => (worth(b) > worth(a) ? b : a));
    const names = features(best).filter((name) => missing.has(name));
    names.forEach((name) => missing.delete(name));
    chosen.push({ kind: `/items/* with ${names.join(', ')}`, path: `/items/${best.id}` });
  }
  return chosen;
}

/** Every kind of page: `{kind, path, status}`. */
export async function kinds(house) {
  const q = encodeURIComponent(WORDS);
  const sources = await house.api('/api/v1/sources?limit=100');
  house.names = sources.items.map((source) => source.name);
  const { facets } = await house.api(`/api/v1/search?q=${q}`);
  const narrowed = `/?q=${q}&country=${facets.country[0].value}&lang=${facets.lang[0].value}&from=1y&cross=0&sort=date&limit=8`;
  const first = await html(house, '/');
  const next = first.match(/rel="next" href="([^"]+)"/)?.[1].replaceAll('&#38;', '&').replaceAll('&amp;', '&');
  const found = [
    ...(await crawled(house)),
    { kind: 'results', path: `/?q=${q}` },
    { kind: 'results with filters', path: narrowed },
    { kind: 'results by deadline', path: '/?deadline=open&sort=deadline&limit=8' },
    { kind: 'results of a misspelt word', path: '/?q=voluntrai&limit=8' },
    // It is called as the first one is.
    ...(next ? [{ kind: '/', path: next }] : []),
    { kind: 'no results', path: '/?q=qzxwvqzxwv&country=RO' },
    { kind: 'a bad value', path: '/?q=copii&kind=potato', status: 400 },
    { kind: 'nothing there', path: '/there-is-no-such-page', status: 404 },
    ...(await items(house)),
  ];
  return found.map((page) => ({ status: 200, ...page }));
}
