// Nothing is lost where there is little room: 320 px, short windows, large text, wide spacing (WCAG 2.2: 1.4.4, 1.4.10, 1.4.12).

import { DESKTOP, PHONE, dress } from './rig.mjs';

/** 1280 × 1024 at 400 %. */
const NARROW = { viewport: { width: 320, height: 256 } };

/** The text spacing of WCAG 2.2, 1.4.12. */
const SPACING = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }';
const LARGE = 'html { font-size: 200% !important }';

/** Runs in the page: lines about what goes beyond the page, is cut off, or covers it. */
function lost(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
  for (const details of document.querySelectorAll('details')) details.open = true;
  const { shown, unseen, name, scroller } = globalThis.look;
  const width = document.documentElement.clientWidth;
  const lines = [];
  if (document.documentElement.scrollWidth > width) {
    lines.push(`the page is ${document.documentElement.scrollWidth} px wide in a window of ${width} px`);
  }
  const inner = (element) => [...element.children].some((child) => getComputedStyle(child).display !== 'inline');
  for (const element of document.body.querySelectorAll('*')) {
    if (!shown(element) || unseen(element) || element.closest('svg')) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if ((box.right > width + 1 || box.left < -1) && !scroller(element) && style.position !== 'absolute') {
      lines.push(`${name(element)} reaches from ${Math.round(box.left)} to ${Math.round(box.right)} px`);
    }
    if (/hidden|clip/.test(style.overflowX + style.overflowY)) {
      const cut = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
      if (cut && element.textContent.trim()) lines.push(`${name(element)} is cut off`);
    }
    if (style.textOverflow === 'ellipsis' && element.scrollWidth > element.clientWidth) lines.push(`${name(element)} ends in dots`);
    // Text that runs out of its own box lies on top of whatever is beside it.
    if (!inner(element) && style.display !== 'inline' && style.overflowX === 'visible' && element.textContent.trim()) {
      if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0) lines.push(`the text of ${name(element)} is wider than its box`);
    }
    if (/fixed|sticky/.test(style.position) && box.height > innerHeight / 3) {
      lines.push(`${name(element)} covers ${Math.round((100 * box.height) / innerHeight)} % of a short window`);
    }
  }
  const options = [...document.querySelectorAll('select, input[type=submit]')].filter(shown);
  for (const element of options) {
    if (element.scrollWidth > element.clientWidth + 1) lines.push(`${name(element)} does not show all of its words`);
  }
  // Two texts in one place cannot be read.
  const blocks = [...document.body.querySelectorAll('a, p, h1, h2, h3, h4, li, dt, dd, label, summary, button, time')].filter(
    (element) => shown(element) && !unseen(element) && !scroller(element) && element.textContent.trim(),
  );
  const boxes = blocks.map((element) => [element, element.getBoundingClientRect()]).sort((a, b) => a[1].top - b[1].top);
  boxes.forEach(([element, box], index) => {
    for (const [other, its] of boxes.slice(index + 1, index + 40)) {
      if (its.top > box.bottom) break;
      if (element.contains(other) || other.contains(element)) continue;
      // Inline boxes of one paragraph touch where it breaks lines.
      if (getComputedStyle(element).display === 'inline' || getComputedStyle(other).display === 'inline') continue;
      const across = Math.min(box.right, its.right) - Math.max(box.left, its.left);
      const down = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
      if (across > 2 && down > 4) lines.push(`${name(element)} and ${name(other)} lie on top of each other`);
    }
  });
  document.adoptedStyleSheets = [];
  return [...new Set(lines)].slice(0, 12);
}

/** In which language, how, in what size and with which additional style. Words are longest in Latvian and Russian. */
const WAYS = [
  [/./, '320 px', NARROW, ''],
  [/lv/, '320 px, wide spacing', NARROW, SPACING],
  [/ru/, 'desktop, wide spacing', DESKTOP, SPACING],
  [/ru/, 'desktop, text of 200 %', DESKTOP, LARGE],
  [/ro/, 'phone, text of 200 %', PHONE, LARGE],
  [/lv/, 'phone', PHONE, ''],
];

/** One page in the ways that its language is looked at in. */
export const reflow = {
  name: 'reflow',
  async look(house, page, where, { lang }) {
    for (const [langs, name, { viewport }, css] of WAYS) {
      if (!langs.test(lang)) continue;
      await dress(page, { viewport });
      house.count(this.name);
      for (const line of await page.evaluate(lost, css)) house.fail(this.name, where(name), line);
    }
  },
};
