// The walk: search, a filter on and off, an item and back, a topic, open calls, another language and back, a sign-in for reader apps. By mouse, by finger,
// by keyboard alone, and without scripts.

import { DESKTOP, PHONE, expect, pairwise, until } from './rig.mjs';
import { Keyboard, Pointer } from './hands.mjs';
import { words } from './words.mjs';

const QUERY = 'grants';

/** The first number in a text, with its separators of thousands taken out. */
function number(text) {
  return Number(text?.replace(/(?<=\d)[\s.,\u00a0\u202f](?=\d{3})/g, '').match(/\d+/)?.[0] ?? NaN);
}

/** New announcements arrive while one looks: a count may have grown by as many. */
function about(count, promised) {
  return count >= promised && count <= promised + 4;
}

const flat = (text) => text.replace(/\s+/g, ' ').trim();

/** One person on one walk. */
class Walk {
  constructor(house, page, hand) {
    Object.assign(this, { house, page, hand, says: words('en') });
    this.main = page.getByRole('main');
    this.box = page.getByRole('searchbox');
    // The page may tell more than the number of results; that one stands nearest to them.
    this.count = page.getByRole('main').getByRole('status').filter({ hasText: /\d/ }).last();
    this.titles = this.main.getByRole('article').getByRole('heading').getByRole('link');
  }

  path() {
    const url = new URL(this.page.url());
    return url.pathname + url.search;
  }

  place(label) {
    return this.page.getByRole('navigation', { name: this.says('nav-label') }).getByRole('link', { name: label, exact: true });
  }

  async heading(wish, what) {
    return until(`the heading of ${what} is not what it should be`, async () => {
      const heading = flat(await this.page.getByRole('heading', { level: 1 }).innerText());
      return wish(heading) && heading;
    });
  }

  async search() {
    await this.house.go(this.page, '/');
    await this.heading((text) => text.length > 0, 'the start page');
    await this.hand.type(this.box, QUERY);
    await this.hand.send(this.page.getByRole('search').getByRole('button').first());
    await until('the query is not in the address', () => this.path().includes(`q=${QUERY}`));
    await until('the query is not in the field any more', async () => (await this.box.inputValue()) === QUERY);
    this.total = await until('the number of results is not told', async () => number(await this.count.innerText()));
    expect(this.total > 5, `“${QUERY}” finds only ${this.total}`);
    const marked = await this.main.getByRole('article').first().locator('mark').count();
    expect(marked > 0, 'the words are not marked in the first result');
    const title = await this.page.title();
    expect(title.includes(QUERY), `the window is called “${title}”`);
  }

  /** A filter that leaves some of the results out. */
  async filter() {
    const jump = this.main.locator('a[href="#filters"]');
    if (await jump.isVisible()) {
      await this.hand.press(jump);
      const filters = this.page.locator('#filters');
      await until('“Filters” does not lead to the filters', async () => {
        const box = await filters.boundingBox();
        return box && box.y >= -1 && box.y < this.page.viewportSize().height;
      });
    }
    const side = this.page.getByRole('complementary');
    const texts = (await side.getByRole('link').allInnerTexts()).map(flat);
    const narrower = (text) => /\d$/.test(text) && number(text.match(/[\d\s.,\u00a0\u202f]+$/)[0]) < this.total - 4;
    const at = texts.findIndex(narrower);
    expect(at >= 0, 'no filter leaves any of the results out');
    const [, label, promised] = texts[at].match(/^(.*?)\s*(\d[\d\s.,\u00a0\u202f]*)$/);
    await this.hand.press(side.getByRole('link').nth(at));
    this.chip = this.main.getByRole('link', { name: `${this.says('chip-remove')} ${label}` });
    await until(`no chip for “${label}”`, () => this.chip.isVisible());
    await until(`“${label}” promised ${promised} results`, async () => about(number(await this.count.innerText()), number(promised)));
    const value = await this.box.inputValue();
    expect(value === QUERY, `after a filter, the field holds “${value}”`);
    const current = await side.locator('[aria-current="true"]').allInnerTexts();
    expect(current.some((text) => text.includes(label)), `“${label}” is not marked as on`);
  }

  async chipOff() {
    await this.hand.press(this.chip);
    await until('the chip stays', async () => (await this.chip.count()) === 0);
    await until('not all results are back', async () => about(number(await this.count.innerText()), this.total));
  }

  async item() {
    const title = flat(await this.titles.first().innerText());
    await this.hand.press(this.titles.first());
    await until('the title leads to no item', () => this.path().startsWith('/items/'));
    await this.heading((text) => text === title, `“${title}”`);
    const original = this.main.locator('a[rel~="external"]').first();
    expect(await original.isVisible(), 'there is no way to the original');
    await this.page.goBack();
    await until('the way back does not lead to the results', () => this.path().includes(`q=${QUERY}`));
    await until('the results are not there again', async () => about(number(await this.count.innerText()), this.total));
    expect((await this.box.inputValue()) === QUERY, 'the query is lost on the way back');
  }

  async topic() {
    await this.hand.press(this.place(this.says('nav-topics')));
    await this.heading((text) => text.length > 0 && this.path().startsWith('/topics'), 'the topics');
    const topics = this.main.locator('li:has-text("funding") a[href*="/topics/"]');
    const label = flat(await topics.first().innerText());
    await this.hand.press(topics.first());
    await this.heading((text) => text.toLowerCase() === label.toLowerCase(), `“${label}”`);
    expect((await this.titles.count()) > 0, `nothing is shown about “${label}”`);
  }

