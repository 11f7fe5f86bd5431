/** A call that got no answer is made again: what it answers then is done. */
import { expect, test } from '@jest/globals';
import { StoreUnavailableError } from '../../../cloudfunctions/shared/session/session-store';
import { LIN, ZHOU } from '../../support/people';
import {
  cheapPasswords,
  severalWaysIn,
  storesWith,
  WaysInWorld,
  type Stores,
} from '../../support/promises/ways-in-world';

cheapPasswords();

/** Everything after the change of identities fails. */
function brokenAfterChange(stores: Stores): Stores {
  let isChanged = false;
  return storesWith(stores, async (perform, name) => {
    if (isChanged) throw new StoreUnavailableError(name, new Error('timed out'));
    const result = await perform();
    isChanged ||= name === 'change';
    return result;
  });
}

test('a WeChat that is linked elsewhere goes on in no session of its own account, also when linking it was cut short', async () => {
  const world = new WaysInWorld(severalWaysIn());
  const credentials = { name: 'lin', password: 'correct horse' };
  const lin = await world.call('login', LIN, {});
  await world.call('identity', LIN, {
    action: 'set-password',
    sessionToken: lin['sessionToken'],
    ...credentials,
  });
  const { sessionToken: own } = await world.call('login', ZHOU, {});
  const { sessionToken } = await world.call('login-password', ZHOU, credentials);
  const link = { action: 'link-wechat', sessionToken };

  const cutShort = await world.call('identity', ZHOU, link, brokenAfterChange(world.stores));
  expect(cutShort).toMatchObject({ code: 'UNAVAILABLE' });
  expect(await world.call('identity', ZHOU, link)).toMatchObject({ ok: true });

  const check = { action: 'check', sessionToken: own };
  expect(await world.call('session', ZHOU, check)).toMatchObject({ ok: false });
});
