// node tests/browser/main.mjs BASE [CHECK…]: looks at the service at BASE as people use it, and says what is wrong. With VESTI_STAFF, a
// link that signs in once, and VESTI_SMTP, the port at which the service looks for its mail server, also as staff use it.

import { House } from './rig.mjs';
import { kinds } from './find.mjs';
import { axe } from './axe.mjs';
import { PAGES, desk } from './desk.mjs';
import { everywhere } from './everywhere.mjs';
import { keyboard } from './keyboard.mjs';
import { reflow } from './reflow.mjs';
import { structure } from './structure.mjs';
import { targets } from './targets.mjs';
import { typing } from './typing.mjs';
import { walks } from './walk.mjs';
import { weight } from './weight.mjs';

const INSPECTIONS = [structure, axe, targets, reflow];
const OTHERS = { walk: walks, typing, keyboard, weight, desk };

const [base, ...wished] = process.argv.slice(2);
const known = [...Object.keys(OTHERS), ...INSPECTIONS.map((inspection) => inspection.name)];
if (!base || wished.some((name) => !known.includes(name))) {
  console.error(`usage: node tests/browser/main.mjs BASE [${known.join('|')}]…`);
  process.exit(2);
}
const wanted = (name) => wished.length === 0 || wished.includes(name);

const house = await House.open(base);

async function part(name, work) {
  const begun = Date.now();
  await house.check(name, 'as a whole', work);
  console.log(`${name}: ${Math.round((Date.now() - begun) / 1000)} s`);
}

// Walking needs no list of pages; meanwhile the demo makes the item that has an earlier version.
if (wanted('walk')) await part('walk', () => walks(house));
const inspections = INSPECTIONS.filter(({ name }) => wanted(name));
let pages = [];
let staff;
const { VESTI_STAFF: link, VESTI_SMTP: smtp } = process.env;
if (link && wanted('desk')) await part('desk', async () => (staff = await desk(house, { link, smtp })));
if (wished.length !== 1 || !['walk', 'desk'].includes(wished[0])) await part('finding pages', async () => (pages = await kinds(house)));
for (const name of ['typing', 'keyboard', 'weight']) {
  if (wanted(name)) await part(name, () => OTHERS[name](house, pages));
}
if (inspections.length > 0) await part('everywhere', () => everywhere(house, pages, inspections));
if (inspections.length > 0 && staff) await part('staff pages', () => everywhere(house, PAGES, inspections, { storageState: staff }));
await house.close();

const counts = [...house.counts].map(([name, count]) => `${name} ${count}`).join(', ');
console.log(`kinds of pages: ${pages.length}; checks: ${counts}; failed: ${house.failures.length}`);
process.exit(house.failures.length > 0 ? 1 : 0);
