// What staff do: sign in, add a source by its address, keep a watch that tells by webhook and by mail, see which sites broke. At real
// receivers on loopback.

import { createHmac } from 'node:crypto';
import { expect, until } from './rig.mjs';
import { hook, post, site } from './receivers.mjs';
import { words } from './words.mjs';

const says = words('en');
const WORD = 'Zorilor';
const PASSWORD = 'trei mere foarte verzi';

/** The pages of staff, for those who look at pages. */
export const PAGES = [
  '/monitor',
  '/monitor/sources/fonss',
  '/monitor/changes',
  '/monitor/watches',
  '/monitor/watches/new',
  '/monitor/catalogue',
  '/monitor/sources/add',
  '/monitor/account',
  '/monitor/staff',
  '/monitor/keys',
  '/monitor/audit',
].map((path) => ({ kind: path, path, status: 200 }));

/** Signs in by the link that the demo prints, and gives what the browser then remembers. */
async function byLink(house, link) {
  const context = await house.window('en');
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('main').getByRole('button', { name: says('login-do') }).click();
  await page.waitForURL('**/monitor');
  // A first password, which ends that session.
  await page.goto(`${house.base}/monitor/account`);
  await page.getByLabel(says('account-new'), { exact: true }).fill(PASSWORD);
  await page.getByLabel(says('account-again'), { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: says('account-password-do') }).click();
  await page.waitForURL('**/login');
  await context.close();
}

async function byPassword(house) {
  const context = await house.window('en');
  const page = await context.newPage();
  await page.goto(`${house.base}/monitor`);
  expect(page.url().includes('/login?next='), 'staff pages do not lead to where one signs in');
  const enter = async (password) => {
    await page.getByLabel(says('login-name'), { exact: true }).fill('demo');
    await page.getByLabel(says('login-password'), { exact: true }).fill(password);
    await page.getByRole('button', { name: says('login-do'), exact: true }).click();
  };
  await enter('not this one');
  await until('a wrong password is not told', () => page.getByRole('alert').isVisible());
  await enter(PASSWORD);
  await page.waitForURL('**/monitor');
  const storageState = await context.storageState();
  await context.close();
  return storageState;
}

/** Adds a source by its address: looked at first, then saved. */
async function addSource(house, page, own) {
  await house.go(page, '/monitor/sources/add');
  await page.getByLabel(says('add-address')).fill(own.url);
  await page.getByRole('button', { name: says('add-look') }).click();
  const save = page.getByRole('button', { name: says('add-save'), exact: true });
  await until('what an address has is not shown', async () => {
    if (await save.isVisible()) return true;
    const again = page.getByRole('link', { name: says('add-again') });
    if (await again.isVisible()) await again.click();
    return false;
  });
  const main = await page.getByRole('main').innerText();
  expect(main.includes(`${WORD} 1`), 'the preview has no samples');
  const before = await house.api('/api/v1/sources?limit=100');
  expect(!before.items.some((one) => one.name.includes(WORD)), 'it was saved before anybody said so');
  await save.click();
  await until('the source that was added is not among the sources', async () => {
    const { items } = await house.api(`/api/v1/sources?limit=100`);
    return items.some((one) => one.name.includes(WORD));
  });
  await until('nothing of the source that was added can be found', async () => {
    const { total } = await house.api(`/api/v1/search?q=${WORD}`);
    return total >= 3;
  }, 60_000);
}

/** Makes a watch; gives the secret that its webhook is signed with. */
async function addWatch(house, page, url) {
  await house.go(page, '/monitor/watches/new');
  await page.getByLabel(says('watch-name'), { exact: true }).fill('Casa Zorilor');
  await page.locator('#words').fill(WORD);
  await page.getByLabel(says('watch-mail')).fill('ana@example.org');
  await page.locator('#format').selectOption('json');
  await page.getByLabel(says('watch-hook-url')).fill(url);
  await page.getByRole('button', { name: says('desk-save') }).click();
  const secret = page.getByText(/^whsec_/);
  await until('the secret of the webhook is not shown', () => secret.isVisible());
  return (await secret.innerText()).trim();
}

/** Whether a webhook was signed with a secret (Standard Webhooks). */
function signed({ headers, body }, secret) {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const right = `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
  return (headers['webhook-signature'] ?? '').split(' ').includes(right);
}

/** The whole of it; gives what a browser of staff remembers. */
export async function desk(house, { link, smtp }) {
  const [own, program, mailbox] = [await site(WORD), await hook(), await post(Number(smtp))];
  try {
    await byLink(house, link);
    const storageState = await byPassword(house);
    const context = await house.window('en', { storageState });
    const page = await house.tab(context);
    await addSource(house, page, own);
    const secret = await addWatch(house, page, program.url);

    const asked = await until('no mail asks for confirmation', () => mailbox.mails.find(({ text }) => text.includes('/mail/confirm/')), 60_000);
    const confirm = asked.text.match(/\/mail\/confirm\/[\w-]+/)[0];
    await house.go(page, confirm);
    await page.getByRole('main').getByRole('button').first().click();
    const title = `${WORD}: apel nou pentru familii`;
    own.publish(title);
    const told = await until('the webhook is not sent', () => program.got.find(({ body }) => body.includes(title)), 180_000);
    expect(signed(told, secret), 'the webhook is not signed with its secret');
    expect(told.headers['idempotency-key'], 'the webhook has no key by which it is known again');
    await until('the mail is not sent', () => mailbox.mails.find(({ text }) => text.includes(title)), 120_000);
    const times = program.got.filter(({ body }) => body.includes(title)).length;
    expect(times === 1, `the webhook was sent ${times} times`);

    // The demo's sites break as one looks.
    await until('the monitor does not show what broke', async () => {
      await house.go(page, '/monitor?state=all');
      const seen = await page.getByRole('main').innerText();
      return ['Speran', 'Stella'].every((name) => seen.includes(name)) && (await page.locator('.need.act').count()) >= 2;
    }, 180_000, 2_000);
    await until('no deadline that moved is shown', async () => {
      await house.go(page, '/monitor/changes');
      return (await page.getByRole('main').innerText()).includes('→') || (await page.getByRole('main').locator('.rows strong').count()) > 0;
    }, 120_000, 2_000);
    await context.close();
    return storageState;
  } finally {
    for (const one of [own, program, mailbox]) one.close();
  }
}
