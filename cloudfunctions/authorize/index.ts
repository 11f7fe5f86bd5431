/** Signing in a web page by a phone. */
import { database } from 'wx-server-sdk';
import { cloudCounterStore } from '../shared/counters/cloud-counter-store';
import { createWindowedLimit } from '../shared/counters/windowed-limit';
import { cloudDeviceGrantStore } from '../shared/device-grants/cloud-device-grant-store';
import { protectedEnvironment, withOpenSession } from '../shared/session/with-session';
import { authorizeAction } from './authorize-action';

const environment = protectedEnvironment();
const databaseOptions: object = { throwOnNotFound: false };
const grants = cloudDeviceGrantStore(database(databaseOptions));
const limit = createWindowedLimit(cloudCounterStore(database()));

export const main = withOpenSession(
  'authorize',
  (call, opened) => authorizeAction(call, opened, { grants, limit }),
  { environment },
);
