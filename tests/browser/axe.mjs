// axe-core finds nothing: on every kind of page, in every language, in light and dark, in high contrast.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dress } from './rig.mjs';
import { measureContrast } from './contrast.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** The rules that a colour scheme can break; the others look at the document, which is the same in every scheme. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** Kinds of pages that are looked at in high contrast too: together they hold every element that has a colour. */
const HIGH = /^(\/|results with filters|a bad value|\/sources|\/calls|\/items.*deadline.*)$/;

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

/** axe over one page, in all colours. */
export const axe = {
  name: 'axe',
  async look(house, page, where, { kind }) {
    await page.evaluate(AXE);
    const light = { runOnly: TAGS, rules: { 'target-size': { enabled: true } } };
    const colours = { runOnly: { type: 'rule', values: COLOURS } };
    const schemes = [
      ['light', {}, light],
      ['dark', { colorScheme: 'dark' }, colours],
    ];
    if (HIGH.test(kind)) {
      schemes.push(['dark, more contrast', { colorScheme: 'dark', contrast: 'more' }, colours]);
      schemes.push(['light, more contrast', { contrast: 'more' }, colours]);
      schemes.push(['forced colours', { forcedColors: 'active' }, colours]);
    }
    for (const [name, media, options] of schemes) {
      await dress(page, media);
      house.count(this.name);
      for (const line of await run(page, options)) house.fail(this.name, where(name), line);
    }
  },
};
