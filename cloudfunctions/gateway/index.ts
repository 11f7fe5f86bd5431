/**
 * Sign-in over HTTP, for apps without Cloud Development and for other backends. Its README says how
 * to set it up.
 */
import { database } from 'wx-server-sdk';
import { cloudCounterStore } from '../shared/counters/cloud-counter-store';
import { createWindowedLimit } from '../shared/counters/windowed-limit';
import { cloudEnvironment } from '../shared/session/cloud-environment';
import { createExchangeCode } from './exchange-code';
import { readGatewayConfig } from './gateway-config';
import { gatewayEntry } from './gateway-entry';

const environment = cloudEnvironment();
const config = readGatewayConfig(process.env);

export const main = gatewayEntry({
  environment,
  config,
  exchangeCode: createExchangeCode(config),
  limit: createWindowedLimit(cloudCounterStore(database())),
});
