// node tests/browser/main.mjs BASE [CHECK…]: looks at the service at BASE as people use it, and says what is wrong.

import { House } from './rig.mjs';
import { kinds } from './find.mjs';
import { axe } from './axe.mjs';
import { keyboard } from './keyboard.mjs';
import { reflow } from './reflow.mjs';
import { structures } from './structure.mjs';
import { targets } from './targets.mjs';
import { walks } from './walk.mjs';
import { weight } from './weight.mjs';

const [base, ...wished] = process.argv.slice(2);
if (!base) {
  console.error('usage: node tests/browser/main.mjs BASE [CHECK…]');
  process.exit(2);
}

/** In their order; `pages` are found when the first asks for them, and then there is an item with an earlier version. */
const CHECKS = { walks, structures, keyboard, reflow, targets, weight, axe };

const house = await House.open(base);
let pages = null;
for (const [name, check] of Object.entries(CHECKS)) {
  if (wished.length > 0 && !wished.includes(name)) continue;
  const begun = Date.now();
  await house.check(name, 'as a whole', async () => {
    if (check.length > 1) pages ??= await kinds(house);
    await check(house, pages);
  });
  console.log(`${name}: ${Math.round((Date.now() - begun) / 1000)} s`);
}
await house.close();

const counts = [...house.counts].map(([name, count]) => `${name} ${count}`).join(', ');
console.log(`${pages ? `${pages.length} kinds of pages; ` : ''}checks: ${counts}; failed: ${house.failures.length}`);
process.exit(house.failures.length > 0 ? 1 : 0);
