// axe-core finds nothing: on every kind of page, in every language, in light and dark, in high contrast.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { LANGUAGES, pairwise } from './rig.mjs';
import { measureContrast } from './contrast.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** The rules that a colour scheme can break; the others look at the document, which is the same in every scheme. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** Kinds of pages that are looked at in high contrast too: together they hold every element that has a colour. */
const HIGH = /^(\/|results with filters|a bad value|\/sources|\/items.*deadline.*)$/;

/** Runs axe in the page and gives what it found, as lines. */
async function run(page, options) {
  const found = await page.evaluate(
    (options) => globalThis.axe.run(document, { preload: false, resultTypes: ['violations', 'incomplete'], ...options }),
    options,
  );
  const lines = found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id} (${rule.help}): ${node.target.join(' ')}: ${node.failureSummary?.replace(/\s+/g, ' ')}`),
  );
  for (const rule of found.incomplete) {
    const targets = rule.nodes.map((node) => node.target);
    if (rule.id === 'color-contrast') {
      // axe leaves these to a person; a person would measure them.
      lines.push(...(await page.evaluate(measureContrast, targets.map((target) => target.at(-1)))));
    } else {
      lines.push(...targets.map((target) => `${rule.id} (${rule.help}) is for a person to decide: ${target.join(' ')}`));
    }
  }
  return lines;
}

async function look(house, page, where, options) {
  await house.check('axe', where, async () => {
    for (const line of await run(page, options)) house.fail('axe', where, line);
  });
}

/** axe over all `pages` in all languages. */
export async function axe(house, pages) {
  for (const lang of Object.keys(LANGUAGES)) {
    const tabs = [];
    for (let number = 0; number < 2; number += 1) {
      tabs.push(await house.tab(await house.window(lang, { colorScheme: 'light' })));
    }
    await pairwise(pages, async ({ kind, path, status }, number) => {
      const page = tabs[number];
      const where = `${kind} ${path} (${lang}, `;
      await house.check('axe', `${where}light)`, async () => {
        await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', contrast: 'no-preference' });
        const answer = await house.go(page, path);
        if (answer.status() !== status) throw new Error(`answers ${answer.status()}, not ${status}`);
        // Evaluated by the debugger, to which the page's content-security-policy does not apply: it stays in force.
        await page.evaluate(AXE);
      });
      await look(house, page, `${where}light)`, {
        runOnly: TAGS,
        rules: { 'target-size': { enabled: true } },
      });
      const schemes = [['dark', { colorScheme: 'dark' }]];
      if (HIGH.test(kind)) {
        schemes.push(['dark, more contrast', { colorScheme: 'dark', contrast: 'more' }]);
        schemes.push(['light, more contrast', { colorScheme: 'light', contrast: 'more' }]);
        schemes.push(['forced colours', { colorScheme: 'light', contrast: 'no-preference', forcedColors: 'active' }]);
      }
      for (const [name, media] of schemes) {
        await page.emulateMedia(media);
        await look(house, page, `${where}${name})`, { runOnly: { type: 'rule', values: COLOURS } });
      }
    });
    for (const tab of tabs) await tab.context().close();
  }
}