  /** The page of open calls; where there is none, the search for them. */
  async calls() {
    const link = this.page.getByRole('banner').locator('a[href^="/calls"]');
    if ((await link.count()) > 0) {
      await this.hand.press(link);
      await until('open calls do not open', () => this.path().startsWith('/calls'));
    } else {
      await this.hand.press(this.place(this.says('nav-search')));
      await until('the search page does not open', () => this.path() === '/');
      await this.hand.press(this.page.getByLabel(this.says('field-deadline')));
      await this.hand.type(this.box, 'grants');
      await this.hand.send(this.page.getByRole('search').getByRole('button').first());
      await until('the results are not of open calls', () => this.path().includes('deadline=open'));
    }
    const ahead = await until('there are no deadlines', async () => {
      const times = await this.main.locator('li time').evaluateAll((all) => all.map((time) => Date.parse(time.dateTime)));
      const ahead = times.filter((time) => time > Date.now());
      return ahead.length > 3 && ahead;
    });
    if (this.path().startsWith('/calls')) {
      expect(ahead.every((time, index) => index === 0 || time >= ahead[index - 1]), 'open calls do not stand in the order of their deadlines');
    }
  }

  async languages() {
    const choice = (name) => this.page.getByRole('banner').getByRole('link', { name, exact: true });
    const lang = () => this.page.locator('html').getAttribute('lang');
    const path = new URL(this.page.url()).pathname;
    const english = await this.page.title();
    await this.hand.press(choice('Latviešu'));
    await until('the page does not speak Latvian', async () => (await lang()) === 'lv');
    expect(new URL(this.page.url()).pathname === path, 'another language is another page');
    expect((await this.page.title()) !== english, 'the window is called the same in Latvian');
    expect((await choice('Latviešu').getAttribute('aria-current')) === 'true', 'Latvian is not marked as chosen');
    const label = words('lv')('nav-digests');
    await this.hand.press(this.page.getByRole('banner').getByRole('link', { name: label, exact: true }));
    await until('the digests do not open', () => this.path().startsWith('/digests'));
    expect((await lang()) === 'lv', 'the next page has forgotten the language');
    await this.hand.press(choice('English'));
    await until('the page does not speak English again', async () => (await lang()) === 'en');
    await this.hand.press(this.place(this.says('nav-search')));
    await until('the start page does not open', () => new URL(this.page.url()).pathname === '/');
    expect((await lang()) === 'en', 'the start page has forgotten the language');
    const cookies = await this.page.context().cookies();
    const others = cookies.map((cookie) => cookie.name).filter((name) => name !== 'ui');
    expect(others.length === 0, `there are cookies: ${others.join(', ')}`);
  }
  /** A sign-in for reader apps is made, and deleted again. */
  async apps() {
    const link = this.page.getByRole('contentinfo').getByRole('link', { name: this.says('nav-apps'), exact: true });
    await this.hand.press(link);
    await until('the page about reader apps does not open', () => this.path() === '/apps');
    await this.hand.press(this.main.getByRole('button', { name: this.says('apps-make-button'), exact: true }));
    const [name, password] = await until('no sign-in is shown', async () => {
      const codes = await this.main.locator('dd code').allInnerTexts();
      return codes[0]?.startsWith('reader-') && codes;
    });
    await this.hand.type(this.main.getByLabel(this.says('apps-name'), { exact: true }), name);
    await this.hand.type(this.main.getByLabel(this.says('apps-password'), { exact: true }), password);
    await this.hand.send(this.main.getByRole('button', { name: this.says('apps-delete-button'), exact: true }));
    const told = this.main.getByText(this.says('apps-deleted'), { exact: true });
    await until('the sign-in is not deleted', async () => (await told.count()) === 1);
  }
}

/** The first stop leads past everything that is on every page. */
async function skipLink(house, page) {
  const hand = new Keyboard(page);
  await house.go(page, '/');
  const first = await hand.tab();
  expect(first?.wrong.length === 0, first?.wrong.join('; ') ?? 'Tab stops nowhere');
  const target = await page.evaluate(() => document.activeElement.getAttribute('href'));
  expect(target === '#main', `the first stop is ${first.said}, which skips nothing`);
  await page.keyboard.press('Enter');
  await hand.tab();
  const inside = await page.evaluate(() => document.activeElement.closest('main') !== null);
  expect(inside, 'after skipping, the next stop is not in the content');
}

async function walk(house, name, options, handed) {
  const page = await house.tab(await house.window('en', options));
  const steps = new Walk(house, page, handed(page));
  for (const step of ['search', 'filter', 'chipOff', 'item', 'topic', 'calls', 'languages', 'apps']) {
    const before = house.failures.length;
    await house.check('walk', `${name}, ${step}`, () => steps[step]());
    // What follows starts from where this should have led.
    if (house.failures.length > before) break;
  }
  await page.context().close();
}

/** Every walk. */
export async function walks(house) {
  await pairwise(
    [
      ['desktop, mouse', DESKTOP, (page) => new Pointer(page, false)],
      ['phone, finger', PHONE, (page) => new Pointer(page, true)],
      ['desktop, keyboard', DESKTOP, (page) => new Keyboard(page)],
      ['phone, keyboard', PHONE, (page) => new Keyboard(page)],
      ['desktop, mouse, no scripts', { ...DESKTOP, javaScriptEnabled: false }, (page) => new Pointer(page, false)],
    ],
    ([name, options, hand]) => walk(house, name, options, hand),
  );
  for (const [name, size] of [['desktop', DESKTOP], ['phone', PHONE]]) {
    const page = await house.tab(await house.window('en', size));
    await house.check('walk', `${name}, skip link`, () => skipLink(house, page));
    await page.context().close();
  }
}
