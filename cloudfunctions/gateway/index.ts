/**
 * Sign-in over HTTP, for apps without Cloud Development and for other backends. Its README says how
 * to set it up.
 */
import { database } from 'wx-server-sdk';
import { cloudCounterStore } from '../shared/counters/cloud-counter-store';
import { createWindowedLimit } from '../shared/counters/windowed-limit';
import { cloudDeviceGrantStore } from '../shared/device-grants/cloud-device-grant-store';
import { cloudAttemptStore } from '../shared/password/cloud-attempt-store';
import { protectedEnvironment } from '../shared/session/with-session';
import { createExchangeCode } from './exchange-code';
import { readGatewayConfig } from './gateway-config';
import { gatewayEntry } from './gateway-entry';

const environment = protectedEnvironment();
const config = readGatewayConfig(process.env);
const { whileSignedIn } = environment;
const databaseOptions: object = { throwOnNotFound: false };

export const main = gatewayEntry({
  environment,
  config,
  exchangeCode: createExchangeCode(config),
  limit: createWindowedLimit(cloudCounterStore(database())),
  passwords: {
    attempts: cloudAttemptStore(database()),
    whileSignedIn,
  },
  webSignIn: { grants: cloudDeviceGrantStore(database(databaseOptions)), whileSignedIn },
});
