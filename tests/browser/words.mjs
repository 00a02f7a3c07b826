// What the interface says, from the messages themselves, so that a text can be changed without changing a test.

import { readFileSync } from 'node:fs';

const MESSAGES = new URL('../../src/web/messages/', import.meta.url);

/** The messages of one line in a language. */
export function words(lang) {
  const all = new Map();
  for (const line of readFileSync(new URL(`${lang}.ftl`, MESSAGES), 'utf8').split('\n')) {
    const [, key, text] = line.match(/^([a-z][\w-]*) = (.+)$/) ?? [];
    if (key) all.set(key, text);
  }
  return (key) => {
    const text = all.get(key);
    if (text === undefined) throw new Error(`${lang}.ftl has no message ${key} of one line`);
    return text;
  };
}
