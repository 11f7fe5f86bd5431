/**
 * For functions of other projects, built as `dist/lib/with-session.js`: `withSession`, and the SDK
 * in it, initialised for the environment that the function runs in.
 */
import * as cloud from 'wx-server-sdk';
import type { Reply } from './contract';
import {
  protectedEnvironment,
  withSession as protect,
  type ProtectedCall,
  type ProtectionOptions,
} from './with-session';

export { cloud };

const environment = protectedEnvironment();

export const withSession = <R extends Reply<object>>(
  name: string,
  handler: (call: ProtectedCall) => Promise<R>,
  options: Omit<ProtectionOptions, 'environment'> = {},
) => protect(name, handler, { ...options, environment });
