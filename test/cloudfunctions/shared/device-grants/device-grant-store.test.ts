import type { Session } from '../../../../cloudfunctions/shared/session/session';
import type { SessionId } from '../../../../cloudfunctions/shared/session/session-token';
import { describeDeviceGrantStore } from '../../../support/device-grant-store-contract';
import { memoryDeviceGrantStore } from '../../../support/memory-device-grant-store';
import { memoryWhileSignedIn } from '../../../support/memory-identity-store';
import { memorySessionStore } from '../../../support/memory-session-store';

describeDeviceGrantStore('the store in memory', () => {
  const sessions = new Map<SessionId, Session>();
  return Promise.resolve({
    grants: memoryDeviceGrantStore(sessions),
    sessions: memorySessionStore({ sessions }),
    whileSignedIn: memoryWhileSignedIn(sessions),
    close: () => Promise.resolve(),
  });
});
