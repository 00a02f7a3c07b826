// Every kind of page in every language is opened once, and all inspections look at it one after the other.

import { LANGUAGES, dress, expect, pairwise } from './rig.mjs';

/**
 * `inspections`: `{name, look(house, page, where, one)}`. Each sees the page as its browser shows it, in the size and colours
 * that it dresses it in, and may leave it unfolded, but not changed. `options`: of the windows.
 */
export async function everywhere(house, pages, inspections, options = {}) {
  for (const lang of Object.keys(LANGUAGES)) {
    const tabs = await Promise.all([0, 1].map(async () => house.tab(await house.window(lang, { reducedMotion: 'reduce', ...options }))));
    await pairwise(pages, async (one, number) => {
      const page = tabs[number];
      const where = (how) => `${one.kind} ${one.path} (${lang}${how ? `, ${how}` : ''})`;
      await house.check('page', where(), async () => {
        await dress(page, {});
        const answer = await house.go(page, one.path);
        expect(answer.status() === one.status, `answers ${answer.status()}, not ${one.status}`);
      });
      for (const inspection of inspections) {
        await house.check(inspection.name, where(), () => inspection.look(house, page, where, { ...one, lang }));
      }
    });
    for (const tab of tabs) await tab.context().close();
  }
}
