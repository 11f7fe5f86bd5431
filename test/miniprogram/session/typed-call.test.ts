/** What the compiler refuses: where no error is expected any more, `tsc` fails on the line. */
import { expect, test } from '@jest/globals';
import type { Contract } from '#functions/contract';
import { createSessionClient } from '../../../miniprogram/session/session-client';
import { SessionPhone } from '../support/session-phone';

interface Orders {
  orders: {
    request: { sessionToken: string; action: 'add'; title: string };
    reply: { ok: true; orders: string[] };
  };
}

/** Nobody is signed in and nobody is asked: every call is declined, and none is made. */
const phone = new SessionPhone();
const { call } = createSessionClient<Contract & Orders>(phone.dependencies());

test('a call takes what the contract says', async () => {
  await call('note', { action: 'save', text: 'x' });
  await call('profile', { action: 'save', nickname: 'x' });
  await call('logout', { scope: 'others' });
  await call('identity', { action: 'link-wechat' });
  await call('identity', { action: 'set-password', name: 'lin', password: 'correct horse' });
  // @ts-expect-error the code is missing
  await call('identity', { action: 'link-phone' });
  // @ts-expect-error the identity is missing
  await call('identity', { action: 'unlink' });
  // @ts-expect-error a way in that is linked is named otherwise
  await call('identity', { action: 'link-password', name: 'lin', password: 'x' });
  // @ts-expect-error there is no such function
  await call('notes', { action: 'read' });
  // @ts-expect-error there is no such action
  await call('note', { action: 'delete' });
  // @ts-expect-error the text is missing
  await call('note', { action: 'save' });
  // @ts-expect-error the text is a string
  await call('note', { action: 'save', text: 7 });
  // @ts-expect-error no other action takes `text`
  await call('note', { action: 'read', text: 'x' });
  // @ts-expect-error the field is `nickname`
  await call('profile', { action: 'save', nickame: 'x' });
  // @ts-expect-error the token is added by the client
  await call('note', { action: 'read', sessionToken: 'x' });
  expect(phone.calls).toEqual([]);
});

test('a reply is what the contract says for the action', async () => {
  const listed = await call('session', { action: 'list' });
  if (listed.ok) {
    expect(listed.sessions.map(({ id }) => id)).toBeDefined();
    // @ts-expect-error that is answered to `revoke`
    expect(listed.ended).toBeUndefined();
  }
  const ways = await call('identity', { action: 'list' });
  if (ways.ok) expect(ways.identities.map(({ label }) => label)).toBeDefined();
  const past = await call('identity', { action: 'history' });
  if (past.ok) expect(past.signIns.map(({ at }) => at.toFixed())).toBeDefined();
  const linked = await call('identity', { action: 'link-phone', code: 'x' });
  if (linked.ok) {
    expect(linked.identity.kind).toBeDefined();
    // @ts-expect-error that is answered to `unlink`
    expect(linked.ended).toBeUndefined();
  }
  const revoked = await call('session', { action: 'revoke', sessionId: 'x' });
  if (revoked.ok) expect(revoked.ended.toFixed()).toBe('1');
  // @ts-expect-error a refusal has none
  expect(revoked.ended).toBeUndefined();
  expect(revoked).toEqual({ ok: false, code: 'SIGN_IN_DECLINED' });
});

test('functions of an app’s own are called beside those of the contract', async () => {
  const added = await call('orders', { action: 'add', title: 'tea' });
  if (added.ok) expect(added.orders.map((title) => title.length)).toEqual([3]);
  // @ts-expect-error the title is missing
  await call('orders', { action: 'add' });
  // @ts-expect-error the client of this project has no such function
  await createSessionClient(phone.dependencies()).call('orders', { action: 'add', title: 'tea' });
  expect(phone.calls).toEqual([]);
});
