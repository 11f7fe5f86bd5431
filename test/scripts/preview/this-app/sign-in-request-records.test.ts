import { expect, test } from '@jest/globals';
import { sessionRecords } from '../../../../scripts/preview/this-app/session-records';
import { signInRequestRecords } from '../../../../scripts/preview/this-app/sign-in-request-records';

const NONE = (): readonly string[] => [];
const REQUEST = {
  _id: 'grant',
  secretHash: 'hash',
  site: { id: 'shop', name: '小店' },
  state: 'pending',
  createdAt: { $date: 1_000 },
  expiresAt: { $date: 5_000 },
};
const read = (changes: object, now: number) =>
  signInRequestRecords.read(JSON.stringify({ ...REQUEST, ...changes }), now, NONE);

test('a web page that asks is shown by its site, and by what has become of it', () => {
  expect(read({}, 2_000)).toMatchObject({ label: '小店', pill: { text: { zh: '等待确认' } } });
  expect(read({}, 5_000)).toMatchObject({ pill: { text: { zh: '已过期' } } });
  expect(read({ state: 'approved' }, 2_000)).toMatchObject({
    pill: { text: { zh: '已同意' }, tone: 'good' },
  });
});

test('a web session is shown with its site, so that nobody takes it for a phone', () => {
  const session = { _id: 'id', device: { name: 'Chrome' }, client: REQUEST.site, state: 'active' };
  expect(sessionRecords.read(JSON.stringify(session), 0, NONE).label).toBe('小店 · Chrome');
});
