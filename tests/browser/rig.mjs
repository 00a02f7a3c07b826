// What all checks share: the browser, its windows, the list of what failed.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { install } from './inpage.mjs';

/** The languages of the interface, as a browser asks for them. */
export const LANGUAGES = { ro: 'ro-RO', lv: 'lv-LV', ru: 'ru-RU', en: 'en-GB' };

/** The sizes that pages are looked at in. */
export const DESKTOP = { viewport: { width: 1280, height: 800 } };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const SWITCHES = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where Chromium is: `VESTI_CHROMIUM`, or where systems put it. */
function executable() {
  const places = [
    process.env.VESTI_CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  const found = places.find((place) => place && existsSync(place));
  if (!found) throw new Error('no Chromium: install one, or name it in VESTI_CHROMIUM');
  return found;
}

/** A failed expectation; anything else that is thrown is a failure too, but says less. */
export class Failure extends Error {}

/** Fails with `words` unless `truth`. */
export function expect(truth, words) {
  if (!truth) throw new Failure(words);
}

/** One browser over one running service. */
export class House {
  failures = [];
  counts = new Map();

  static async open(base) {
    const house = new House();
    house.base = base.replace(/\/$/, '');
    house.folder = mkdtempSync(join(tmpdir(), 'vesti-browser-'));
    // A persistent context is the one way to name the (empty) folder of its profile; the windows are opened beside it.
    house.first = await chromium.launchPersistentContext(house.folder, {
      executablePath: executable(),
      args: SWITCHES,
    });
    house.browser = house.first.browser();
    return house;
  }

  async close() {
    await this.first.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A window with nothing remembered: `options` as of Playwright's newContext. */
  async window(lang, options = {}) {
    const context = await this.browser.newContext({ locale: LANGUAGES[lang], ...DESKTOP, ...options });
    context.setDefaultTimeout(30_000);
    context.lang = lang;
    // By way of the debugger, to which a page's content-security-policy does not apply: it stays in force.
    await context.addInitScript(install);
    return context;
  }

  /** A tab whose every misdeed is written down. */
  async tab(context) {
    const page = await context.newPage();
    const where = () => `${decodeURI(page.url().replace(this.base, ''))} (${context.lang})`;
    page.on('pageerror', (error) => this.fail('quiet', where(), `a script failed: ${error.message}`));
    page.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return;
      // The browser says so of every page that is no 200, also of those that are to be none.
      if (/Failed to load resource.* (400|404|429) /.test(message.text())) return;
      this.fail('quiet', where(), `the console says: ${message.text()}`);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(`${this.base}/`)) {
        this.fail('quiet', where(), `asks another place: ${request.url()}`);
      }
    });
    page.on('response', async (response) => {
      const cookie = await response.headerValue('set-cookie').catch(() => null);
      if (cookie && !new URL(response.url()).searchParams.has('ui')) {
        this.fail('quiet', where(), `sets a cookie before a language is chosen: ${cookie}`);
      }
    });
    return page;
  }

  /** Goes to a page and waits until it stands. */
  async go(page, path) {
    this.count('quiet');
    return patiently(
      () => page.goto(this.base + path, { waitUntil: 'load' }),
      (answer) => answer.headers(),
    );
  }

  count(check) {
    this.counts.set(check, (this.counts.get(check) ?? 0) + 1);
  }

  /** Writes down a failure, once. */
  fail(check, where, what) {
    const line = `${check}: ${where}: ${what}`;
    if (this.failures.includes(line)) return;
    this.failures.push(line);
    console.log(`FAIL ${line}`);
  }

  /** Runs one check; what it throws is a failure at `where`. */
  async check(check, where, work) {
    this.count(check);
    try {
      await work();
    } catch (error) {
      const words = error instanceof Failure ? error.message : (error.stack ?? String(error));
      this.fail(check, where, words);
    }
  }

  /** JSON of the API. */
  async api(path) {
    const answer = await patiently(
      () => fetch(this.base + path, { headers: { 'accept-language': 'en' } }),
      (answer) => Object.fromEntries(answer.headers),
    );
    return answer.json();
  }
}

/** Asks, and asks again after a while where the service says that this was too often: a quick machine asks more than people do. */
async function patiently(ask, headers) {
  for (let tries = 0; ; tries += 1) {
    const answer = await ask();
    const status = typeof answer.status === 'function' ? answer.status() : answer.status;
    if (status !== 429 || tries === 3) return answer;
    const seconds = Number(headers(answer)['retry-after'] ?? 5);
    await new Promise((resolve) => setTimeout(resolve, Math.min(seconds, 60) * 1000));
  }
}

/** Shows a page in a size and in colours: what is not named is as on a desktop by day. */
export async function dress(page, { viewport, ...media }) {
  await page.setViewportSize(viewport ?? DESKTOP.viewport);
  await page.emulateMedia({ media: 'screen', colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none', ...media });
}

/** Does `work` for each of `tasks`, two at a time: that is how many cores there are. */
export async function pairwise(tasks, work) {
  const queue = [...tasks];
  const worker = async (number) => {
    for (let task = queue.shift(); task !== undefined; task = queue.shift()) await work(task, number);
  };
  await Promise.all([worker(0), worker(1)]);
}

/** Waits until `wish` gives something that is not false, and gives that. */
export async function until(words, wish, patience = 20_000, pause = 50) {
  const end = Date.now() + patience;
  let reason = '';
  for (;;) {
    // A page that is just being left cannot be asked.
    const got = await Promise.resolve()
      .then(wish)
      .catch((error) => ((reason = ` (${error.message.split('\n')[0]})`), false));
    if (got) return got;
    if (Date.now() > end) throw new Failure(words + reason);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
