// Results while one types, and weeks that are chosen in the picture.

import { DESKTOP, expect, until } from './rig.mjs';

/** Items that may appear between two looks. */
const MEANWHILE = 4;

async function results(page) {
  return page.getByRole('main').getByRole('article').count();
}

/** Types a word letter by letter, and chooses a week with the mouse. */
export async function typing(house) {
  await house.check('typing', 'results while one types', async () => {
    const page = await house.tab(await house.window('en', DESKTOP));
    await house.go(page, '/');
    await page.evaluate(() => (window.stayed = true));
    const field = page.getByRole('searchbox');
    const told = page.locator('#told');
    expect((await told.textContent()) === '', 'tells a number before anything was typed');
    await field.pressSequentially('volunteers', { delay: 20 });
    await until('the address says what was typed', () => page.url().includes('q=volunteers'));
    await until('the number of results is told', async () => /\d/.test(await told.textContent()));
    expect(await page.evaluate(() => window.stayed === true), 'the page was loaded anew');
    expect(await field.evaluate((element) => element === document.activeElement), 'the field lost the focus');
    expect((await field.inputValue()) === 'volunteers', 'what was typed is gone');
    expect((await page.title()).includes('volunteers'), 'the title is that of another search');
    expect((await page.getByRole('main').locator('mark').count()) > 0, 'the results are those of another search');

    const before = await results(page);
    const bars = page.locator('section[aria-labelledby=timeline] svg a');
    const heights = await bars.evaluateAll((all) => all.map((bar) => Number(bar.querySelector('rect:not(.room)').getAttribute('height'))));
    const week = heights.findLastIndex((height) => height > 0);
    await bars.nth(week).click();
    await until('the week narrows the search', () => /from=\d{4}-\d\d-\d\d&to=/.test(page.url()));
    await page.waitForLoadState();
    const after = await results(page);
    // Meanwhile the demo goes on publishing.
    expect(after > 0 && after <= before + MEANWHILE, `${after} of ${before} results in the week`);
    await page.context().close();
  });
}
