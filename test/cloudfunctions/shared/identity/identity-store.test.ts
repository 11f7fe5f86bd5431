import { memoryIdentityStore, memoryWhileSignedIn } from '../../../support/memory-identity-store';
import { memorySessionStore } from '../../../support/memory-session-store';
import type { Session } from '../../../../cloudfunctions/shared/session/session';
import type { SessionId } from '../../../../cloudfunctions/shared/session/session-token';
import { describeIdentityStore } from '../../../support/identity-store-contract';

describeIdentityStore('the store in memory', () => {
  const sessions = new Map<SessionId, Session>();
  return Promise.resolve({
    identities: memoryIdentityStore(),
    sessions: memorySessionStore({ sessions }),
    whileSignedIn: memoryWhileSignedIn(sessions),
    close: () => Promise.resolve(),
  });
});
