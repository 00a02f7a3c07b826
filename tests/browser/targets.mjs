// Targets are large enough for fingers that shake (WCAG 2.2: 2.5.8), and nothing moves for those who asked for rest.

import { DESKTOP, PHONE, dress } from './rig.mjs';

/** Runs in the page: lines about targets smaller than 24 × 24 px, but for the exceptions of the criterion. */
function small() {
  for (const details of document.querySelectorAll('details')) details.open = true;
  const { name, targets } = globalThis.look;
  /** In a sentence, the line's height decides: text of its block stands beside it. */
  const inSentence = (element) => {
    if (getComputedStyle(element).display !== 'inline') return false;
    let block = element.parentElement;
    while (getComputedStyle(block).display === 'inline') block = block.parentElement;
    return block.textContent.trim().length > element.textContent.trim().length && /flow|block|list-item|table-cell/.test(getComputedStyle(block).display);
  };
  const all = targets().map((element) => {
    const label = element.labels?.[0];
    const rect = element.getBoundingClientRect();
    const own = element.matches('input[type=checkbox], input[type=radio]') && label ? label.getBoundingClientRect() : rect;
    const height = Math.max(rect.height, own.height);
    return { element, rect, width: Math.max(rect.width, own.width), height };
  });
  const tiny = ({ width, height }) => width < 23.9 || height < 23.9;
  const centre = ({ rect }) => [rect.left + rect.width / 2, rect.top + rect.height / 2];
  const lines = [];
  for (const one of all.filter(tiny)) {
    // What a chart leads to must be a list as well, so that there is another way of the right size.
    if (inSentence(one.element) || one.element.closest('svg[aria-hidden=true]')) continue;
    const [x, y] = centre(one);
    // A circle of 24 px about it that no other target, and no other's circle, comes into.
    const close = all.find((other) => {
      if (other === one || other.element.contains(one.element) || one.element.contains(other.element)) return false;
      const [ox, oy] = centre(other);
      if (tiny(other) && Math.hypot(x - ox, y - oy) < 24) return true;
      const dx = Math.max(other.rect.left - x, 0, x - other.rect.right);
      const dy = Math.max(other.rect.top - y, 0, y - other.rect.bottom);
      return Math.hypot(dx, dy) < 12;
    });
    if (close) {
      lines.push(`${name(one.element)} is ${Math.round(one.width)} × ${Math.round(one.height)} px, close to ${name(close.element)}`);
    }
  }
  return lines.slice(0, 10);
}

/** Runs in the page: what moves for longer than a hundredth of a second. */
function moving() {
  const lines = [];
  const seconds = (value) => Math.max(...value.split(',').map((part) => parseFloat(part) * (part.trim().endsWith('ms') ? 0.001 : 1)));
  for (const animation of document.getAnimations()) {
    if (animation.playState === 'running') lines.push(`${globalThis.look.name(animation.effect.target)} is moving`);
  }
  for (const element of document.querySelectorAll('*')) {
    const style = getComputedStyle(element);
    const still = seconds(style.transitionDuration) <= 0.01 && (style.animationName === 'none' || seconds(style.animationDuration) <= 0.01);
    if (!still) lines.push(`${globalThis.look.name(element)} moves when it changes`);
  }
  if (getComputedStyle(document.documentElement).scrollBehavior === 'smooth') lines.push('the page scrolls smoothly');
  return lines.slice(0, 5);
}

/** One page on desktop and phone; the browser asks for reduced motion. */
export const targets = {
  name: 'targets',
  async look(house, page, where, { lang }) {
    if (lang !== 'lv') return;
    for (const [name, { viewport }] of [['desktop', DESKTOP], ['phone', PHONE]]) {
      await dress(page, { viewport });
      house.count(this.name);
      for (const line of await page.evaluate(small)) house.fail(this.name, where(name), line);
      for (const line of await page.evaluate(moving)) house.fail('motion', where(name), line);
    }
  },
};
