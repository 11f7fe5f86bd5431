import { describe, expect, test } from '@jest/globals';
import { bundleFile, entryFor, type Provider } from '../../../../scripts/preview/app/preview-app';

describe('what is chosen', () => {
  test('is the entry of that id, or the first one', () => {
    const people = { lin: 1, zhou: 2 };
    expect(entryFor(people, 'zhou')).toEqual(['zhou', 2]);
    for (const id of [null, 'nobody', 'toString']) expect(entryFor(people, id)).toEqual(['lin', 1]);
  });

  test('needs something to choose from', () => {
    expect(() => entryFor({}, null)).toThrow('nothing to choose from');
  });
});

test('a provider with settings of its own has a bundle of its own', () => {
  const provider: Provider = { name: { zh: '', en: '' }, appid: '1' };
  expect(bundleFile('wechat', provider)).toBe('app.js');
  expect(bundleFile('qq', { ...provider, settings: {} })).toBe('app-qq.js');
});
