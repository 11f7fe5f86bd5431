import { randomBytes } from 'node:crypto';
import type { ProviderServer } from '../app/provider-server';

/**
 * Codes of `wx.login` that no server can exchange: the app's own would ask WeChat, which knows
 * nothing of the preview.
 */
export function madeUpLoginCodes(): ProviderServer {
  return {
    issueCode: () => randomBytes(16).toString('hex'),
    functionVariables: {},
    close: () => Promise.resolve(),
  };
}
