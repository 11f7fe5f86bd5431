import { expect, test } from '@jest/globals';
import { thisApp } from '../../../../scripts/preview/this-app/app';

test.each([
  [{ ok: false, code: 'SESSION_EXPIRED' }, 'SESSION_EXPIRED'],
  [{ ok: false }, ''],
  [{ ok: true, code: 'SESSION_EXPIRED' }, undefined],
  [undefined, undefined],
])('of the results of its functions, %j is a refusal: %s', (result, code) => {
  expect(thisApp.refusalCode(result)).toBe(code);
});

test('everybody has an openid of their own at each provider', () => {
  const openids = Object.values(thisApp.people).flatMap((person) =>
    Object.keys(thisApp.providers).map((provider) => person.openids[provider]),
  );
  expect(openids).not.toContain(undefined);
  expect(new Set(openids).size).toBe(openids.length);
});
