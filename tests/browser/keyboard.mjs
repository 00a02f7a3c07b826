// From the first stop to the last with Tab, on every kind of page: everything is reached, in order, seen, and left again.

import { DESKTOP, PHONE, expect, pairwise } from './rig.mjs';
import { Keyboard } from './hands.mjs';

async function through(house, page, where) {
  const hand = new Keyboard(page);
  const all = await page.evaluate(() => globalThis.look.targets().length);
  let again = 0;
  // Past the last the browser's own buttons would come, of which there are none here.
  for (let stops = 0; stops < all + 20; stops += 1) {
    const seen = await hand.tab();
    if (!seen) {
      if (stops > 0) break;
      continue;
    }
    again = seen.again ? again + 1 : 0;
    if (again > 0) break;
    for (const line of seen.wrong) house.fail('keyboard', where, line);
  }
  const left = await page.evaluate(() => {
    const { name, targets } = globalThis.look;
    // Of a group of radio buttons Tab stops at the chosen one, and the arrows lead to the others.
    const inGroup = (element) => element.type === 'radio' && !element.checked && [...element.form.elements].some((other) => other.name === element.name && other.checked);
    return targets()
      .filter((element) => !globalThis.stops.has(element) && !element.closest('[aria-hidden=true]') && !inGroup(element))
      .map(name);
  });
  expect(left.length === 0, `Tab never reaches ${left.slice(0, 5).join('; ')}`);
}

/** Goes through all `pages` on a desktop, and on a phone with a keyboard by night. */
export async function keyboard(house, pages) {
  await pairwise([['desktop', DESKTOP], ['phone, dark', { ...PHONE, colorScheme: 'dark' }]], async ([name, size]) => {
    const page = await house.tab(await house.window('en', size));
    for (const { kind, path } of pages) {
      const where = `${kind} ${path} (en, ${name})`;
      await house.check('keyboard', where, async () => {
        await house.go(page, path);
        await through(house, page, where);
      });
    }
    await page.context().close();
  });
}
