import { expect, test } from '@jest/globals';
import { localKeys } from '../../../scripts/project/identity-key';
import { readResources } from '../../../scripts/project/resources';
import { root } from '../../../scripts/project/root';

test('the local cloud has a key for the functions that find phone numbers, and no others', () => {
  const [first, second] = readResources(`${root}/cloudfunctions/resources.json`).functions;
  if (first === undefined || second === undefined) throw new Error('no functions');
  const keys = localKeys([
    { ...first, name: 'finds', secretVariables: 'IDENTITY_' },
    { ...second, name: 'other', secretVariables: 'GATEWAY_' },
    { ...first, name: 'none' },
  ]);
  expect(Object.keys(keys)).toEqual(['finds']);
  expect(keys['finds']?.['IDENTITY_KEY']?.length).toBeGreaterThanOrEqual(32);
});
