// node tests/browser/shots.mjs BASE FOLDER: the pictures of docs/, from the demo.

import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DESKTOP, House, PHONE } from './rig.mjs';

const [base, folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node tests/browser/shots.mjs BASE FOLDER');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const house = await House.open(base);
const { items } = await house.api('/api/v1/search?kind=call&deadline=open&lang=en&sort=deadline');
const told = items.find((item) => item.story?.size > 2) ?? items[0];
const sharp = { ...PHONE, deviceScaleFactor: 2 };

const PICTURES = [
  ['search.png', 'en', '/?q=supported+housing', { ...DESKTOP, viewport: { width: 1280, height: 1000 } }],
  ['item-dark.png', 'en', `/items/${told.id}`, { ...DESKTOP, colorScheme: 'dark' }],
  ['search-phone.png', 'ro', '/?q=locuin%C8%9Be+protejate', sharp],
  ['calls.png', 'lv', '/calls', DESKTOP],
];
for (const [name, lang, path, options] of PICTURES) {
  const page = await house.tab(await house.window(lang, { ...options, reducedMotion: 'reduce' }));
  const answer = await house.go(page, path);
  if (answer.ok()) {
    await page.screenshot({ path: join(folder, name) });
    console.log(`${name}: ${Math.ceil(statSync(join(folder, name)).size / 1000)} kB`);
  } else {
    console.log(`${name}: ${path} answers ${answer.status()}`);
  }
  await page.context().close();
}
await house.close();
