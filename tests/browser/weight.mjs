// What a page weighs over the wire, with everything that it loads.

import { PHONE, expect, pairwise } from './rig.mjs';

/** Most bytes that a page of results may take, headers and all. */
const MOST = 60_000;

async function weigh(house, path) {
  const page = await house.tab(await house.window('en', PHONE));
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  let bytes = 0;
  const encodings = [];
  wire.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
  wire.on('Network.responseReceived', ({ response }) => encodings.push([response.url, response.headers['content-encoding']]));
  await house.go(page, path);
  await page.waitForLoadState('networkidle');
  // The icon is loaded by browsers with a window alone.
  const icons = await page.locator('link[rel~="icon"]').evaluateAll((all) => all.map((link) => link.href));
  for (const icon of icons) {
    const answer = await fetch(icon);
    bytes += Number(answer.headers.get('content-length') ?? (await answer.arrayBuffer()).byteLength);
  }
  const cookies = await page.context().cookies();
  await page.context().close();
  return { bytes, encodings, cookies };
}

/** Weighs all `pages` but the texts of others, each in a window that has nothing of any other. */
export async function weight(house, pages) {
  let heaviest = { bytes: 0 };
  await pairwise(pages.filter(({ kind }) => !kind.startsWith('/items')), async ({ kind, path }) => {
    await house.check('weight', `${kind} ${path}`, async () => {
      const { bytes, encodings, cookies } = await weigh(house, path);
      if (bytes > heaviest.bytes) heaviest = { bytes, path };
      expect(bytes > 1000, `${bytes} bytes: they were not counted`);
      expect(bytes < MOST, `${bytes} bytes over the wire`);
      for (const [url, encoding] of encodings) {
        expect(/^(br|gzip|zstd)$/.test(encoding ?? ''), `${url} comes uncompressed`);
      }
      expect(cookies.length === 0, `sets a cookie: ${cookies.map((cookie) => cookie.name).join(', ')}`);
    });
  });
  console.log(`the heaviest page is ${heaviest.path} with ${heaviest.bytes} bytes`);
}
