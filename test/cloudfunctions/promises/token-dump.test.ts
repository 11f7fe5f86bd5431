/** (e) A copy of the database opens nothing. */
import { expect, test } from '@jest/globals';
import { openCloud } from '../../support/local-cloud';

/** Every text in a value, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || value instanceof Date) return [];
  return Object.entries(value).flatMap(([name, part]) => [name, ...textsIn(part)]);
}

test('no value of a database dump is a token, alone or together with another', async () => {
  const cloud = await openCloud();
  try {
    const people = ['lin', 'zhou'].map((openid) => ({ openid, appid: 'wx-app' }));
    for (const caller of people) {
      await cloud.call('login', caller, { device: { name: 'phone', platform: 'ios' } });
    }
    const dump = await cloud.documents('sessions');
    expect(dump).toHaveLength(people.length);
    const texts = [...new Set(textsIn(dump))];
    const pairs = texts.flatMap((id) => texts.map((secret) => `${id}.${secret}`));
    const hashes = dump.map(({ tokenHash }) => String(tokenHash));
    expect(texts).toEqual(expect.arrayContaining(hashes));

    for (const caller of people) {
      for (const sessionToken of [...texts, ...pairs]) {
        const reply = await cloud.call('session', caller, { action: 'check', sessionToken });
        expect(reply['ok']).toBe(false);
      }
    }
  } finally {
    await cloud.close();
  }
});
