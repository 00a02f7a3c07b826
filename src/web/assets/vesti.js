// Shows results while one types. Everything works without it: it fetches the page that the form would lead to.
'use strict';
(() => {
  const form = document.querySelector('form.search');
  const field = document.getElementById('q');
  const told = document.getElementById('told');
  if (!form || !field || !told || navigator.connection?.saveData) return;

  const PAUSE = 400; // milliseconds without a key before anything is asked
  let timer, asked, shown = field.value;

  const address = () => {
    const pairs = [...new FormData(form)].filter(([, value]) => value !== '');
    const query = new URLSearchParams(pairs).toString();
    return form.action + (query && '?' + query);
  };

  const show = async () => {
    if (field.value.trim() === shown.trim()) return;
    const typed = field.value;
    asked?.abort();
    const own = asked = new AbortController();
    const old = document.getElementById('found');
    old?.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(address(), { signal: own.signal, headers: { Accept: 'text/html' } });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const found = page.getElementById('found');
      if (!answer.ok || !found || own.signal.aborted) throw new Error(answer.status);
      // Whoever reads the results already is not to lose their place.
      if (old.contains(document.activeElement)) throw new Error('in use');
      old.replaceWith(found);
      document.title = page.title;
      // Links that lead to the same search: in other languages, and since when.
      for (const links of ['.languages', '.fields .pills']) {
        document.querySelector(links)?.replaceWith(page.querySelector(links));
      }
      history.replaceState(null, '', answer.url);
      told.textContent = found.querySelector('#results')?.textContent ?? '';
      shown = typed;
    } catch {
      // The button still leads there, and says what is wrong.
      if (own === asked) old?.removeAttribute('aria-busy');
    }
  };

  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    asked?.abort();
    document.getElementById('found')?.setAttribute('aria-busy', 'true');
  });
  // Back from another page, nothing is under way.
  addEventListener('pageshow', () => document.getElementById('found')?.removeAttribute('aria-busy'));
})();
