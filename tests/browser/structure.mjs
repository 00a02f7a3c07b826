// What a screen reader goes by: headings, landmarks, labels, languages, names of windows. And what is printed.

import { dress, expect } from './rig.mjs';

/** Runs in the page: lines about what is wrong with its structure. `items`: what language an item is written in. */
function wrong({ lang, items, names }) {
  const { shown, unseen, name, texts, langOf } = globalThis.look;
  const lines = [];
  const all = (selector) => [...document.querySelectorAll(selector)];

  const headings = all('h1, h2, h3, h4, h5, h6').filter(shown);
  const firsts = headings.filter((heading) => heading.localName === 'h1').length;
  if (firsts !== 1) lines.push(`${firsts} headings of the first level`);
  headings.reduce((before, heading) => {
    const level = Number(heading.localName[1]);
    if (level > before + 1) lines.push(`${name(heading)} comes right below level ${before}`);
    return level;
  }, 0);

  if (all('main').length !== 1) lines.push(`${all('main').length} main landmarks`);
  for (const selector of ['body > header', 'body > footer']) {
    if (all(selector).length !== 1) lines.push(`${all(selector).length} of ${selector}`);
  }
  const label = (element) => {
    const by = element.getAttribute('aria-labelledby');
    return by ? document.getElementById(by)?.textContent.trim() : element.getAttribute('aria-label');
  };
  for (const kind of ['nav', 'aside', 'section']) {
    const marks = all(kind).filter(shown);
    const labels = marks.map(label);
    labels.forEach((text, index) => {
      if (!text) lines.push(`${name(marks[index])} is a landmark without a label`);
      else if (labels.indexOf(text) !== index) lines.push(`two landmarks <${kind}> are called “${text}”`);
    });
  }

  for (const field of all('input:not([type=hidden]), select, textarea')) {
    const words = [...(field.labels ?? [])].map((one) => one.textContent.trim()).join('') || label(field);
    if (!words) lines.push(`${name(field)} is a field without a label`);
  }
  for (const attribute of ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls']) {
    for (const element of all(`[${attribute}]`)) {
      for (const id of element.getAttribute(attribute).split(/\s+/)) {
        if (!document.getElementById(id)) lines.push(`${attribute} of ${name(element)} names nothing: ${id}`);
      }
    }
  }
  for (const link of all('a[href^="#"]')) {
    const id = decodeURIComponent(link.getAttribute('href').slice(1));
    if (!document.getElementById(id)) lines.push(`${name(link)} leads to nothing: #${id}`);
  }
  const ids = all('[id]').map((element) => element.id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) lines.push(`two elements are called #${id}`);

  if (document.documentElement.lang !== lang) lines.push(`the page says that it is in “${document.documentElement.lang}”`);
  for (const element of all('[lang], [hreflang]')) {
    for (const code of [element.getAttribute('lang'), element.getAttribute('hreflang')]) {
      // “x-default” is the page for readers of any other language.
      if (code === null || (code === 'x-default' && element.localName === 'link')) continue;
      let known = false;
      try {
        known = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(code) !== undefined;
      } catch {
        known = false;
      }
      if (!known) lines.push(`${name(element)} says that it is in “${code}”`);
    }
  }
  for (const link of all('main h1 a, main h2 a, main h3 a, main li a')) {
    const id = link.getAttribute('href').match(/^(?:https?:\/\/[^/]+)?\/items\/(\w+)/)?.[1];
    if (!id || !items[id] || /^(JSON|\d+)$/.test(link.textContent.trim())) continue;
    if (langOf(link.firstChild) !== items[id]) {
      lines.push(`${name(link)} is in ${items[id]}, but is said to be in ${langOf(link.firstChild)}`);
    }
  }
  // Names of organisations are names in every language (WCAG 2.2, 3.1.2); everything else says when it changes its script.
  for (const text of texts()) {
    const words = text.data.trim();
    if (names.some((own) => own.includes(words) || words.includes(own))) continue;
    const letters = words.match(/\p{L}/gu) ?? [];
    const cyrillic = words.match(/\p{Script=Cyrillic}/gu) ?? [];
    if (letters.length < 4) continue;
    const own = langOf(text);
    const cyrillicLang = /^(ru|uk|bg|be|sr|mk)\b/.test(own);
    if (cyrillic.length > 0.8 * letters.length && !cyrillicLang) lines.push(`“${words.slice(0, 60)}” is said to be in ${own}`);
    // Five words on end are a sentence, and no name, address or list of values.
    const latin = /(?:\p{Script=Latin}{2,}\s+){4}\p{Script=Latin}{2,}/u.test(words);
    if (own === 'ru' && latin && cyrillic.length < 0.2 * letters.length) {
      lines.push(`“${words.slice(0, 60)}” is said to be in ru`);
    }
  }
  return [...new Set(lines)].slice(0, 12);
}

/** Runs in the page, while it is laid out for paper: lines about what has no place there. */
function printed() {
  const { shown, unseen, name } = globalThis.look;
  const useless = [...document.querySelectorAll('nav, form, button, input:not([type=hidden]), a[href="#main"]')];
  const lines = useless.filter((element) => shown(element) && !unseen(element)).map((element) => `${name(element)} is printed`);
  if (!shown(document.querySelector('h1'))) lines.push('the heading is not printed');
  return lines.slice(0, 6);
}

/** One page as a screen reader has it, and on paper. */
export const structure = {
  name: 'structure',
  async look(house, page, where, { kind, path, lang }) {
    house.count(this.name);
    const found = await page.evaluate(wrong, { lang, items: house.items, names: house.names });
    for (const line of found) house.fail(this.name, where(), line);
    const title = await page.title();
    expect(title.length > 8, `the window is called “${title}”`);
    const titles = (house.titles ??= new Map());
    const other = titles.get(lang + title);
    expect(!other || other === kind, `the window is called “${title}”, as at ${other}`);
    titles.set(lang + title, kind);
    await dress(page, { media: 'print' });
    for (const line of await page.evaluate(printed)) house.fail('print', where(), line);
  },
};
