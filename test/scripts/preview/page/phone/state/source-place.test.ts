/** @jest-environment jsdom */
import { afterAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { sourcePlaces } from '../../../../../../scripts/preview/page/phone/state/source-place';
import { compileBundle } from '../../../../../support/compile-bundle';
import { removeMiniprograms, writeMiniprogram } from '../../../../../support/miniprogram-folder';
import { openPhone } from '../../../../../support/phone';

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterAll(removeMiniprograms);

/** On the phone's red strip, when `onLoad` calls what `lib.js` exports. */
async function shownPlace(lib: string): Promise<string | null | undefined> {
  const bundle = await compileBundle(
    writeMiniprogram({
      'pages/home/index.wxml': '<view/>',
      'pages/home/index.js': `const lib = require('../../lib');
Page({
  onLoad() { lib(); },
});`,
      'lib.js': lib,
    }),
  );
  const phone = openPhone({ bundle });
  await phone.until(() => true);
  const shown = document.querySelector('.error-strip code')?.textContent;
  expect(phone.errors()).toEqual(['no']);
  phone.close();
  return shown;
}

describe('an error of the mini program names the line', () => {
  test('of the script that threw it', async () => {
    expect(await shownPlace('\n\nmodule.exports = () => {\n  throw new Error("no");\n};')).toBe(
      'lib.js:4',
    );
  });

  test('in which a built script was written', async () => {
    // Each line of it was written seven lines further down, in a file beside it.
    const map = {
      version: 3,
      sources: ['../../miniprogram/lib.ts'],
      names: [],
      mappings: 'AAOA;AACA',
    };
    const encoded = Buffer.from(JSON.stringify(map)).toString('base64');
    expect(
      await shownPlace(`module.exports = () => {
  throw new Error("no"); };
//# sourceMappingURL=data:application/json;base64,${encoded}`),
    ).toBe('miniprogram/lib.ts:9');
  });

  test('or none, where it was not thrown by a script', () => {
    const find = sourcePlaces({
      places: [{ file: 'a.js', line: 10 }],
      stack: 'Error\n    at http://127.0.0.1/app.js:1:1',
    });
    const thrownAt = (stack: string): Error => Object.assign(new Error(), { stack });
    expect(find('a string')).toBeUndefined();
    expect(find(thrownAt('Error\n    at f (http://127.0.0.1/phone.js:12:1)'))).toBeUndefined();
    expect(find(thrownAt('Error\n    at f (http://127.0.0.1/app.js:9:1)'))).toBeUndefined();
    expect(find(thrownAt('f@http://127.0.0.1/app.js:12:1'))).toBe('a.js:3');
  });
});
