// Hands: how a person gets something pressed or typed, with a mouse, with a finger, or by keyboard alone.

import { expect, Failure, until } from './rig.mjs';

/** A mouse, or a finger where the window is touched. */
export class Pointer {
  constructor(page, touch) {
    this.page = page;
    this.touch = touch;
  }

  async press(locator) {
    await reveal(this, locator);
    await (this.touch ? locator.tap() : locator.click());
  }

  async type(locator, words) {
    await this.press(locator);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(words);
  }

  /** Sends a form off by its button. */
  async send(button) {
    await this.press(button);
  }
}

/** Tab, Enter, the space bar and letters: nothing else. */
export class Keyboard {
  constructor(page) {
    this.page = page;
  }

  /** Goes on to the next stop and says what a person sees of it, or null past the last. */
  async tab() {
    await this.page.keyboard.press('Tab');
    return this.page.evaluate(stop);
  }

  async reach(locator) {
    await reveal(this, locator);
    for (let tries = 0; tries < 500; tries += 1) {
      const seen = await this.tab();
      if (seen) expect(seen.wrong.length === 0, seen.wrong.join('; '));
      if (await locator.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Failure(`${locator} cannot be reached with Tab`);
  }

  async press(locator) {
    await this.reach(locator);
    const checkbox = await locator.evaluate((element) => element.type === 'checkbox');
    await this.page.keyboard.press(checkbox ? 'Space' : 'Enter');
  }

  async type(locator, words) {
    await this.reach(locator);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(words);
  }

  async send() {
    await this.page.keyboard.press('Enter');
  }
}

/** Unfolds what an element is folded away in. */
async function reveal(hand, locator) {
  await locator.waitFor({ state: 'attached' });
  const folded = locator.locator('xpath=ancestor::details[not(@open)]/summary');
  for (let fold = 0; fold < 3 && (await folded.count()) > 0 && !(await locator.isVisible()); fold += 1) {
    await hand.press(folded.first());
    await until('what is folded away does not unfold', () => locator.isVisible(), 3000);
  }
}

/** Runs in the page: what a person sees of the element that has the focus. */
export async function stop() {
  const { name, unseen } = globalThis.look;
  const element = document.activeElement;
  const rest = () => new Promise((resolve) => setTimeout(resolve, 40));
  const away = () => element.getBoundingClientRect().bottom <= 0 || element.getBoundingClientRect().top >= innerHeight;
  // The page may still be scrolling there, or the skip link gliding away.
  for (let wait = 0; wait < 100 && element && away(); wait += 1) await rest();
  if (!element || element === document.body) {
    globalThis.before = null;
    return null;
  }
  const wrong = [];
  const style = getComputedStyle(element);
  const rect = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const said = name(element);
  const outlined = style.outlineStyle !== 'none' && (style.outlineStyle === 'auto' || parseFloat(style.outlineWidth) >= 2);
  if (!outlined && style.boxShadow === 'none') wrong.push(`${said} has the focus, but does not show it`);
  // Drawn around the element, it is seen against what is behind that (WCAG 2.2, 1.4.11: 3 to 1).
  const values = (colour) => colour.match(/^rgba?\((.*)\)$/)?.[1].split(',').map(Number);
  const luminance = (colour) => {
    const [red, green, blue] = colour.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  let behind = element.parentElement;
  while (behind.parentElement && (values(getComputedStyle(behind).backgroundColor)?.[3] ?? 1) < 1) behind = behind.parentElement;
  const [line, paper] = [values(style.outlineColor), values(getComputedStyle(behind).backgroundColor)];
  if (outlined && style.outlineStyle !== 'auto' && line && paper && (paper[3] ?? 1) === 1) {
    const [light, dark] = [luminance(line), luminance(paper)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < 3) wrong.push(`the focus of ${said} can hardly be seen: ${ratio.toFixed(1)} to 1`);
  }
  if (unseen(element)) wrong.push(`${said} has the focus, but is for screen readers alone`);
  const inside = rect.bottom > 0 && rect.top < innerHeight && rect.right > 0 && rect.left < innerWidth;
  if (!inside) {
    wrong.push(`${said} has the focus outside of the window`);
  } else {
    const points = [0.1, 0.5, 0.9].map((part) => [rect.left + rect.width * part, rect.top + rect.height / 2]);
    const free = () =>
      points.some(([x, y]) => {
        const top = document.elementFromPoint(Math.min(Math.max(x, 0), innerWidth - 1), Math.min(Math.max(y, 0), innerHeight - 1));
        return top && (element.contains(top) || top.contains(element));
      });
    for (let wait = 0; wait < 25 && !free(); wait += 1) await rest();
    if (!free()) wrong.push(`${said} has the focus behind something else`);
  }
  // In the order in which people read: downwards, or to the next column.
  const here = { top: rect.top + scrollY, bottom: rect.bottom + scrollY, left: rect.left, right: rect.right, said };
  const last = globalThis.before;
  if (last && last.element.isConnected && last.element !== element) {
    const above = here.bottom <= last.top + 2 && here.left < last.right;
    const row = Math.min(here.bottom, last.bottom) - Math.max(here.top, last.top);
    const backwards = row > 0.6 * Math.min(here.bottom - here.top, last.bottom - last.top) && here.right <= last.left;
    if (above || backwards) wrong.push(`${said} comes after ${last.said}, which stands below or right of it`);
  }
  globalThis.before = { ...here, element };
  globalThis.stops ??= new Set();
  const again = globalThis.stops.has(element);
  globalThis.stops.add(element);
  return { said, wrong, again };
}
